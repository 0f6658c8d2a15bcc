import type { Arch } from '#status/model.ts';
import { chance } from './names.ts';
import { BUILD, type PracticeTask } from './practice.ts';

/** How quick a practice run is: by a seed, so that runs differ and each is the same whenever it is asked for. */

export interface Pace {
  /** Seconds that a leg waits for its pod or its machine. */
  waits: (of: PracticeTask, arch: Arch | null) => number;
  /** Seconds that its work takes. */
  takes: (of: PracticeTask, arch: Arch | null) => number;
  /** A number of the run's own from `from` to `to`. */
  between: (from: number, to: number, what: string) => number;
  /** The arch whose machine is long in coming, and the task that takes far longer than it should; mostly none. */
  late: Arch | null;
  slow: string | null;
}

/** Seconds that a leg that builds waits for its machine, and how much longer its work takes. */
const MACHINE: Record<Arch, number> = { x86_64: 0, aarch64: 6, ppc64le: 23, s390x: 50 };
const WORK: Record<Arch, number> = { x86_64: 1, aarch64: 1.06, ppc64le: 1.15, s390x: 1.24 };
const RARE: readonly Arch[] = ['s390x', 'ppc64le'];
const MOODY: readonly string[] = ['prefetch-dependencies', 'clair-scan', 'clamav-scan', 'rpms-signature-scan'];
const ODDS = 1 / 6;
const SLOWER = 2.5;

/** The pace of the run with this seed. */
export function paceOf(seed: string, arches: readonly Arch[]): Pace {
  const between: Pace['between'] = (from, to, what) => from + (to - from) * chance(`${what} of ${seed}`);
  const oneOf = <T>(all: readonly T[], what: string): T | null =>
    chance(`whether ${what} of ${seed}`) < ODDS ? (all[Math.floor(between(0, all.length, what))] ?? null) : null;
  const rare = RARE.filter((arch) => arches.includes(arch));
  const [late, slow] = [oneOf(rare, 'machine'), oneOf(MOODY, 'task')];
  const all = between(0.82, 1.13, 'pace');
  return {
    waits: (of, arch) => {
      const own = between(0.6, 1.8, `wait ${of.name} ${arch}`);
      if (of.name !== BUILD || arch === null) return of.waits * own;
      return of.waits + MACHINE[arch] * own + (arch === late ? between(240, 540, 'delay') : 0);
    },
    takes: (of, arch) => {
      const own = between(0.92, 1.08, `work ${of.name} ${arch}`);
      return of.takes * (arch ? WORK[arch] : 1) * all * own * (of.name === slow ? SLOWER : 1);
    },
    ...{ between, late, slow },
  };
}
