import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadHandbook } from '#handbook-loader.ts';
import { type Drawing, drawingsOf } from '#picture/drawing.ts';
import { type Drawn, NODE_KINDS, type PictureEdge, type PictureNode } from '#picture/model.ts';
import { pictureOfSystems } from '#picture/systems.ts';
import { widthOf } from '#picture/text.ts';
import { loadPictures } from '#picture-loader.ts';
import type { Box } from '#pipeline/graph/shapes.ts';

const ROOT = new URL('../../../', import.meta.url);
const pictures = await loadPictures(ROOT);
const { systems } = await loadHandbook(ROOT);
const words = {
  unverified: 'not verified',
  from: (node: string, label: string) => `from ${node}: ${label}`,
  kind: ({ kind }: PictureNode) => kind,
};
const place = ({ address }: { address?: string | undefined }) => ({ sub: address ?? '', anchor: '/handbook/systems/' });
const drawn = Object.entries(pictures).map(
  ([id, told]) => [id, 'draws' in told ? pictureOfSystems(told, systems, place) : told] as const,
);

const overlaps = (a: Omit<Box, 'id'>, b: Omit<Box, 'id'>) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Boxes of nodes and of words on lines, each with what it is. */
const areas = ({ nodes, edges }: Drawing) => [
  ...nodes.map((node) => ({ name: node.id, ...node })),
  ...edges.flatMap(({ from, to, label }) => (label ? [{ name: `${from} to ${to}`, ...label }] : [])),
];

function expectTidy(drawing: Drawing) {
  const all = areas(drawing);
  const pairs = all.flatMap((one, at) =>
    all.slice(at + 1).flatMap((other) => (overlaps(one, other) ? [`${one.name} and ${other.name}`] : [])),
  );
  expect(pairs).toEqual([]);
  for (const { x, y, width, height, lines } of all) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(drawing.width);
    expect(y + height).toBeLessThanOrEqual(drawing.height);
    for (const { text, x: middle, y: base, role } of lines) {
      const [size, isBold] = role === 'label' ? [14, true] : [12, false];
      const half = widthOf(text, size, isBold) / 2;
      expect(middle - half).toBeGreaterThanOrEqual(x);
      expect(middle + half).toBeLessThanOrEqual(x + width);
      expect(base - size).toBeGreaterThan(y - 3);
      expect(base).toBeLessThan(y + height);
    }
  }
}

test.each(drawn)('%s: nothing lies over anything else, and all words are in their boxes', (_, picture) => {
  const { wide, narrow } = drawingsOf(picture, words);
  expectTidy(wide);
  expectTidy(narrow);
});

test.each(drawn)('%s fits a column of the page, and a phone', (_, picture) => {
  const { wide, narrow } = drawingsOf(picture, words);
  expect(wide.width).toBeLessThanOrEqual(900);
  expect(narrow.width).toBeLessThanOrEqual(300);
});

test.each(drawn)('%s shows each node once in the order of reading, and each line', (_, picture) => {
  const { wide, narrow } = drawingsOf(picture, words);
  for (const { nodes, edges } of [wide, narrow]) {
    expect(nodes.map(({ id }) => id).sort()).toEqual(picture.nodes.map(({ id }) => id).sort());
    expect(edges.map(({ from, to }) => `${from} ${to}`)).toEqual(picture.edges.map(({ from, to }) => `${from} ${to}`));
  }
});

test('any picture, also one that runs in circles, is drawn without overlaps', () => {
  const picture = fc
    .integer({ min: 2, max: 12 })
    .chain((count) =>
      fc.record({
        nodes: fc.array(
          fc.record({ label: fc.string({ minLength: 1, maxLength: 40 }), kind: fc.constantFrom(...NODE_KINDS) }),
          { minLength: count, maxLength: count },
        ),
        edges: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1), fc.string({ maxLength: 70 }), fc.boolean()), {
          minLength: 1,
          maxLength: 2 * count,
        }),
      }),
    )
    .map(({ nodes, edges }): Drawn => {
      const pairs = new Map<string, PictureEdge>();
      for (const [from, to, label, unverified] of edges)
        if (from !== to) pairs.set([from, to].sort().join(' '), { from: `n${from}`, to: `n${to}`, label, unverified });
      return {
        schema: 1,
        title: 'Any picture',
        description: 'Whatever somebody may write.',
        kinds: {},
        groups: {},
        nodes: nodes.map((node, at) => ({ id: `n${at}`, unverified: false, ...node })),
        edges: [...pairs.values()],
      };
    });
  fc.assert(
    fc.property(picture, (one) => {
      const { wide, narrow } = drawingsOf(one, words);
      expectTidy(wide);
      expectTidy(narrow);
    }),
    { numRuns: 60 },
  );
});

test('a line that nobody has verified says so, also on a phone', () => {
  const picture = pictures['release-flow'];
  if (!picture || 'draws' in picture) throw new Error('The picture of the releases is not there.');
  const { wide, narrow } = drawingsOf(picture, words);
  const unsure = wide.edges.filter(({ isUnverified }) => isUnverified);
  expect(unsure.map(({ label }) => label?.lines.map(({ text }) => text).join(' '))).toEqual([
    'planned: starts its build, not verified',
    'planned: a copy after checks, not verified',
  ]);
  const production = narrow.nodes.find(({ id }) => id === 'production');
  expect(production?.lines.map(({ text }) => text).join(' ')).toContain('not verified');
});

test('the map shows the systems that are marked for it, and no other', () => {
  const [, map] = drawn.find(([id]) => id === 'systems') ?? [];
  const marked = systems.systems.filter((system) => system.map);
  expect(map?.nodes.map(({ id }) => id)).toEqual(marked.map(({ id }) => id));
  expect(map?.nodes.filter(({ unverified }) => unverified).map(({ id }) => id)).toEqual(
    marked.filter(({ state }) => state === 'planned' || state === 'unverified').map(({ id }) => id),
  );
});

test('a group of systems without a shape is named', () => {
  const told = pictures['systems'];
  if (!told || !('draws' in told)) throw new Error('The map of systems is not there.');
  expect(() => pictureOfSystems({ ...told, shapes: {} }, systems, place)).toThrow(/has no shape for the group "/);
});
