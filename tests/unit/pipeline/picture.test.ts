import { expect, test } from 'vitest';
import { graphOfDefinition } from '#pipeline/graph/graph.ts';
import { mapOf, pictureOf } from '#pipeline/picture.ts';
import { definition } from '../../support/definitions.ts';

const face = (id: string) => ({
  ...{ text: id, title: id, anchor: `task-${id}`, isConditional: false, isRepeated: false, note: '' },
});
const picture = (tasks: string, last = '') => {
  const found = pictureOf(graphOfDefinition(definition({ tasks, finally: last })), face);
  if (!found) throw new Error('There is no picture.');
  return found;
};
const DIAMOND = '{ name: a }\n{ name: b, runAfter: [a] }\n{ name: c, runAfter: [a] }\n{ name: d, runAfter: [b, c] }';

test('the arrow keys lead along the lines and within a column', () => {
  const { right } = picture(DIAMOND);
  const keys = Object.fromEntries(right.boxes.map(({ text, keys: to }) => [text, to]));
  expect(keys['a']?.[0]).toBeNull();
  expect(keys['b']).toEqual(['task-a', 'task-d', null, 'task-c']);
  expect(keys['c']).toEqual(['task-a', 'task-d', 'task-b', null]);
  expect(keys['d']?.[1]).toBeNull();
});

test('downwards all boxes are one column', () => {
  const { down } = picture('{ name: a }\n{ name: b, runAfter: [a] }');
  expect(down.boxes.map(({ keys }) => keys)).toEqual([
    [null, 'task-b', null, 'task-b'],
    ['task-a', null, 'task-a', null],
  ]);
});

test('every box can be reached by keys from the first one', () => {
  for (const drawing of [picture(DIAMOND).right, picture(DIAMOND).down]) {
    const reached = new Set([drawing.boxes[0]?.anchor]);
    for (const anchor of reached)
      for (const to of drawing.boxes.find((box) => box.anchor === anchor)?.keys ?? []) if (to) reached.add(to);
    expect(reached.size).toBe(4);
  }
});

test('what runs at the end in any case has a frame around it', () => {
  expect(picture('{ name: a }').right.group).toBeNull();
  const { boxes, group } = picture('{ name: a }', '{ name: z }').right;
  const last = boxes.find(({ isFinally }) => isFinally);
  expect(last?.text).toBe('z');
  expect(group?.x).toBeLessThan(last?.x ?? 0);
  expect(group?.height).toBeGreaterThan(last?.height ?? 0);
});

test('a chain too long for a screen is drawn downwards only, and mapped so', () => {
  const chain = Array.from(
    { length: 20 },
    (_, n) => `{ name: a-rather-long-name-${n}${n ? `, runAfter: [a-rather-long-name-${n - 1}]` : ''} }`,
  );
  const long = picture(chain.join('\n'));
  expect(long.fit).toBe('none');
  expect(mapOf(long)).toBe(long.down);
  const short = picture(DIAMOND);
  expect(short.fit).toBe('column');
  expect(mapOf(short)).toBe(short.right);
});

test('no map shows more boxes than one can tell apart', () => {
  const many = Array.from({ length: 80 }, (_, n) => `{ name: t${n} }`);
  expect(mapOf(picture(many.join('\n')))).toBeNull();
  expect(mapOf(null)).toBeNull();
});

test('nothing is drawn of nothing', () => {
  expect(pictureOf({ nodes: [], edges: [], drawn: [], faults: [] }, face)).toBeNull();
});
