import type { Box, Point, Room } from '#pipeline/graph/shapes.ts';
import { pathOf as pathWithCorners } from '#pipeline/picture.ts';
import { type Laid, laidInOneColumn, laidInRows, readingOrder } from './layout.ts';
import type { Drawn, NodeKind, PictureEdge, PictureNode } from './model.ts';
import { pathOf } from './path.ts';
import { type Shape, shapeOf } from './shape.ts';
import { wrapped } from './text.ts';
import { inBox, type Line, onLine, type Placed, placed } from './words.ts';

/** A picture as boxes, paths and words in CSS pixels; no words leave their box, no two boxes touch. */

export interface DrawnNode extends Box {
  kind: NodeKind;
  shape: Shape;
  lines: Placed[];
  href: string | null;
  /** All that is said of it, for who does not see it. */
  title: string;
  isUnverified: boolean;
}

export interface DrawnEdge {
  from: string;
  to: string;
  path: string;
  isUnverified: boolean;
  /** The words on the line, and the room that they take. */
  label: (Box & { lines: Placed[] }) | null;
}

export interface Drawing extends Room {
  nodes: DrawnNode[];
  edges: DrawnEdge[];
}

/** Sentences of the page's language. */
export interface PictureWords {
  unverified: string;
  /** In the narrow drawing: what a line that comes from above says. */
  from: (node: string, label: string) => string;
  /** What its shape says. */
  kind: (node: PictureNode) => string;
}

export interface Drawings {
  wide: Drawing;
  narrow: Drawing;
}

const WIDE_BOX = 164;
const NARROW_WIDTH = 300;
const NARROWEST_BOX = 190;
const LABEL = 108;

/** Rows from above where there is room, one box a row on a phone. */
export function drawingsOf(picture: Drawn, words: PictureWords): Drawings {
  const ids = readingOrder(
    picture.nodes.map(({ id }) => id),
    picture.edges,
  );
  const byId = new Map(picture.nodes.map((node) => [node.id, node]));
  const sorted = { ...picture, nodes: ids.flatMap((id) => byId.get(id) ?? []) };
  return { wide: wideOf(sorted, words), narrow: narrowOf(sorted, words) };
}

function wideOf(picture: Drawn, words: PictureWords): Drawing {
  const { nodes, edges } = picture;
  const blocks = new Map(nodes.map((node) => [node.id, inBox(linesOf(node, picture, words, WIDE_BOX), WIDE_BOX)]));
  const labels = edges.map((edge) => {
    const lines = wrapped(saidOn(edge, words), LABEL, 12);
    return lines.length > 0 ? onLine(lines) : null;
  });
  const laid = laidInRows({
    sizes: nodes.map(({ id }) => ({ id, width: WIDE_BOX, height: blocks.get(id)?.height ?? 0 })),
    edges,
    roomOf: (at) => labels[at]?.room ?? null,
  });
  return drawn(picture, words, { laid, blocks, linesOn: (at) => labels[at]?.lines ?? [], pathOf });
}

function narrowOf(picture: Drawn, words: PictureWords): Drawing {
  const { nodes, edges } = picture;
  const empty = nodes.map(({ id }) => ({ id, width: 0, height: 1 }));
  const lanes = laidInOneColumn({ sizes: empty, edges }).width;
  const width = Math.max(NARROWEST_BOX, NARROW_WIDTH - lanes);
  const name = new Map(nodes.map(({ id, label }) => [id, label]));
  const comes = ({ from, ...edge }: PictureEdge): string[] => {
    const said = saidOn(edge, words);
    return said ? [words.from(name.get(from) ?? from, said)] : [];
  };
  const blocks = new Map(
    nodes.map((node) => {
      const incoming = edges.filter(({ to }) => to === node.id).flatMap(comes);
      return [node.id, inBox([...linesOf(node, picture, words, width), ...notes(incoming, width)], width)];
    }),
  );
  const sizes = nodes.map(({ id }) => ({ id, width, height: blocks.get(id)?.height ?? 0 }));
  const laid = laidInOneColumn({ sizes, edges });
  return drawn(picture, words, { laid, blocks, linesOn: () => [], pathOf: (points) => pathWithCorners({ points }) });
}

/** The words of a line; empty where it has none. */
const saidOn = ({ label, unverified }: Pick<PictureEdge, 'label' | 'unverified'>, words: PictureWords): string =>
  [...(label ? [label] : []), ...(unverified ? [words.unverified] : [])].join(', ');

const PADDING = 28;

function linesOf(node: PictureNode, { groups }: Drawn, words: PictureWords, width: number): Line[] {
  const room = width - PADDING;
  const group = node.group ? groups[node.group] : null;
  const of = (role: Line['role'], text: string, size: number, isBold = false): Line[] =>
    wrapped(text, room, size, isBold).map((line) => ({ role, text: line }));
  return [
    ...(group ? of('group', group, 12) : []),
    ...of('label', node.label, 14, true),
    ...(node.sub ? of('sub', node.sub, 12) : []),
    ...(node.unverified ? of('unsure', words.unverified, 12) : []),
  ];
}

const notes = (texts: readonly string[], width: number): Line[] =>
  texts.flatMap((text) =>
    wrapped(text, width - PADDING, 12).map((line, at): Line => ({ role: at === 0 ? 'note' : 'more', text: line })),
  );

interface Parts {
  laid: Laid;
  /** What stands in each node. */
  blocks: ReadonlyMap<string, { lines: Placed[] }>;
  /** What stands on the edge with that number. */
  linesOn: (at: number) => Placed[];
  pathOf: (points: Point[]) => string;
}

function drawn(
  { nodes, edges }: Drawn,
  words: PictureWords,
  { laid, blocks, linesOn, pathOf: pathFor }: Parts,
): Drawing {
  const places = new Map(laid.boxes.map((box) => [box.id, box]));
  return {
    width: laid.width,
    height: laid.height,
    nodes: nodes.flatMap((node) => {
      const box = places.get(node.id);
      return box
        ? [
            {
              ...box,
              kind: node.kind,
              shape: shapeOf(node.kind, box),
              lines: placed(blocks.get(node.id)?.lines ?? [], box),
              href: node.href ?? null,
              title: `${(blocks.get(node.id)?.lines ?? []).map(({ text }) => text).join(' ')}, ${words.kind(node)}`,
              isUnverified: node.unverified,
            },
          ]
        : [];
    }),
    edges: laid.lines.map(({ points, roomAt, from, to }, at) => ({
      from,
      to,
      path: pathFor(points),
      isUnverified: edges[at]?.unverified ?? false,
      label: roomAt && { ...roomAt, lines: placed(linesOn(at), roomAt) },
    })),
  };
}
