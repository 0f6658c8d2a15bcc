import type { ComparedTask } from '#pipeline/replay/compare.ts';
import { lengthText } from '#status/text/provenance.ts';

/** How much longer or shorter a task took than before. */

const LEAST_MS = 10_000;
const LEAST_PART = 0.1;

/** Worth telling: ten seconds and a tenth of its time; what failed, came or went always. */
export function isLarge({ isIn, changeMs, beforeMs, isFailedAfter }: ComparedTask): boolean {
  if (isFailedAfter || isIn !== 'both') return true;
  return changeMs !== null && Math.abs(changeMs) >= Math.max(LEAST_MS, LEAST_PART * (beforeMs ?? 0));
}

/** `2 min 3 s longer (+31 %)`. */
export function changeText({ isIn, beforeMs, changeMs }: ComparedTask): string {
  if (isIn === 'after') return 'new';
  if (isIn === 'before') return 'gone';
  if (changeMs === null) return 'not known: a time is not recorded';
  if (Math.abs(changeMs) < 1_000) return 'none';
  const part = beforeMs ? ` (${changeMs > 0 ? '+' : '−'}${Math.round((100 * Math.abs(changeMs)) / beforeMs)} %)` : '';
  return `${lengthText(Math.abs(changeMs))} ${changeMs > 0 ? 'longer' : 'shorter'}${part}`;
}
