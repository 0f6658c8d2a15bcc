import type { Row, Timeline } from '#pipeline/replay/shapes.ts';
import type { Turns } from './moment.ts';

/** Where bars and ticks lie on the axis of a recording, in percent of its length. */

export interface Bar {
  kind: 'wait' | 'set-up' | 'run';
  from: number;
  to: number;
}

export interface Tick {
  at: number;
  text: string;
}

/** Tasks in the order in which they began; a task that ran once per platform has all its legs together, by platform. */
export interface Group {
  name: string;
  rows: Row[];
}

/** What runs for a second must be seen beside what runs for an hour. */
const LEAST_PERCENT = 0.6;
const MINUTE_MS = 60_000;
const STEPS_MS = [1 / 6, 0.5, 1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 240, 720, 1_440, 2_880].map(
  (minutes) => minutes * MINUTE_MS,
);
const MOST_TICKS = 6;

/** Place on the axis, 0 to 100. */
export function percent(ms: number, lengthMs: number): number {
  const part = lengthMs > 0 ? (ms / lengthMs) * 100 : 0;
  return Math.round(Math.min(100, Math.max(0, part)) * 100) / 100;
}

/** The wait, the time until the first step, and the work of a row; none where no begin is recorded. */
export function barsOf({ readyMs, fromMs, workMs, toMs }: Row, lengthMs: number): Bar[] {
  if (fromMs === null) return [];
  const at = (ms: number) => Math.min(percent(ms, lengthMs), 100 - LEAST_PERCENT);
  const [from, work] = [at(fromMs), at(workMs ?? fromMs)];
  const end = Math.max(percent(toMs ?? fromMs, lengthMs), work + LEAST_PERCENT);
  const bars: Bar[] = [
    { kind: 'wait', from: at(readyMs ?? fromMs), to: from },
    { kind: 'set-up', from, to: work },
    { kind: 'run', from: work, to: Math.min(100, round(end)) },
  ];
  return bars.filter((bar) => bar.to > bar.from);
}

/** At most six marks at round times; the begin is the first. */
export function ticksOf(lengthMs: number): Tick[] {
  if (lengthMs <= 0) return [];
  const step = STEPS_MS.find((ms) => lengthMs / ms < MOST_TICKS) ?? lengthMs;
  const count = Math.floor(lengthMs / step) + 1;
  return Array.from({ length: count }, (_, index) => ({
    at: percent(index * step, lengthMs),
    text: tickText(index * step),
  }));
}

export function groupsOf(rows: readonly Row[]): Group[] {
  return [...Map.groupBy(rows, ({ task }) => task.name)].map(([name, legs]) => ({
    name,
    rows: legs.toSorted((a, b) => (a.task.platform ?? '').localeCompare(b.task.platform ?? '')),
  }));
}

/** By the id of its row. */
export function turnsOf(events: Timeline['events']): ReadonlyMap<string | null, Turns> {
  const byRow = Map.groupBy(events, ({ row }) => row);
  return new Map(
    [...byRow].map(([row, own]) => [
      row,
      {
        from: own.find(({ kind }) => kind === 'begins')?.number ?? null,
        to: own.find(({ kind }) => kind === 'ends' || kind === 'fails')?.number ?? null,
      },
    ]),
  );
}

const round = (value: number): number => Math.round(value * 100) / 100;

function tickText(ms: number): string {
  if (ms === 0) return '0';
  if (ms < MINUTE_MS) return `${ms / 1_000} s`;
  const minutes = ms / MINUTE_MS;
  if (minutes % 60 === 0 && minutes >= 120) return `${minutes / 60} h`;
  return `${minutes} min`;
}
