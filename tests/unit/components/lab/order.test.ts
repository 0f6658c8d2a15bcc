import { expect, test } from 'vitest';
import { inOrder } from '#components/lab/order.ts';

const lab = (id: string, minutes: number, ...before: string[]) => ({ id, minutes, before });
const ids = (labs: ReturnType<typeof lab>[]) => inOrder(labs).map(({ id }) => id);

test('the shortest lab comes first, and each after those that it builds on', () => {
  expect(ids([lab('long', 25), lab('short', 12), lab('second', 5, 'lab:long')])).toEqual(['short', 'long', 'second']);
});

test('what comes before and is not in the list keeps nothing back', () => {
  expect(ids([lab('b', 20), lab('a', 10, 'lab:elsewhere', 'page:/start/')])).toEqual(['a', 'b']);
});

test('labs that wait for one another are all listed', () => {
  expect(ids([lab('a', 20, 'lab:b'), lab('b', 10, 'lab:a')]).toSorted()).toEqual(['a', 'b']);
});
