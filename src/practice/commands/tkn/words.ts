import { type Fields, fieldOf, listOf, textOf } from '#sim/kube/value.ts';

/** Times and states as tkn words them; read in its source, tektoncd/cli of August 2026. */

const UNITS: readonly [string, number][] = [
  ['year', 365 * 24 * 3_600],
  ['week', 7 * 24 * 3_600],
  ['day', 24 * 3_600],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

const NONE = '---';

/** `40 minutes ago`, in the largest unit. */
export function ageOf(time: unknown, nowMs: number): string {
  const ms = Date.parse(textOf(time));
  if (Number.isNaN(ms)) return NONE;
  const seconds = Math.floor((nowMs - ms) / 1_000);
  const [unit, size] = UNITS.find(([, one]) => seconds >= one) ?? ['second', 1];
  const count = Math.floor(seconds / size);
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}

/** `9m12s` between two times. */
export function durationOf(from: unknown, to: unknown): string {
  const ms = Date.parse(textOf(to)) - Date.parse(textOf(from));
  return Number.isNaN(ms) ? NONE : goDuration(ms / 1_000);
}

/** Seconds as Go writes them. */
export function goDuration(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)];
  const rest = `${Math.floor(seconds % 60)}s`;
  return `${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${rest}`;
}

const STATES: Readonly<Record<string, string>> = { True: 'Succeeded', False: 'Failed', Unknown: 'Running' };

/** The state of a run, with its reason where that says more. */
export function stateOf(status: unknown): string {
  const [first] = listOf(fieldOf(status, 'conditions'));
  if (first === undefined) return NONE;
  const state = STATES[textOf(fieldOf(first, 'status'))] ?? '';
  const reason = textOf(fieldOf(first, 'reason'));
  if (reason === '' || reason === state || (reason === 'Completed' && state === 'Succeeded')) return state;
  if (reason === 'PipelineRunPending') return 'Pending';
  if (reason === 'Cancelled') return reason;
  if (['PipelineRunCancelled', 'TaskRunCancelled'].includes(reason)) return `Cancelled(${reason})`;
  if (['PipelineRunStopping', 'TaskRunStopping'].includes(reason)) return `Failed(${reason})`;
  if (['CreateContainerConfigError', 'ExceededNodeResources', 'ExceededResourceQuota'].includes(reason))
    return `Pending(${reason})`;
  return `${state}(${reason})`;
}

const startOf = (run: Fields): number => {
  const ms = Date.parse(textOf(fieldOf(run['status'], 'startTime')));
  return Number.isNaN(ms) ? Number.MAX_SAFE_INTEGER : ms;
};

/** The newest first; what has not started stands before all. */
export const byStart = (a: Fields, b: Fields): number => startOf(b) - startOf(a);
