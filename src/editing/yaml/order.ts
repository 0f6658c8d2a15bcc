import { same } from './same.ts';

/** What stays of an order when names or items come and go. */

/** The names of now in their old order; a new one stands behind the one that is before it now. */
export function namesInOrder(old: readonly string[], now: readonly string[]): string[] {
  const names = old.filter((name) => now.includes(name));
  for (const [index, name] of now.entries())
    if (!names.includes(name)) names.splice(names.indexOf(now[index - 1] ?? '') + 1, 0, name);
  return names;
}

/** Where two lists begin and cease to differ. */
export function middle(
  old: readonly unknown[],
  now: readonly unknown[],
): { start: number; oldEnd: number; newEnd: number } {
  let start = 0;
  while (start < old.length && start < now.length && same(old[start], now[start])) start++;
  let tail = 0;
  while (
    tail < Math.min(old.length, now.length) - start &&
    same(old[old.length - 1 - tail], now[now.length - 1 - tail])
  )
    tail++;
  return { start, oldEnd: old.length - tail, newEnd: now.length - tail };
}
