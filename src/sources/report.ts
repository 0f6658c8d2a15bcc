import { type Problem, type Snapshot, SOURCES, type SourceId, type SourceReport } from '#status/model.ts';
import { type ProblemKind, problem } from '#status/problems.ts';
import { iso } from '#status/time.ts';
import { SourceError } from './error.ts';
import type { Http } from './http.ts';
import { redactLine } from './redact.ts';

/** How a refresh went, source by source. */
export interface Report {
  readonly nowMs: number;
  /** `place`: what the detail begins with, where several without a target are each a problem of its own. */
  problem(source: SourceId, target: string | null, kind: ProblemKind, detail: string, place?: Place): void;
  /** Says that nothing can be asked of this source, as without a token. */
  skip(source: SourceId): void;
  /** Runs a question and counts whether it was answered. */
  asked<T>(source: SourceId, question: Promise<T>): Promise<T>;
  sources(asked: ReadonlySet<SourceId>): SourceReport[];
  problems(asked: ReadonlySet<SourceId>): Problem[];
}

export type Place = 'pipeline' | 'task bundle';

interface Counts {
  good: number;
  bad: number;
  refused: number;
}

const DETAIL = 1_900;
/** Without a target each of them is about another place, which its message names. */
const PLACED: readonly string[] = ['forbidden', 'too-large'] satisfies ProblemKind[];
/** They are about the source, whatever it was asked for. */
const OUTAGES: readonly string[] = [
  'unreachable',
  'timeout',
  'rate-limited',
  'server-error',
  'token',
] satisfies ProblemKind[];
/** A source that refuses all places alike would else fill the list. */
const MANY = 20;
const NONE: Counts = { good: 0, bad: 0, refused: 0 };

// That a thing is not there, or not public, is an answer about the thing.
const REFUSALS = new Set<ProblemKind>(['denied', 'not-found']);

/** Two problems of one key are one. */
export function keyOf({ source, target, kind, message }: Problem, isPlaced: boolean): string {
  const isOwn = target === null && (PLACED.includes(kind) || (isPlaced && !OUTAGES.includes(kind)));
  return [source, target, kind, ...(isOwn ? [message] : [])].join(' ');
}

/** An empty report; `previous` gives the ages of problems that persist and the last good answers. */
export function report(previous: Snapshot | null, http: Http, nowMs: number): Report {
  const found = new Map<string, Problem>();
  const counts = new Map<SourceId, Counts>();
  const skipped = new Set<SourceId>();
  const placed = new Map<string, number>();
  const since = new Map(
    previous?.problems.flatMap((one) => [true, false].map((isPlaced) => [keyOf(one, isPlaced), one.since])),
  );
  const now = iso(nowMs);

  function count(source: SourceId, outcome: keyof Counts): void {
    const known = counts.get(source) ?? NONE;
    counts.set(source, { ...known, [outcome]: known[outcome] + 1 });
  }

  async function asked<T>(source: SourceId, question: Promise<T>): Promise<T> {
    try {
      const answer = await question;
      count(source, 'good');
      return answer;
    } catch (error) {
      if (error instanceof SourceError) count(source, REFUSALS.has(error.kind) ? 'refused' : 'bad');
      throw error;
    }
  }

  function add(source: SourceId, of: string | null, kind: ProblemKind, detail: string, place?: Place): void {
    // A host that cannot be reached is one problem, not one for each of its targets.
    const target = kind === 'unreachable' ? null : of;
    const note = (text: string, isPlaced: boolean) => {
      const one = problem(source, target, kind, redactLine(text, DETAIL), now);
      const key = keyOf(one, isPlaced);
      if (!found.has(key)) found.set(key, { ...one, since: since.get(key) ?? now });
    };
    const isPlaced = place !== undefined && !OUTAGES.includes(kind);
    const count = isPlaced ? (placed.get(`${source} ${kind} ${place}`) ?? 0) + 1 : 0;
    if (isPlaced) placed.set(`${source} ${kind} ${place}`, count);
    note(count > MANY ? `${place}: more than ${MANY}, of which the first are listed` : detail, isPlaced);
  }

  function problems(sources: ReadonlySet<SourceId>): Problem[] {
    const kept = previous?.problems.filter(({ source }) => !sources.has(source)) ?? [];
    return [...kept, ...found.values()];
  }

  function one(id: SourceId, isAsked: boolean): SourceReport {
    const before = previous?.sources.find((source) => source.id === id);
    const { good, bad, refused } = counts.get(id) ?? NONE;
    const isUsed = isAsked && good + bad + refused > 0;
    const state = isUsed ? (good === 0 ? 'failed' : bad === 0 ? 'ok' : 'partial') : (before?.state ?? 'skipped');
    return {
      id,
      state: isAsked && !skipped.has(id) ? state : 'skipped',
      checkedAt: isUsed ? now : (before?.checkedAt ?? null),
      ...http.usage(id),
      problems: 0,
      lastGoodAt: good > 0 ? now : (before?.lastGoodAt ?? null),
      lastFailureAt: isUsed && (bad > 0 || good === 0) ? now : (before?.lastFailureAt ?? null),
    };
  }

  function sources(isAsked: ReadonlySet<SourceId>): SourceReport[] {
    const counted = problems(isAsked);
    return SOURCES.map((id) => ({
      ...one(id, isAsked.has(id)),
      problems: counted.filter(({ source }) => source === id).length,
    }));
  }

  return { nowMs, problem: add, skip: (source) => void skipped.add(source), asked, sources, problems };
}
