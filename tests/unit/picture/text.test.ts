import fc from 'fast-check';
import { expect, test } from 'vitest';
import { widthOf, wrapped } from '#picture/text.ts';

test('words go into lines that fit', () => {
  const lines = wrapped('label appstudio.openshift.io/component', 108, 12);
  expect(lines.join('').replaceAll(' ', '')).toBe('labelappstudio.openshift.io/component');
  expect(lines.every((line) => widthOf(line, 12) <= 108)).toBe(true);
  expect(lines.length).toBeGreaterThan(1);
});

test('a long name breaks before a capital', () => {
  expect(wrapped('IntegrationTestScenario', 136, 14, true)).toEqual(['IntegrationTest', 'Scenario']);
});

test('whatever the words are, none is lost and none is wider than its room', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 90 }), fc.integer({ min: 40, max: 300 }), (text, room) => {
      const lines = wrapped(text, room, 12);
      expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      for (const line of lines) expect(widthOf(line, 12)).toBeLessThanOrEqual(room);
    }),
  );
});
