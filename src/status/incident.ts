import type { Arch, Image } from './model.ts';
import type { Attempt, Failure } from './run.ts';

/** The same cause in several cells is one incident with a count, not forty red cells. */

export interface Struck {
  /** Id of the image. */
  id: string;
  /** Page of its newest run. */
  url: string | null;
  since: string | null;
  isLowerBound: boolean;
  /** Runs in a row that broke like this, as far as they are known. */
  count: number;
}

export interface Incident {
  /** Anchor on the page: the same for the same cause while it lasts. */
  id: string;
  kind: 'build' | 'test' | 'promotion';
  /** Task, scenario or step; null: not known. */
  what: string | null;
  reason: string | null;
  /** As it came from the newest run. */
  message: string | null;
  log: string | null;
  arches: Arch[];
  /** The first image that was struck. */
  since: string | null;
  isLowerBound: boolean;
  struck: Struck[];
}

type Case = Omit<Incident, 'id' | 'struck' | 'since' | 'isLowerBound'> & Struck & { key: string };

/** A message without what differs from run to run: numbers, digests, addresses, names, arches. */
export function normalise(message: string): string {
  return message
    .toLowerCase()
    .replace(/https?:\/\/\S+/g, '<address>')
    .replace(/\b(x86_64|aarch64|ppc64le|s390x|amd64|arm64)\b/g, '<arch>')
    .replace(/\b[a-z0-9._]+(?:-[a-z0-9._]+){2,}/g, '<name>')
    .replace(/\b(?=[0-9a-f]*\d)[0-9a-f]{7,}\b/g, '<id>')
    .replace(/\d+/g, '#')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}

/** Everything that stops an image now, the causes that strike most images first. Images that are not counted are left out. */
export function incidentsOf(images: readonly Image[]): Incident[] {
  const cases = images
    .filter(({ verdict }) => verdict.bucket !== 'none')
    .flatMap((image) => [...buildCase(image), ...testCases(image), ...promotionCase(image)]);
  return [...Map.groupBy(cases, ({ key }) => key)]
    .map(([key, struck]) => incidentOf(key, struck))
    .sort((a, b) => b.struck.length - a.struck.length || (a.since ?? '').localeCompare(b.since ?? ''));
}

function incidentOf(key: string, cases: Case[]): Incident {
  const oldestFirst = cases.toSorted((a, b) => (a.since ?? '').localeCompare(b.since ?? ''));
  const [first, ...others] = oldestFirst;
  const newest = oldestFirst.at(-1) ?? first;
  const arches = [...new Set(cases.flatMap((one) => one.arches))].sort();
  const { kind = 'build', what = null, reason = null } = first ?? {};
  return {
    ...{ id: anchorOf(key), kind, what, reason, message: newest?.message ?? null, arches },
    log: oldestFirst.findLast(({ log }) => log !== null)?.log ?? null,
    since: first?.since ?? null,
    isLowerBound: first?.isLowerBound ?? false,
    struck: (first ? [first, ...others] : []).map(({ id, url, since, isLowerBound, count }) => ({
      ...{ id, url, since, isLowerBound, count },
    })),
  };
}

function anchorOf(key: string): string {
  const words = key
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-|-$/g, '');
  let sum = 7;
  for (const letter of key) sum = (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
  return `${words}-${sum.toString(36)}`;
}

function buildCase({ id, attempts, build }: Image): Case[] {
  const ended = attempts.filter(({ outcome }) => outcome === 'ok' || outcome === 'failed');
  const lastGood = ended.findIndex(({ outcome }) => outcome === 'ok');
  const streak = lastGood === -1 ? ended : ended.slice(0, lastGood);
  const [newest] = streak;
  if (!newest) return [];
  const key = keyOf(newest, id);
  const other = streak.findIndex((one) => keyOf(one, id) !== key);
  const same = other === -1 ? streak : streak.slice(0, other);
  const isWhole = other === -1;
  const { task = null, reason = null, message = null, log = null, arches = [] } = newest.failure ?? {};
  return [
    {
      ...{ key, id, kind: 'build', what: task, reason, message, log, arches },
      url: newest.url,
      since: (isWhole ? build?.failingSince : null) ?? same.at(-1)?.startedAt ?? null,
      isLowerBound: isWhole && (build?.isLowerBound ?? lastGood === -1),
      count: same.length,
    },
  ];
}

/** What makes two failures the same; one that nobody has explained is like no other. */
function keyOf({ failure, tasksReadAt }: Attempt, id: string): string {
  const isExplained = failure !== null && (failure.task !== null || (tasksReadAt !== null && isTelling(failure)));
  if (!isExplained) return `build ${id}`;
  return ['build', failure.task, failure.reason, normalise(failure.message ?? '')].join(' ');
}

const isTelling = ({ reason }: Failure): boolean => reason !== null && reason !== 'Failed';

function testCases({ id, tests }: Image): Case[] {
  const failed = tests?.of.filter((one) => !one.isOptional && (one.outcome === 'failed' || one.outcome === 'invalid'));
  return (failed ?? []).map(({ scenario, outcome, source, detail, at, url }) => ({
    ...{ key: `test ${source} ${scenario} ${outcome}`, id, kind: 'test', what: scenario, reason: outcome },
    ...{ message: detail, log: null, arches: [], url, since: at, isLowerBound: false, count: 1 },
  }));
}

function promotionCase({ id, promotion }: Image): Case[] {
  if (promotion?.state !== 'failed') return [];
  const { step, reason, url, startedAt, attempts } = promotion;
  return [
    {
      ...{ key: ['promotion', step, normalise(reason ?? '')].join(' '), id, kind: 'promotion', what: step },
      ...{ reason: null, message: reason, log: null, arches: [], url, since: startedAt, isLowerBound: false },
      count: Math.max(1, attempts),
    },
  ];
}
