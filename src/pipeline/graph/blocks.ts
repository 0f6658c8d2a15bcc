import type { Edge } from './graph.ts';
import type { Box, Frame, Line, Size, Way } from './shapes.ts';

/** Boxes that run side by side are laid out as one block, and then set into its frame one under the other. */

const PADDING = 10;
/** Room for the name of a frame, above the first box in it. */
const HEAD = 26;
const GAP = 10;
/** Room for `11 run side by side`. */
const NARROWEST = 164;

/** One box, or several in a frame; it has the id of the first. */
export interface Block extends Size {
  members: readonly Size[];
}

/** A block stands where its first box stood; of lines between the same two blocks one is left. */
export function contracted(
  sizes: readonly Size[],
  drawn: readonly Edge[],
  siblings: readonly (readonly string[])[],
): { blocks: Block[]; edges: Edge[] } {
  const first = new Map(siblings.flatMap((ids) => ids.map((id) => [id, ids[0] ?? id] as const)));
  const blockOf = (id: string): string => first.get(id) ?? id;
  const blocks = [...Map.groupBy(sizes, ({ id }) => blockOf(id)).values()].flatMap(blockFor);
  const edges = new Map<string, Edge>();
  for (const edge of drawn) {
    const [from, to] = [blockOf(edge.from), blockOf(edge.to)];
    const pair = JSON.stringify([from, to]);
    if (!edges.has(pair)) edges.set(pair, { ...edge, from, to });
  }
  return { blocks, edges: [...edges.values()] };
}

function blockFor(members: readonly Size[]): Block[] {
  const [first] = members;
  if (!first) return [];
  if (members.length === 1) return [{ ...first, members }];
  const widest = Math.max(...members.map(({ width }) => width));
  const height = members.reduce((sum, one) => sum + one.height, HEAD + (members.length - 1) * GAP + PADDING);
  return [{ ...first, width: Math.max(widest + 2 * PADDING, NARROWEST), height, members }];
}

/** Each box in its place again, with the frames around those that share one. */
export function expanded(
  { boxes, lines }: { boxes: readonly Box[]; lines: readonly Way[] },
  blocks: readonly Block[],
): { boxes: Box[]; frames: Frame[]; lines: Line[] } {
  const members = new Map(blocks.map((block) => [block.id, block.members]));
  const ids = (id: string): string[] => (members.get(id) ?? []).map((one) => one.id);
  const isFrame = ({ id }: Box): boolean => ids(id).length > 1;
  return {
    boxes: boxes.flatMap((box) => (isFrame(box) ? stacked(box, members.get(box.id) ?? []) : [box])),
    frames: boxes.filter(isFrame).map(({ id, ...place }) => ({ ...place, members: ids(id) })),
    lines: lines.map(({ from, to, points }) => ({ from: ids(from), to: ids(to), points })),
  };
}

function stacked({ x, y }: Box, members: readonly Size[]): Box[] {
  const tops = members.map((_, at) => members.slice(0, at).reduce((sum, { height }) => sum + height + GAP, y + HEAD));
  return members.map(({ id, width, height }, at) => ({ id, x: x + PADDING, y: tops[at] ?? y, width, height }));
}
