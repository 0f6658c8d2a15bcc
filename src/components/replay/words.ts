import type { Recording } from '#pipeline/recording.ts';
import { tookMs } from '#pipeline/replay/compare.ts';
import { taskTitle } from '#pipeline/replay/names.ts';
import type { Row, Timeline } from '#pipeline/replay/shapes.ts';
import { lengthText } from '#status/text/provenance.ts';

/** What a recording shows, in a sentence or two. */

type Translate = App.Locals['t'];

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
export function summaryText(t: Translate, recording: Recording, timeline: Timeline): string {
  const { lead, rest } = summaryOf(t, recording, timeline);
  return `${lead}${rest}`;
}

/** The whole in one or two sentences, the worst first. */
export function summaryOf(t: Translate, recording: Recording, timeline: Timeline): Summary {
  const { rows, events, lengthMs } = timeline;
  const [first, ...others] = failedRows(timeline);
  if (first) return { ...failureText(t, first, others), moment: failureOf(events, first) };
  const told = { count: rows.length, end: endText(t, recording, rows) };
  const lead =
    events.length > 0 ? t('replay.sum.timed', { ...told, time: lengthText(lengthMs) }) : t('replay.sum.untimed', told);
  return { lead, rest: longestText(t, rows), moment: null };
}

const failureOf = (events: Timeline['events'], { id }: Row): number | null =>
  events.find(({ kind, row }) => kind === 'fails' && row === id)?.number ?? null;

/** The event at which playing ends: of a run that failed its first failure, which all that follows follows from. */
export function endOfPlay({ outcome, image }: Pick<Recording, 'outcome' | 'image'>, timeline: Timeline): number {
  const [first] = outcome === 'failed' || (outcome === null && image === null) ? failedRows(timeline) : [];
  return (first && failureOf(timeline.events, first)) ?? timeline.events.length;
}

function failureText(t: Translate, first: Row, others: readonly Row[]): Omit<Summary, 'moment'> {
  const took = tookMs(first);
  const [after, into] = [took === null ? '' : '-after', first.toMs === null ? '' : '-into'] as const;
  const [time, at] = [lengthText(took ?? 0), lengthText(first.toMs ?? 0)];
  const lead = t(`replay.sum.failed${after}${into}`, { task: taskTitle(first.task), time, into: at });
  const tasks = sequence(
    t,
    others.map(({ task }) => taskTitle(task)),
  );
  return { lead, rest: others.length > 0 ? ` ${t('replay.sum.soDid', { tasks })}` : '' };
}

function endText(t: Translate, { outcome }: Pick<Recording, 'outcome'>, rows: readonly Row[]): string {
  if (outcome === 'failed') return t('replay.sum.failedElsewhere');
  if (outcome === 'cancelled') return t('replay.sum.cancelled');
  if (rows.length > 0 && rows.every(({ state }) => state === 'succeeded'))
    return t('replay.sum.endedWell', { count: rows.length });
  const counts = [...Map.groupBy(rows, ({ state }) => state)];
  return sequence(
    t,
    counts.map(([state, ones]) => t(`replay.sum.counted.${state}`, { n: ones.length })),
  );
}

function longestText(t: Translate, rows: readonly Row[]): string {
  const [longest, ...others] = rows
    .flatMap((row) => {
      const ms = tookMs(row);
      return ms === null ? [] : [{ row, ms }];
    })
    .sort((a, b) => b.ms - a.ms);
  if (!longest || others.length === 0) return '';
  return ` ${t('replay.sum.longest', { task: taskTitle(longest.row.task), time: lengthText(longest.ms) })}`;
}

const ROOM = 5;

function sequence(t: Translate, words: readonly string[]): string {
  const isLong = words.length > ROOM;
  const shown = isLong ? [...words.slice(0, ROOM - 1), t('replay.sum.others', { n: words.length - ROOM + 1 })] : words;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : t('replay.sum.and', { items: shown.slice(0, -1).join(', '), last });
}
