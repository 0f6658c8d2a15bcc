import type { Arch } from '#status/model.ts';
import { type Pace, paceOf } from './pace.ts';
import { BUILD, PRACTICE, type PracticeTask } from './practice.ts';

/** When the tasks of a practice run were made, began and ended, leg by leg. */

export interface Leg {
  of: PracticeTask;
  /** Null for a task that has no legs. */
  arch: Arch | null;
  /** Its place among the legs; null for a task that has none. */
  nth: number | null;
  createdMs: number;
  startMs: number;
  endMs: number;
  /** When it would have ended, had nothing broken it off. */
  plannedMs: number;
}

/** Why a run does not go through: a task breaks, the run is cancelled while it builds, or the builds never end. */
export type Stop =
  | { how: 'broken'; task: string; step: string; arches: readonly Arch[] }
  | { how: 'cancelled' }
  | { how: 'hangs' };

export interface Plan {
  /** Runs of the same seed have the same times. */
  seed: string;
  arches: readonly Arch[];
  isMeant: (task: PracticeTask) => boolean;
  stop: Stop | null;
  /** Left out: those of the practice pipeline. */
  tasks?: readonly PracticeTask[];
}

/** A run in seconds after it began. */
export interface Course {
  legs: readonly Draft[];
  seconds: number;
}

interface Draft extends Pick<Leg, 'of' | 'arch' | 'nth'> {
  created: number;
  start: number;
  end: number;
  planned: number;
}

const CREATING = 1;
/** Until the run itself is done. */
const CLOSING = 2;

/** The legs in the order of the pipeline. What began beside a leg that broke ends, and nothing comes after. */
export function courseOf({ seed, arches, isMeant, stop, tasks = PRACTICE }: Plan): Course {
  const pace = paceOf(seed, arches);
  const stopsAt = stop === null ? null : stop.how === 'broken' ? stop.task : BUILD;
  const ends = new Map<string, number>();
  const legs: Draft[] = [];
  for (const of of tasks) {
    const ready = of.after === null ? 0 : ends.get(of.after);
    if (ready === undefined) continue;
    const own = isMeant(of) ? draftsOf(of, ready, arches, pace) : [];
    legs.push(...(of.name === stopsAt ? cutBy(stop, own, pace) : own));
    if (of.name !== stopsAt) ends.set(of.name, lastOf(own, ready));
  }
  if (stopsAt !== null && legs.every(({ of }) => of.name !== stopsAt))
    legs.push(...cutBy(stop, draftsOf(strange(stopsAt), lastOf(legs), [], pace), pace));
  const brokeAt = Math.min(...legs.flatMap(({ end, planned }) => (end < planned ? [end] : [])));
  const made = legs.filter(({ created }) => created <= brokeAt);
  return { legs: made, seconds: Math.ceil(lastOf(made)) + CLOSING };
}

/** The legs of a run that began at `startMs`; together they fill its length. */
export function legsAt({ legs, seconds }: Course, startMs: number, lengthMs = seconds * 1_000): Leg[] {
  const at = (after: number) => startMs + Math.round((lengthMs * after) / seconds / 1_000) * 1_000;
  return legs.map(({ of, arch, nth, created, start, end, planned }) => ({
    ...{ of, arch, nth, createdMs: at(created), startMs: at(start), endMs: at(end), plannedMs: at(planned) },
  }));
}

/** Which tasks are meant to run: all but the sources, as far as the pipeline, whose bundles are given, has them. */
export function meantBy(bundles: Iterable<string> | null): Plan['isMeant'] {
  const names = bundles === null ? null : [...bundles];
  return ({ task, when }) =>
    when?.[0] !== 'build-source-image' && (names === null || names.some((name) => name.includes(`/task-${task}:`)));
}

function draftsOf(of: PracticeTask, ready: number, arches: readonly Arch[], pace: Pace): Draft[] {
  return (of.leg ? arches : [null]).map((arch, index) => {
    const created = ready + CREATING;
    const start = created + pace.waits(of, arch);
    const end = start + pace.takes(of, arch);
    return { of, arch, nth: of.leg ? index : null, created, start, end, planned: end };
  });
}

const lastOf = (legs: readonly Draft[], least = 0): number => Math.max(least, ...legs.map(({ end }) => end));

/** The same legs, with an early end for those that break off. */
function cutBy(stop: Stop | null, legs: readonly Draft[], { between }: Pace): Draft[] {
  if (stop === null || stop.how === 'hangs') return [...legs];
  if (stop.how === 'cancelled') {
    const at = Math.max(0, ...legs.map(({ start }) => start)) + between(30, 120, 'cancelling');
    return legs.map((leg) => ({ ...leg, end: Math.min(leg.end, at) }));
  }
  const { arches, step } = stop;
  const share = between(0.4, 0.9, 'breaking');
  return legs.map((leg) => {
    if (!isStruck(arches, leg.arch)) return leg;
    const { of, start, planned } = leg;
    // Its pod never came to be.
    if (step === '') return { ...leg, end: start };
    const at = of.steps.findIndex(([name]) => name === step);
    const before = of.steps.slice(0, Math.max(at, 0)).reduce((sum, [, one]) => sum + one, 0);
    return { ...leg, end: start + (planned - start) * (before + (of.steps[at]?.[1] ?? 1) * share) };
  });
}

/** Whether a leg is one of those that break; without arches all do. */
export const isStruck = (arches: readonly Arch[], arch: Arch | null): boolean =>
  arch === null || arches.length === 0 || arches.includes(arch);

/** A world may let a run break in a task of its own. */
const strange = (name: string): PracticeTask => ({
  ...{ name, task: name, after: null, leg: null, when: null, waits: 3, takes: 60 },
  steps: [['run', 1]],
});

/** The steps of a leg with their times, one after the other, as far as it came. */
export function stepsOf({ of, startMs, endMs, plannedMs }: Leg): { name: string; startMs: number; endMs: number }[] {
  const at = (share: number) => Math.min(endMs, startMs + Math.round(((plannedMs - startMs) * share) / 1_000) * 1_000);
  let done = 0;
  const steps = of.steps.map(([name, share]) => {
    const from = at(done);
    done += share;
    return { name, startMs: from, endMs: at(done) };
  });
  return endMs < plannedMs ? steps.filter((step) => step.startMs < endMs) : steps;
}
