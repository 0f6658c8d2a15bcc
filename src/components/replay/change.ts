import type { ComparedTask } from '#pipeline/replay/compare.ts';
import { lengthText } from '#status/text/provenance.ts';

/** How much longer or shorter a task took than before. */

const LEAST_MS = 10_000;
const LEAST_PART = 0.1;

export type Weight = 'large' | 'small' | 'alone';

/** Worth telling are ten seconds that are a tenth of its time, and a failure; `alone` is what only one run has. */
export function weightOf({ isIn, changeMs, beforeMs, isFailedAfter }: ComparedTask): Weight {
  if (isFailedAfter) return 'large';
  if (isIn !== 'both') return 'alone';
  const isLarge = changeMs !== null && Math.abs(changeMs) >= Math.max(LEAST_MS, LEAST_PART * (beforeMs ?? 0));
  return isLarge ? 'large' : 'small';
}

/** `2 min 3 s longer (+31 %)`. */
export function changeText(t: App.Locals['t'], { isIn, beforeMs, changeMs }: ComparedTask): string {
  if (isIn === 'after') return t('replay.change.onlyThis');
  if (isIn === 'before') return t('replay.change.onlyOther');
  if (changeMs === null) return t('replay.change.unknown');
  if (Math.abs(changeMs) < 1_000) return t('replay.change.none');
  const way = changeMs > 0 ? 'longer' : 'shorter';
  const time = lengthText(Math.abs(changeMs));
  if (!beforeMs) return t(`replay.change.${way}`, { time });
  return t(`replay.change.${way}By`, { time, percent: Math.round((100 * Math.abs(changeMs)) / beforeMs) });
}
