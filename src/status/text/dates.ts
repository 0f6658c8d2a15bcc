import { span } from '#status/time.ts';

/** Instants as readers meet them: absolute and in UTC, or relative to a given moment. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `9 Dec 2026`, of a day or of an instant's UTC day. */
export function dayText(text: string): string {
  const date = new Date(text);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `14:07 UTC`. */
export function clockText(instant: string): string {
  return `${new Date(instant).toISOString().slice(11, 16)} UTC`;
}

/** `21 Nov 2026, 14:07 UTC`. */
export function instantText(instant: string): string {
  return `${dayText(instant)}, ${clockText(instant)}`;
}

/** `5 h ago`, or `in 5 h` for what lies ahead. */
export function relativeText(instant: string, now: string): string {
  const ms = Date.parse(now) - Date.parse(instant);
  return ms < 0 ? `in ${span(-ms)}` : `${span(ms)} ago`;
}

/** How long ago, `5 h`. */
export function ageText(instant: string, now: string): string {
  return span(Date.parse(now) - Date.parse(instant));
}

/** Bytes in the unit that people compare downloads in: `912 MB`, `1.4 GB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`;
  if (bytes < 10_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  if (bytes < 1_000_000_000) return `${Math.round(bytes / 1_000_000)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(2)} GB`;
}
