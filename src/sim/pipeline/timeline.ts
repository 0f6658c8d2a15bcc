import type { Arch } from '#status/model.ts';
import { BUILD, PRACTICE, type PracticeTask } from './practice.ts';

/** When the tasks of a practice run were made, began and ended, leg by leg. */

export interface Leg {
  of: PracticeTask;
  /** Null for a task that has no legs. */
  arch: Arch | null;
  createdMs: number;
  startMs: number;
  endMs: number;
}

export interface Plan {
  arches: readonly Arch[];
  startMs: number;
  lengthMs: number;
  isMeant: (task: PracticeTask) => boolean;
  /** The task at which it broke, which may be none of the pipeline's: nothing comes after it. */
  brokenAt?: string | null;
}

/** The same, in seconds after the run began. */
interface Draft {
  of: PracticeTask;
  arch: Arch | null;
  created: number;
  start: number;
  end: number;
}

/** Seconds that a leg that builds waits for its machine, and how much longer its work takes. */
const MACHINE: Record<Arch, number> = { x86_64: 0, aarch64: 6, ppc64le: 23, s390x: 50 };
const PACE: Record<Arch, number> = { x86_64: 1, aarch64: 1.06, ppc64le: 1.15, s390x: 1.24 };
const CREATING = 1;
/** Until the run itself is done. */
const CLOSING = 2;

/** The legs in the order of the pipeline; together they fill the length of the run. */
export function timeline({ arches, startMs, lengthMs, isMeant, brokenAt = null }: Plan): Leg[] {
  const ends = new Map<string, number>();
  const legs: Draft[] = [];
  for (const of of PRACTICE) {
    const ready = of.after === null ? 0 : ends.get(of.after);
    if (ready === undefined) continue;
    const own = isMeant(of) ? (of.leg ? arches : [null]).map((arch) => legOf(of, arch, ready)) : [];
    legs.push(...own);
    if (of.name !== brokenAt) ends.set(of.name, Math.max(ready, ...own.map(({ end }) => end)));
  }
  const last = Math.max(0, ...legs.map(({ end }) => end));
  if (brokenAt !== null && legs.every(({ of }) => of.name !== brokenAt))
    legs.push(legOf(strange(brokenAt), null, last));
  const total = Math.max(0, ...legs.map(({ end }) => end)) + CLOSING;
  const at = (seconds: number) => startMs + Math.round((lengthMs * seconds) / total / 1_000) * 1_000;
  return legs.map(({ of, arch, created, start, end }) => ({
    ...{ of, arch, createdMs: at(created), startMs: at(start), endMs: at(end) },
  }));
}

/** Which tasks are meant to run: all but the sources, as far as the pipeline, whose bundles are given, has them. */
export function meantBy(bundles: Iterable<string> | null): Plan['isMeant'] {
  const names = bundles === null ? null : [...bundles];
  return ({ task, when }) =>
    when?.[0] !== 'build-source-image' && (names === null || names.some((name) => name.includes(`/task-${task}:`)));
}

function legOf(of: PracticeTask, arch: Arch | null, ready: number): Draft {
  const created = ready + CREATING;
  const start = created + of.waits + (arch && of.name === BUILD ? MACHINE[arch] : 0);
  return { of, arch, created, start, end: start + of.takes * (arch ? PACE[arch] : 1) };
}

/** A world may let a run break in a task of its own. */
const strange = (name: string): PracticeTask => ({
  ...{ name, task: name, after: null, leg: null, when: null, waits: 3, takes: 60 },
  steps: [['run', 1]],
});

/** The steps of a leg with their times, one after the other. */
export function stepsOf({ of, startMs, endMs }: Leg): { name: string; startMs: number; endMs: number }[] {
  const at = (share: number) => Math.min(endMs, startMs + Math.round(((endMs - startMs) * share) / 1_000) * 1_000);
  let done = 0;
  return of.steps.map(([name, share]) => {
    const from = at(done);
    done += share;
    return { name, startMs: from, endMs: at(done) };
  });
}
