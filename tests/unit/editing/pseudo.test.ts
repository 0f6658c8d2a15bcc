import { expect, test } from 'vitest';
import { pseudo } from '#editing/pseudo.ts';

test('no letter stays, tags and placeholders do', () => {
  const text = pseudo('Read <more>the Legend</more>, {{- count}} of it.');
  expect(text).toBe('Řḗḗȧȧḓ <more>ŧħḗḗ Ŀḗḗɠḗḗƞḓ</more>, {{- count}} ǿǿƒ īīŧ.');
});

test('every letter has another of its own', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const others = [...letters].map((letter) => [...pseudo(letter)][0]);
  expect(new Set(others).size).toBe(letters.length);
  expect(others.filter((other) => /[A-Za-z]/.test(other ?? ''))).toEqual([]);
});
