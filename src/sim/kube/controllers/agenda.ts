import type { Inside } from '#sim/kube/kind.ts';

/** What is to happen later, each thing at its own moment. */

/** Does what was due at `atMs`, which has passed. */
export type Job = (inside: Inside, atMs: number) => Promise<void>;

export interface Agenda {
  add: (atMs: number, job: Job) => void;
  /** Moment of the earliest job; infinity for none. */
  nextMs: () => number;
  /** Does the earliest of what is due at `inside.nowMs`. */
  due: (inside: Inside) => Promise<void>;
}

export function agenda(): Agenda {
  const jobs: { atMs: number; job: Job }[] = [];
  const nextMs = () => Math.min(...jobs.map(({ atMs }) => atMs));
  return {
    nextMs,
    add: (atMs, job) => {
      jobs.push({ atMs, job });
    },
    due: async (inside) => {
      const first = nextMs();
      if (!(first <= inside.nowMs)) return;
      const at = jobs.findIndex(({ atMs }) => atMs === first);
      await jobs.splice(at, 1)[0]?.job(inside, first);
    },
  };
}
