import type { Inside } from '#sim/kube/kind.ts';

/** What is to happen later, as soon as somebody looks. */

/** Does what was due at `atMs`, which has passed. */
export type Job = (inside: Inside, atMs: number) => Promise<void>;

export interface Agenda {
  add: (atMs: number, job: Job) => void;
  /** Does all that is due, the earliest first, and what follows from it. */
  due: (inside: Inside) => Promise<void>;
}

/** Jobs in a row beyond which something runs in a circle. */
const MAX_JOBS = 10_000;

export function agenda(): Agenda {
  const jobs: { atMs: number; job: Job }[] = [];

  function next(nowMs: number): { atMs: number; job: Job } | null {
    const first = Math.min(...jobs.map(({ atMs }) => atMs));
    if (!(first <= nowMs)) return null;
    const at = jobs.findIndex(({ atMs }) => atMs === first);
    return jobs.splice(at, 1)[0] ?? null;
  }

  return {
    add: (atMs, job) => {
      jobs.push({ atMs, job });
    },
    due: async (inside) => {
      for (let count = 0; count < MAX_JOBS; count++) {
        const one = next(inside.nowMs);
        if (!one) return;
        await one.job(inside, one.atMs);
      }
    },
  };
}
