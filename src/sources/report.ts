import { type Problem, type Snapshot, SOURCES, type SourceId, type SourceReport } from '#status/model.ts';
import { type ProblemKind, problem } from '#status/problems.ts';
import { iso } from '#status/time.ts';
import { SourceError } from './error.ts';
import type { Http } from './http.ts';
import { redactLine } from './redact.ts';

/** How a refresh went, source by source. */
export interface Report {
  readonly nowMs: number;
  problem(source: SourceId, target: string | null, kind: ProblemKind, detail: string): void;
  /** Says that nothing can be asked of this source, as without a token. */
  skip(source: SourceId): void;
  /** Runs a question and counts whether it was answered. */
  asked<T>(source: SourceId, question: Promise<T>): Promise<T>;
  sources(asked: ReadonlySet<SourceId>): SourceReport[];
  problems(asked: ReadonlySet<SourceId>): Problem[];
}

interface Counts {
  good: number;
  bad: number;
  refused: number;
}

const DETAIL = 1_900;
/** Without a target each of them is about another place, which its message names. */
const PLACED: readonly string[] = ['forbidden', 'too-large'] satisfies ProblemKind[];
const NONE: Counts = { good: 0, bad: 0, refused: 0 };

// That a thing is not there, or not public, is an answer about the thing.
const REFUSALS = new Set<ProblemKind>(['denied', 'not-found']);

/** An empty report; `previous` gives the ages of problems that persist and the last good answers. */
export function report(previous: Snapshot | null, http: Http, nowMs: number): Report {
  const found = new Map<string, Problem>();
  const counts = new Map<SourceId, Counts>();
  const skipped = new Set<SourceId>();
  const keyOf = ({ source, target, kind, message }: Problem) =>
    [source, target, kind, ...(target === null && PLACED.includes(kind) ? [message] : [])].join(' ');
  const since = new Map(previous?.problems.map((one) => [keyOf(one), one.since]));
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

  function add(source: SourceId, of: string | null, kind: ProblemKind, detail: string): void {
    // A host that cannot be reached is one problem, not one for each of its targets.
    const target = kind === 'unreachable' ? null : of;
    const one = problem(source, target, kind, redactLine(detail, DETAIL), now);
    const key = keyOf(one);
    if (!found.has(key)) found.set(key, { ...one, since: since.get(key) ?? now });
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
