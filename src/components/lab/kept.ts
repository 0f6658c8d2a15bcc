import type { Deed } from '#practice/protocol.ts';

/** What was done in a lab, kept in this browser so that a reload goes on where it was. */

export interface Kept {
  deeds: Deed[];
  /** Ids of the steps that are done. */
  done: string[];
}

/** As much of a window as is used. */
export interface Keeping {
  localStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

const MOST = 256 * 1_024;
const MOST_DEEDS = 2_000;
export const nameOf = (lab: string): string => `slipway:lab:${lab}`;

/** Nothing where the browser keeps nothing, or what lies there is not ours. */
export function keptOf(window: Keeping, lab: string): Kept {
  try {
    const text = window.localStorage.getItem(nameOf(lab)) ?? '';
    return text === '' || text.length > MOST ? { deeds: [], done: [] } : readKept(JSON.parse(text));
  } catch {
    return { deeds: [], done: [] };
  }
}

/** False where it could not be kept: too long, or the browser forbids it. */
export function keep(window: Keeping, lab: string, kept: Kept): boolean {
  try {
    const text = JSON.stringify({ schema: 1, ...kept });
    // A part of the deeds would be another world: all or nothing.
    if (text.length > MOST || kept.deeds.length > MOST_DEEDS) {
      window.localStorage.removeItem(nameOf(lab));
      return false;
    }
    window.localStorage.setItem(nameOf(lab), text);
    return true;
  } catch {
    return false;
  }
}

export function forget(window: Keeping, lab: string): void {
  try {
    window.localStorage.removeItem(nameOf(lab));
  } catch {
    // Where nothing may be kept, nothing is.
  }
}

/** With one deed more; time that goes by in small pieces is one deed. */
export function withDeed(deeds: readonly Deed[], deed: Deed): Deed[] {
  const last = deeds.at(-1);
  return last?.kind === 'pass' && deed.kind === 'pass'
    ? [...deeds.slice(0, -1), { kind: 'pass', ms: last.ms + deed.ms }]
    : [...deeds, deed];
}

function readKept(value: unknown): Kept {
  const none: Kept = { deeds: [], done: [] };
  if (!isRecord(value) || value['schema'] !== 1 || !Array.isArray(value['deeds']) || !Array.isArray(value['done']))
    return none;
  const deeds = value['deeds'].slice(0, MOST_DEEDS).map(deedOf);
  const done = value['done'].filter((one) => typeof one === 'string');
  // One that cannot be read would leave a world that never was.
  return deeds.includes(null) ? none : { deeds: deeds.filter((deed) => deed !== null), done };
}

function deedOf(value: unknown): Deed | null {
  if (!isRecord(value)) return null;
  const { kind, line, path, text, ms } = value;
  if (kind === 'run' && typeof line === 'string') return { kind, line };
  if (kind === 'write' && typeof path === 'string' && typeof text === 'string') return { kind, path, text };
  if (kind === 'pass' && typeof ms === 'number' && Number.isFinite(ms) && ms > 0) return { kind, ms };
  return null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
