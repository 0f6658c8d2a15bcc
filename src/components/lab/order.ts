import type { Lab } from '#lab/model.ts';

/** Each lab after those that come before it, as far as they are in the list; of those that can come next, the shortest. */
export function inOrder<T extends Pick<Lab, 'id' | 'before' | 'minutes'>>(labs: readonly T[]): T[] {
  const left = labs.toSorted((a, b) => a.minutes - b.minutes);
  const ordered: T[] = [];
  while (left.length > 0) {
    const waits = ({ before }: T) => left.some(({ id }) => before.includes(`lab:${id}`));
    // Where labs wait for one another, any of them is as good.
    const at = Math.max(
      0,
      left.findIndex((lab) => !waits(lab)),
    );
    ordered.push(...left.splice(at, 1));
  }
  return ordered;
}
