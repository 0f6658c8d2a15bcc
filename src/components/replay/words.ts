import type { Recording } from '#pipeline/recording.ts';
import { tookMs } from '#pipeline/replay/compare.ts';
import { taskTitle } from '#pipeline/replay/names.ts';
import type { Row, Timeline } from '#pipeline/replay/shapes.ts';
import { lengthText } from '#status/text/provenance.ts';

/** What a recording shows, in a sentence or two. */

/** How a row ended, in a word or two. */
export const ENDS = {
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
  skipped: 'skipped',
  unknown: 'how it ended is not recorded',
} as const satisfies Record<Row['state'], string>;

/** The rows that failed, in the order in which they did. */
export function failedRows({ rows }: Pick<Timeline, 'rows'>): Row[] {
  const end = ({ toMs }: Row) => toMs ?? Number.MAX_SAFE_INTEGER;
  return rows.filter(({ state }) => state === 'failed').sort((a, b) => end(a) - end(b));
}

/** Failed rows by their task, which all are told what to do about it once. */
export function failuresOf(failed: readonly Row[]): [Row, ...Row[]][] {
  return [...Map.groupBy(failed, ({ task }) => task.name).values()].flatMap(([first, ...others]) =>
    first ? [[first, ...others] satisfies [Row, ...Row[]]] : [],
  );
}

export interface Summary {
  lead: string;
  /** Begins with a space where there is any. */
  rest: string;
  /** Number of the event that `lead` tells of; null where it is none. */
  moment: number | null;
}

/** The whole in one or two sentences. */
export function summaryText(recording: Recording, timeline: Timeline): string {
  const { lead, rest } = summaryOf(recording, timeline);
  return `${lead}${rest}`;
}

/** The whole in one or two sentences, the worst first. */
export function summaryOf(recording: Recording, timeline: Timeline): Summary {
  const { rows, events, lengthMs } = timeline;
  const [first, ...others] = failedRows(timeline);
  if (first) return { ...failureText(first, others), moment: failureOf(events, first) };
  const runs = `${rows.length} task ${rows.length === 1 ? 'run' : 'runs'}`;
  const time = events.length > 0 ? `in ${lengthText(lengthMs)}` : 'at times that are not recorded';
  return { lead: `${runs}; ${endText(recording, rows)}, ${time}.`, rest: longestText(rows), moment: null };
}

const failureOf = (events: Timeline['events'], { id }: Row): number | null =>
  events.find(({ kind, row }) => kind === 'fails' && row === id)?.number ?? null;

/** The event at which playing ends: of a run that failed its first failure, which all that follows follows from. */
export function endOfPlay({ outcome, image }: Pick<Recording, 'outcome' | 'image'>, timeline: Timeline): number {
  const [first] = outcome === 'failed' || (outcome === null && image === null) ? failedRows(timeline) : [];
  return (first && failureOf(timeline.events, first)) ?? timeline.events.length;
}

function failureText(first: Row, others: readonly Row[]): Omit<Summary, 'moment'> {
  const took = tookMs(first);
  const after = took === null ? '' : ` after ${lengthText(took)}`;
  const at = first.toMs === null ? '' : `, ${lengthText(first.toMs)} into the run`;
  const also = others.length > 0 ? ` So did ${sequence(others.map(({ task }) => taskTitle(task)))}.` : '';
  return { lead: `Failed at ${taskTitle(first.task)}${after}${at}.`, rest: also };
}

function endText({ outcome }: Pick<Recording, 'outcome'>, rows: readonly Row[]): string {
  if (outcome === 'failed') return 'the run failed, and no task on record did';
  if (outcome === 'cancelled') return 'the run was cancelled';
  if (rows.length > 0 && rows.every(({ state }) => state === 'succeeded'))
    return rows.length === 1 ? 'it ended well' : 'all ended well';
  const counts = [...Map.groupBy(rows, ({ state }) => state)];
  return sequence(
    counts.map(([state, ones]) =>
      state === 'unknown' ? `of ${ones.length} the end is not recorded` : `${ones.length} ${ENDS[state]}`,
    ),
  );
}

function longestText(rows: readonly Row[]): string {
  const [longest, ...others] = rows
    .flatMap((row) => {
      const ms = tookMs(row);
      return ms === null ? [] : [{ row, ms }];
    })
    .sort((a, b) => b.ms - a.ms);
  return longest && others.length > 0 ? ` Longest: ${taskTitle(longest.row.task)}, ${lengthText(longest.ms)}.` : '';
}

const ROOM = 5;

function sequence(words: readonly string[]): string {
  const shown = words.length > ROOM ? [...words.slice(0, ROOM - 1), `${words.length - ROOM + 1} others`] : words;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
