import type { Point } from '#pipeline/graph/shapes.ts';

/** Straight where a line is level or upright, else an S that leaves and arrives upright; it stays between its ends. */
export function pathOf(points: readonly Point[]): string {
  const at = ({ x, y }: Point) => `${round(x)} ${round(y)}`;
  return points
    .map((point, n) => {
      const before = points[n - 1];
      if (!before) return `M${at(point)}`;
      if (before.x === point.x || before.y === point.y) return `L${at(point)}`;
      const middle = (before.y + point.y) / 2;
      return `C${at({ x: before.x, y: middle })} ${at({ x: point.x, y: middle })} ${at(point)}`;
    })
    .join('');
}

const round = (length: number): number => Math.round(length * 10) / 10;
