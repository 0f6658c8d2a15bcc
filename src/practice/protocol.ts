import type { Verdict } from '#lab/judge.ts';
import type { Lab } from '#lab/model.ts';
import type { Ended } from '#lab/shell.ts';
import type { World } from '#world/model.ts';

/** What the page and the worker with the practice shell say to one another. */

/** One file, /labs/ID/start.json: the lab and the world in which it begins. */
export interface LabStart {
  lab: Lab;
  world: World;
}

/** All that has moved the world, in its order. The same deeds over the same start give the same world, so a reload or a stop loses nothing. */
export type Deed =
  | { kind: 'run'; line: string }
  | { kind: 'write'; path: string; text: string }
  | { kind: 'pass'; ms: number };

export type Ask =
  | { kind: 'open'; start: LabStart; deeds: Deed[] }
  | { kind: 'deed'; deed: Deed }
  | { kind: 'judge'; step: string; answer: string }
  | { kind: 'read'; path: string }
  /** Texts that the editor offers: those of the lab, and those of clones in the home. */
  | { kind: 'files' }
  /** What is wrong with a text before it is saved. */
  | { kind: 'proof'; path: string; text: string }
  | { kind: 'view' };

/** A line that was run, as the console shows it. */
export interface Shown {
  line: string;
  /** The folder in which it ran. */
  cwd: string;
  ended: Ended;
}

export type Answer =
  /** `ran` are the newest lines of the deeds that were done again. */
  | { kind: 'opened'; ms: number; cwd: string; nowMs: number; ran: Shown[] }
  /** `cwd` is the folder afterwards. */
  | { kind: 'ended'; ended: Ended; cwd: string; nowMs: number }
  | { kind: 'verdict'; verdict: Verdict }
  | { kind: 'text'; text: string | null }
  | { kind: 'files'; paths: string[] }
  | { kind: 'proof'; fault: string | null }
  | { kind: 'view'; view: View };

export type ToWorker = { id: number } & Ask;
export type FromWorker = { id: number } & (Answer | { kind: 'failed'; message: string });

/** What the side shows of the world. */
export interface View {
  nowMs: number;
  runs: {
    namespace: string;
    name: string;
    component: string | null;
    /** As the console says it: Running, Succeeded, Failed, Pending, Cancelled; Unknown where it says none of these. */
    state: string;
    reason: string;
    startedAt: string | null;
    endedAt: string | null;
    tasks: { name: string; state: string }[];
  }[];
  images: { image: string; digest: string | null; arches: string[]; pushedAt: string | null }[];
  changes: { project: string; id: number; title: string; branch: string; state: string; pipeline: string | null }[];
  releases: { namespace: string; name: string; state: string }[];
}
