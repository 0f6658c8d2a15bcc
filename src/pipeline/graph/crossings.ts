import type { Line, Point } from './shapes.ts';

interface Segment {
  line: number;
  a: Point;
  b: Point;
}

/** In how many places two lines cross; where several lines share their way it is one place. */
export function crossingsOf(lines: readonly Pick<Line, 'points'>[]): number {
  const segments = lines
    .flatMap(({ points }, line) =>
      points.slice(1).flatMap((to, at): Segment[] => {
        const from = points[at];
        return from ? [from.x <= to.x ? { line, a: from, b: to } : { line, a: to, b: from }] : [];
      }),
    )
    .sort((one, other) => one.a.x - other.a.x);
  const places = new Set<string>();
  for (const [at, one] of segments.entries())
    for (let next = at + 1; next < segments.length; next++) {
      const other = segments[next];
      if (!other || other.a.x > one.b.x) break;
      if (other.line === one.line) continue;
      const place = crossing(one, other);
      if (place) places.add(place);
    }
  return places.size;
}

/** On which side of the line from a to b a point lies. */
const side = (a: Point, b: Point, p: Point): number => (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);

/** Where two segments cross, to a tenth of a pixel; touching is not crossing. */
function crossing(one: Segment, other: Segment): string | null {
  const [from, to] = [side(one.a, one.b, other.a), side(one.a, one.b, other.b)];
  if (from * to >= 0 || side(other.a, other.b, one.a) * side(other.a, other.b, one.b) >= 0) return null;
  const share = from / (from - to);
  const x = other.a.x + share * (other.b.x - other.a.x);
  const y = other.a.y + share * (other.b.y - other.a.y);
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}
