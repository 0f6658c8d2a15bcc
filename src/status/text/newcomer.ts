import { FORGES, type ForgeId } from '#status/blocker.ts';
import { placeOf } from '#status/blockers-file.ts';
import type { Newcomer, NewcomerProject, NewcomersRecord } from '#status/newcomer.ts';
import type { NewcomersFile } from '#status/newcomers-file.ts';
import { ageText, instantText } from './dates.ts';
import { safeLink, visible } from './words.ts';

/** Issues for newcomers as their page shows them. */

export interface NewcomerRow {
  /** `owner/name#7`. */
  name: string;
  title: string;
  url: string | null;
  labels: string[];
  age: string;
  /** How long nothing has happened. */
  quiet: string;
  assignees: string;
  isFree: boolean;
}

export interface NewcomerGroup {
  id: string;
  project: string;
  /** The name of its forge. */
  forge: string;
  url: string | null;
  about: string;
  /** How its issues were chosen. */
  chosen: string;
  /** Where the project uses its label; null where none is known. */
  source: string | null;
  rows: NewcomerRow[];
  /** What the reader should know of the list: when it was asked, what failed, what is left out. */
  notes: string[];
  state: 'read' | 'empty' | 'unread';
}

export interface NewcomersView {
  groups: NewcomerGroup[];
  counts: { open: number; free: number };
}

export type Records = Readonly<Record<ForgeId, NewcomersRecord | null>>;

/** Shown of a project: the rest is one click away. */
const SHOWN = 15;
const NAMES = { github: 'GitHub', gitlab: 'GitLab' } as const satisfies Record<ForgeId, string>;

/**
 * The projects of the file with what their forges told last; those that nobody works on first.
 * Foreign texts are made visible, and the sample's addresses are no links.
 */
export function newcomersView(file: NewcomersFile, records: Records, now: string, isSample: boolean): NewcomersView {
  const told = FORGES.flatMap((source) => records[source]?.projects ?? []);
  const groups = file.projects.map((asked) => {
    const place = placeOf(asked.project);
    const known = told.find(
      ({ source, project, label }) =>
        source === place?.source && project === place.project && label === (asked.label ?? null),
    );
    return groupOf(asked, known, now, isSample);
  });
  const rows = told.flatMap(({ issues }) => issues);
  return { groups, counts: { open: rows.length, free: rows.filter(isFree).length } };
}

const isFree = ({ assignees }: Newcomer): boolean => assignees.length === 0;

function groupOf(
  { project: url, label, about, source }: NewcomersFile['projects'][number],
  known: NewcomerProject | undefined,
  now: string,
  isSample: boolean,
): NewcomerGroup {
  const place = placeOf(url);
  const project = place?.project ?? url;
  const forge = place ? NAMES[place.source] : 'Its forge';
  const linked = (address: string) => (isSample ? null : safeLink(address));
  const sorted = [...(known?.issues ?? [])].sort(byWorth);
  return {
    id: `project-${[project, label ?? '']
      .join(' ')
      .trim()
      .replace(/[^A-Za-z0-9]+/g, '-')}`,
    project,
    forge,
    url: linked(url),
    about,
    chosen: label
      ? `Those that the project marks with “${label}”.`
      : 'Every open issue: no mark for newcomers is known there, so nobody has chosen them for you. Ask before you begin.',
    source: source ? linked(source) : null,
    rows: sorted.slice(0, SHOWN).map((one) => rowOf(one, project, linked(one.url), now)),
    notes: notesOf(known, forge, sorted.length),
    state: known?.askedAt == null ? 'unread' : sorted.length === 0 ? 'empty' : 'read',
  };
}

/** What nobody works on first; then what something happened to last. */
function byWorth(a: Newcomer, b: Newcomer): number {
  return Number(isFree(b)) - Number(isFree(a)) || (b.updatedAt ?? '').localeCompare(a.updatedAt ?? '');
}

function rowOf(one: Newcomer, project: string, url: string | null, now: string): NewcomerRow {
  const name = `${project}#${one.number ?? ''}`;
  return {
    name,
    title: visible(one.title) || name,
    url,
    labels: one.labels.map(visible),
    age: one.createdAt ? ageText(one.createdAt, now) : 'not known',
    quiet: one.updatedAt ? `${ageText(one.updatedAt, now)} ago` : 'not known',
    assignees: one.assignees.map(visible).join(', ') || 'unassigned',
    isFree: isFree(one),
  };
}

function notesOf(known: NewcomerProject | undefined, forge: string, count: number): string[] {
  if (known?.askedAt == null)
    return [`${forge} has not told of it yet.${known?.failed ? ` It says: ${visible(known.failed.why)}.` : ''}`];
  const { askedAt, failed, isCut, bots } = known;
  return [
    ...(failed
      ? [`${forge} did not answer on ${instantText(failed.at)}: ${visible(failed.why)}. What stands here is older.`]
      : []),
    `Looked for on ${instantText(askedAt)}.`,
    ...(count > SHOWN ? [`${SHOWN} of ${isCut ? 'more than ' : ''}${count} are shown.`] : []),
    ...(bots > 0 ? [`${bots} opened by programs ${bots === 1 ? 'is' : 'are'} left out.`] : []),
  ];
}
