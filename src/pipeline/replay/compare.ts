import type { Recording } from '#pipeline/recording.ts';
import { parsed } from './clock.ts';
import type { Row } from './shapes.ts';
import { timelineOf } from './timeline.ts';

/** Two recordings of one pipeline side by side: which task got slower, on which arch. */

export interface ComparedTask {
  task: string;
  platform: string | null;
  /** Which of the two has it. */
  isIn: 'both' | 'before' | 'after';
  /** Milliseconds; null where the recording does not have it. */
  beforeMs: number | null;
  afterMs: number | null;
  /** Null where one is missing. */
  changeMs: number | null;
  isFailedAfter: boolean;
}

/** A run to hold another against; `later` is none that was there before it. */
export interface Reference {
  recording: Recording;
  when: 'before' | 'later' | 'unknown';
}

/** Of good runs the newest that began before this one; else the first that came later. Null where there is none but itself. */
export function referenceFor(run: Recording, good: readonly Recording[]): Reference | null {
  const begin = parsed(run.startedAt);
  const others = good
    .filter((one) => one !== run && (one.run === null || one.run !== run.run))
    .flatMap((recording) => {
      const ms = parsed(recording.startedAt);
      return ms === null ? [] : [{ recording, ms }];
    })
    .sort((a, b) => b.ms - a.ms);
  const [newest] = others;
  if (begin === null) return newest ? { recording: newest.recording, when: 'unknown' } : null;
  const before = others.find(({ ms }) => ms < begin);
  if (before) return { recording: before.recording, when: 'before' };
  const later = others.at(-1);
  return later ? { recording: later.recording, when: 'later' } : null;
}

/** Largest change first; then what has no times; then what only one of them has. */
export function comparedRuns(before: Recording, after: Recording): ComparedTask[] {
  const old = legsOf(before);
  const now = legsOf(after);
  return [...new Set([...old.keys(), ...now.keys()])]
    .flatMap((key) => compared(old.get(key), now.get(key)))
    .sort((a, b) => rank(a) - rank(b) || Math.abs(b.changeMs ?? 0) - Math.abs(a.changeMs ?? 0));
}

const rank = ({ isIn, changeMs }: ComparedTask): number => (isIn !== 'both' ? 2 : changeMs === null ? 1 : 0);

function compared(before: Row | undefined, after: Row | undefined): ComparedTask[] {
  const { task } = after ?? before ?? {};
  if (!task) return [];
  const beforeMs = before ? tookMs(before) : null;
  const afterMs = after ? tookMs(after) : null;
  return [
    {
      ...{ task: task.name, platform: task.platform, isIn: !before ? 'after' : !after ? 'before' : 'both' },
      ...{ beforeMs, afterMs, changeMs: beforeMs === null || afterMs === null ? null : afterMs - beforeMs },
      isFailedAfter: after?.state === 'failed',
    },
  ];
}

/** How long a task took; null where one of its ends is not on record. */
export function tookMs({ fromMs, toMs }: Pick<Row, 'fromMs' | 'toMs'>): number | null {
  return fromMs === null || toMs === null ? null : toMs - fromMs;
}

/** Rows by task, arch, and, where several are alike, their place among them. */
function legsOf(recording: Recording): Map<string, Row> {
  const counts = new Map<string, number>();
  return new Map(
    timelineOf(recording).rows.map((row) => {
      const leg = `${row.task.name}\n${archOf(row.task.platform)}`;
      const count = (counts.get(leg) ?? 0) + 1;
      counts.set(leg, count);
      return [`${leg}\n${count}`, row];
    }),
  );
}

/** The arch of a platform however it is spelt, and on whatever kind of machine. */
const archOf = (platform: string | null): string => platform?.replace(/^.*[/-]/, '') ?? '';
