import { loadavg } from 'node:os';

/** Figures with their goals, printed as a table of Markdown. */

export interface Figure {
  what: string;
  figure: string;
  goal?: string;
  isMet?: boolean;
}

/** Prints a table; a goal that is missed is said, not thrown: a bench is not a test. */
export function print(title: string, figures: readonly Figure[]): void {
  console.log(`\n### ${title}\n\n| what | figure | goal | met |\n| --- | --- | --- | --- |`);
  for (const { what, figure, goal = '', isMet } of figures)
    console.log(`| ${what} | ${figure} | ${goal} | ${isMet === undefined ? '' : isMet ? 'yes' : '**no**'} |`);
  console.log(`\nLoad of the machine at the end: ${loadavg()[0]?.toFixed(1)}.`);
}

/** Middle and least of several runs. */
export function spread(values: readonly number[]): { median: number; least: number; text: (unit: Unit) => string } {
  const sorted = values.toSorted((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  const least = sorted[0] ?? Number.NaN;
  const text = (unit: Unit) =>
    sorted.length > 1 ? `${unit(median)} (least ${unit(least)}, ${sorted.length} runs)` : unit(median);
  return { median, least, text };
}

type Unit = (value: number) => string;

export const seconds: Unit = (ms) => `${(ms / 1_000).toFixed(2)} s`;
export const kilobytes: Unit = (bytes) => `${(bytes / 1_024).toFixed(1)} KB`;
export const megabytes: Unit = (mb) => `${Math.round(mb)} MB`;
export const times: Unit = (ratio) => `${ratio.toFixed(ratio < 10 ? 2 : 1)}×`;
