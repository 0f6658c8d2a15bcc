import type { Blocker } from '#status/blocker.ts';
import { FORGES, type ForgeId } from '#status/blocker.ts';
import type { Snapshot } from '#status/model.ts';
import type { Bucket } from '#status/states.ts';
import { ageText, dayText, instantText } from './dates.ts';
import { releaseName, safeLink, visible } from './words.ts';

/** Blockers as their page shows them: what stands in the way by project, changes by release, releases, what is closed. */

interface Look {
  word: string;
  shape: string;
  bucket: Bucket;
}

export interface IssueRow {
  /** `owner/name#7`. */
  name: string;
  title: string;
  url: string | null;
  why: string | null;
  blocks: string;
  since: string;
  state: Look;
  age: string;
  assignees: string;
}

export interface ChangeRow {
  name: string;
  project: string;
  title: string;
  url: string | null;
  by: string;
  pipeline: Look;
  age: string;
}

export interface ReleaseRow {
  project: string;
  title: string;
  url: string | null;
  at: string | null;
}

export interface ClosedRow {
  name: string;
  title: string;
  url: string | null;
  blocks: string;
  closed: string;
}

export interface BlockersView {
  projects: { project: string; id: string; rows: IssueRow[] }[];
  changes: { id: string; title: string; rows: ChangeRow[] }[];
  releases: ReleaseRow[];
  closed: ClosedRow[];
  /** What the reader should know of the forges: which was not asked, or did not answer. */
  notes: { source: ForgeId; text: string }[];
  counts: { standing: number; changes: number; failed: number };
}

const NAMES = { github: 'GitHub', gitlab: 'GitLab' } as const satisfies Record<ForgeId, string>;

const STATES = {
  open: { word: 'open', shape: 'triangle', bucket: 'attention' },
  listed: { word: 'open', shape: 'square', bucket: 'none' },
  unknown: { word: 'not known', shape: 'question', bucket: 'no-signal' },
} as const satisfies Record<string, Look>;

/** Of the pipeline of a change whose checks need a token. */
export const UNASKED: Look = { word: 'not asked', shape: 'question', bucket: 'no-signal' };

const PIPELINES = {
  success: { word: 'passed', shape: 'dot', bucket: 'ok' },
  failed: { word: 'failed', shape: 'cross', bucket: 'bad' },
  running: { word: 'running', shape: 'wave', bucket: 'none' },
  canceled: { word: 'cancelled', shape: 'circle-slash', bucket: 'attention' },
  skipped: { word: 'skipped', shape: 'dash', bucket: 'none' },
  none: { word: 'none ran', shape: 'dash', bucket: 'none' },
  unasked: UNASKED,
} as const satisfies Record<NonNullable<Blocker['pipeline']>, Look>;

const LISTED: readonly Blocker['role'][] = ['blocker', 'query', 'tracking'];
const CHANGED: readonly Blocker['role'][] = ['renovate', 'pipeline'];

/** Everything that the page says, in its order; foreign texts are made visible, and the sample's addresses are no links. */
export function blockersView(snapshot: Snapshot): BlockersView {
  const { blockers, generatedAt: now, mode } = snapshot;
  const linkOf = ({ url }: Blocker): string | null => (mode === 'sample' ? null : safeLink(url));
  const isDone = ({ state }: Blocker) => state === 'closed' || state === 'merged';
  const standing = blockers.filter((one) => LISTED.includes(one.role) && !isDone(one));
  const changes = blockers.filter((one) => CHANGED.includes(one.role) && !isDone(one));
  return {
    projects: byProject(standing).map(([project, all]) => ({
      project,
      id: `project-${project.replace(/[^A-Za-z0-9]+/g, '-')}`,
      rows: all.map((one) => issueRow(one, linkOf(one), now)),
    })),
    changes: byRelease(changes, snapshot).map(([release, all]) => ({
      id: `changes-${release ?? 'other'}`,
      title: release ? releaseName(release, snapshot.releases) : 'For no release in particular',
      rows: all.map((one) => changeRow(one, linkOf(one), now)),
    })),
    releases: blockers
      .filter(({ role }) => role === 'release')
      .map((one) => ({ project: one.project, title: visible(one.title), url: linkOf(one), at: one.createdAt })),
    closed: blockers.filter((one) => one.role === 'blocker' && isDone(one)).map((one) => closedRow(one, linkOf(one))),
    notes: notesOf(snapshot),
    counts: {
      standing: standing.filter(({ role }) => role === 'blocker').length,
      changes: changes.length,
      failed: changes.filter(({ pipeline }) => pipeline === 'failed').length,
    },
  };
}

