/** Lengths of time as people write them in data files: `30m`, `36h`, `14d`. */
export const DURATION = /^([1-9]\d{0,4})(m|h|d)$/;

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `36h` to milliseconds; throws on anything that DURATION does not match. */
export function durationMs(text: string): number {
  const match = DURATION.exec(text);
  if (!match) throw new Error(`"${text}" is not a duration. Write a number and m, h or d, as in 36h.`);
  return Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS];
}

/** A length of time in the largest unit that keeps it readable: `12 min`, `40 h`, `6 d`. */
export function span(ms: number): string {
  const size = Math.max(0, ms);
  if (size < 90 * UNIT_MS.m) return `${Math.floor(size / UNIT_MS.m)} min`;
  if (size < 72 * UNIT_MS.h) return `${Math.floor(size / UNIT_MS.h)} h`;
  return `${Math.floor(size / UNIT_MS.d)} d`;
}

/** The UTC day of an instant, `2026-11-21`. */
export function utcDay(iso: string): string {
  return new Date(iso).toISOString().slice(0, 10);
}

/** Milliseconds since the epoch to the only spelling of an instant that we store. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** The first instant after the UTC day `2026-12-09`, in milliseconds. */
export function endOfDayMs(day: string): number {
  return Date.parse(`${day}T00:00:00.000Z`) + UNIT_MS.d;
}
