import { expect, test } from 'vitest';
import type { Problem } from '#status/model.ts';
import { groupProblems, openProblems } from '#status/problem-groups.ts';
import { problem } from '#status/problems.ts';
import { hoursAgo, image } from '../../support/snapshot.ts';

const A = 'development/iot/44';
const B = 'development/minimal/44';
const hidden = (target: string | null, hours = 1): Problem =>
  problem('quay', target, 'hidden', `${target} answered 401`, hoursAgo(hours));

test('leaves out what is wrong with images that are not counted', () => {
  const images = [image(A, 'eol'), image(B, 'missing')];
  const all = [hidden(A), hidden(B), hidden(null), hidden('gone/from/here')];
  expect(openProblems(all, images).map(({ target }) => target)).toEqual([B, null, 'gone/from/here']);
});

test('joins problems of one source and kind, since the earliest', () => {
  const [group, ...others] = groupProblems([hidden(B), hidden(A, 9)]);
  expect(others).toEqual([]);
  expect(group).toMatchObject({ what: 'Missing or private', targets: [A, B], since: hoursAgo(9) });
});

test('tells a single problem in full', () => {
  expect(groupProblems([hidden(A)])[0]?.what).toBe(`Missing or private: ${A} answered 401`);
});

test('without targets the problems of one kind say where they are', () => {
  const refused = (kind: string) => problem('konflux', null, 'forbidden', `${kind} of x answered 403`, hoursAgo(1));
  expect(groupProblems([refused('releases'), refused('pods')])[0]?.what).toBe(
    'The token may not read this: releases of x answered 403; pods of x answered 403',
  );
});

test('keeps apart what differs in source, kind, or in whether it is about a target', () => {
  const denied = problem('quay', A, 'denied', 'answered 403', hoursAgo(1));
  const other = problem('oci', A, 'hidden', 'answered 401', hoursAgo(1));
  expect(groupProblems([hidden(A), denied, other, hidden(null)])).toHaveLength(4);
});

test('tells problems of a kind that it does not know in full', () => {
  const odd = (target: string): Problem => ({ ...hidden(target), kind: 'odd', message: `quay: ${target} is odd` });
  expect(groupProblems([odd(A), odd(B)])[0]?.what).toBe(`${A} is odd; ${B} is odd`);
});
