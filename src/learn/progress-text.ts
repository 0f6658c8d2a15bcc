import type { Progress } from './progress.ts';
import { REF_PATTERN } from './ref.ts';

/** Progress to text and back. What comes back may be of any shape: each field is checked, and the whole is bounded. */

export type ReadProgress =
  | {
      progress: Progress;
      /** Fields that were not fit. */
      dropped: number;
    }
  | { fault: Fault };

/** Why nothing could be read; `newer`: a later version of the site wrote it. */
export type Fault = 'empty' | 'too-long' | 'no-json' | 'no-progress' | 'newer';

const MAX_CHARACTERS = 300_000;
const MAX_REFS = 2_000;
const MAX_STEPS = 60;
const MAX_NAME = 160;
const SLUG = /^[a-z0-9]+([.-][a-z0-9]+)*$/;
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** Takes what is fit, and counts what is not. */
export function readProgress(text: string): ReadProgress {
  if (text.trim() === '') return { fault: 'empty' };
  if (text.length > MAX_CHARACTERS) return { fault: 'too-long' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'no-json' };
  }
  if (!isRecord(value) || !Object.hasOwn(value, 'schema')) return { fault: 'no-progress' };
  if (value['schema'] !== 1) return { fault: 'newer' };
  return fieldsOf(value);
}

function fieldsOf(value: Record<string, unknown>): ReadProgress {
  let dropped = 0;
  const refs = (field: string): [string, unknown][] => {
    const own = Object.hasOwn(value, field) ? value[field] : {};
    if (!isRecord(own)) {
      dropped++;
      return [];
    }
    const rows = Object.entries(own);
    const fit = rows.filter(([ref]) => isRef(ref)).slice(0, MAX_REFS);
    dropped += rows.length - fit.length;
    return fit;
  };
  const done: [string, string][] = [];
  for (const [ref, at] of refs('done')) {
    const date = dateOf(at);
    if (date) done.push([ref, date]);
    else dropped++;
  }
  const steps: [string, Record<string, string>][] = [];
  for (const [ref, own] of refs('steps')) {
    const rows = isRecord(own) ? Object.entries(own) : [['', own] as const];
    const fit = rows
      .flatMap(([step, at]): [string, string][] => {
        const date = dateOf(at);
        return date && SLUG.test(step) && step.length <= MAX_NAME ? [[step, date]] : [];
      })
      .slice(0, MAX_STEPS);
    dropped += rows.length - fit.length;
    if (fit.length > 0) steps.push([ref, Object.fromEntries(fit)]);
  }
  return { progress: { schema: 1, done: Object.fromEntries(done), steps: Object.fromEntries(steps) }, dropped };
}

const isRef = (ref: string): boolean => ref.length <= MAX_NAME && REF_PATTERN.test(ref);

/** In the one form in which dates can be compared as texts; null where it is no date. */
function dateOf(value: unknown): string | null {
  if (typeof value !== 'string' || !DATE.test(value)) return null;
  const ms = Date.parse(value);
  const year = new Date(ms).getUTCFullYear();
  return Number.isNaN(ms) || year < 2000 || year > 2999 ? null : new Date(ms).toISOString();
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As it is kept and exported: sorted, so that two exports can be compared. */
export function progressText({ done, steps }: Progress): string {
  const sorted = <T>(own: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(own).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ schema: 1, done: sorted(done), steps: sorted(steps) }, null, 2)}\n`;
}