/** Projects by what people wrote down of them, the longest in the way first; within one, likewise. */
function byProject(blockers: readonly Blocker[]): [string, Blocker[]][] {
  const rank = ({ since, createdAt }: Blocker) => `${since ? 0 : 1} ${since ?? createdAt}`;
  const sorted = [...blockers].sort((a, b) => rank(a).localeCompare(rank(b)));
  return [...Map.groupBy(sorted, ({ project }) => project)];
}

/** Releases in the order of the board; what is for none comes last. */
function byRelease(changes: readonly Blocker[], { releases }: Snapshot): [string | null, Blocker[]][] {
  const order = new Map(releases.map(({ id }, index) => [id, index]));
  const rank = (release: string | null) => (release === null ? Infinity : (order.get(release) ?? releases.length));
  const oldest = [...changes].sort((a, b) => (a.createdAt ?? '').localeCompare(b.createdAt ?? ''));
  return [...Map.groupBy(oldest, ({ release }) => release)].sort(([a], [b]) => rank(a) - rank(b));
}

/** `owner/name#7`, and of a change on GitLab `group/name!7`. */
export const nameOf = ({
  source,
  kind,
  project,
  number,
}: Pick<Blocker, 'source' | 'kind' | 'project' | 'number'>): string =>
  `${project}${source === 'gitlab' && kind === 'change' ? '!' : '#'}${number ?? ''}`;

function issueRow(one: Blocker, url: string | null, now: string): IssueRow {
  const state = one.state === 'unknown' ? STATES.unknown : one.role === 'blocker' ? STATES.open : STATES.listed;
  return {
    name: nameOf(one),
    title: visible(one.title) || nameOf(one),
    url,
    why: one.why,
    blocks: one.blocks.join(', ') || 'not said',
    since: one.since ? dayText(one.since) : 'not said',
    state,
    age: one.createdAt ? ageText(one.createdAt, now) : 'not known',
    assignees: one.state === 'unknown' ? 'not known' : one.assignees.map(visible).join(', ') || 'unassigned',
  };
}

function changeRow(one: Blocker, url: string | null, now: string): ChangeRow {
  return {
    name: nameOf(one),
    project: one.project,
    title: visible(one.title),
    url,
    by: one.role === 'renovate' ? 'Renovate' : 'pipeline',
    pipeline: one.pipeline ? PIPELINES[one.pipeline] : STATES.unknown,
    age: one.createdAt ? ageText(one.createdAt, now) : 'not known',
  };
}

function closedRow(one: Blocker, url: string | null): ClosedRow {
  const word = one.state === 'merged' ? 'merged' : 'closed';
  return {
    name: nameOf(one),
    title: visible(one.title) || nameOf(one),
    url,
    blocks: one.blocks.join(', '),
    closed: one.closedAt ? `${word} since ${dayText(one.closedAt)}` : `${word}, the day is not known`,
  };
}

function notesOf({ sources, blockers }: Snapshot): BlockersView['notes'] {
  return FORGES.flatMap((source) => {
    const report = sources.find(({ id }) => id === source);
    if (report?.state === 'ok') return [];
    const told = report?.lastGoodAt ? `What is shown was told on ${instantText(report.lastGoodAt)}.` : null;
    const nothing = blockers.some((one) => one.source === source)
      ? 'What is listed of it is only what people wrote down.'
      : 'Nothing of it is listed.';
    const what =
      report?.state === 'failed'
        ? 'did not answer'
        : report?.state === 'partial'
          ? 'answered in part'
          : 'was not asked';
    return [{ source, text: `${NAMES[source]} ${what}. ${told ?? nothing}` }];
  });
}
