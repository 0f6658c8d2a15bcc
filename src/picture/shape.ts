import type { Box } from '#pipeline/graph/shapes.ts';
import type { NodeKind } from './model.ts';

/** The outline of a node: each kind is told by its shape alone. */

type Place = Omit<Box, 'id'>;

export interface Shape {
  /** What is filled. */
  face: string;
  /** Lines over it, or a second sheet behind it; empty where there is neither. */
  over: string;
  behind: string;
}

const ROUND = 8;
const FOLD = 12;
const SHEET = 5;
const POINT = 10;

export function shapeOf(kind: NodeKind, place: Place): Shape {
  const { x, y, width, height } = place;
  const [right, bottom] = [x + width, y + height];
  const plain = { over: '', behind: '' };
  switch (kind) {
    case 'object':
      return { ...plain, face: rounded(place, Math.min(ROUND, height / 5)) };
    case 'program':
      return { ...plain, face: rounded(place, Math.min(22, height / 2)) };
    case 'place':
      return { ...plain, face: rounded(place, 2), over: `M${x} ${y + 4}H${right}` };
    case 'image':
      return {
        ...plain,
        face: rounded(place, 4),
        behind: rounded({ ...place, x: x + SHEET, y: y + SHEET }, 4),
      };
    case 'file':
      return {
        ...plain,
        face: `M${x} ${y}H${right - FOLD}L${right} ${y + FOLD}V${bottom}H${x}z`,
        over: `M${right - FOLD} ${y}V${y + FOLD}H${right}`,
      };
    case 'person':
      return {
        ...plain,
        face: `M${x + POINT} ${y}H${right - POINT}L${right} ${y + height / 2}L${right - POINT} ${bottom}H${x + POINT}L${x} ${y + height / 2}z`,
      };
  }
}

function rounded({ x, y, width, height }: Place, radius: number): string {
  const r = radius;
  const [w, h] = [width - 2 * r, height - 2 * r];
  return `M${x + r} ${y}h${w}a${r} ${r} 0 0 1 ${r} ${r}v${h}a${r} ${r} 0 0 1 ${-r} ${r}h${-w}a${r} ${r} 0 0 1 ${-r} ${-r}v${-h}a${r} ${r} 0 0 1 ${r} ${-r}z`;
}
