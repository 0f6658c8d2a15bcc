/** Moments of a world: offsets to milliseconds, and milliseconds to the spellings that the services use. */

const MINUTE_MS = 60_000;
const UNIT_MS: Readonly<Record<string, number>> = { d: 1_440 * MINUTE_MS, h: 60 * MINUTE_MS, m: MINUTE_MS };

/** `-1d12h` to milliseconds. */
export function offsetMs(offset: string): number {
  let sum = 0;
  for (const [, count, unit] of offset.matchAll(/(\d+)([dhm])/g)) sum += Number(count) * (UNIT_MS[unit ?? ''] ?? 0);
  return offset.startsWith('-') ? -sum : sum;
}

/** `Fri, 20 Nov 2026 14:07:00 -0000`, as Quay writes dates. */
export function rfc2822(ms: number): string {
  return new Date(ms).toUTCString().replace('GMT', '-0000');
}

/** Unix seconds. */
export function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}

/** `2026-11-20T14:07:00Z`, as build tools write `created`. */
export function instant(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** The same of the second that a moment lies in, as Kubernetes writes times. */
export const secondAt = (ms: number): string => instant(seconds(ms) * 1_000);

/** `20261120-140700`, the tag that a release adds. */
export function stamp(ms: number): string {
  return instant(ms).replace(/[-:Z]/g, '').replace('T', '-');
}
