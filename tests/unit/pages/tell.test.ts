import { expect, test, vi } from 'vitest';
import { tell } from '#pages/_tell.ts';

test('what is wrong with a page stands in the log of the build, five faults and a count', () => {
  const log = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  tell('/pipelines/x/', ['A circle.', 'A name twice.']);
  expect(log.mock.calls).toEqual([['[slipway] /pipelines/x/ A circle.'], ['[slipway] /pipelines/x/ A name twice.']]);
  log.mockClear();
  tell(
    '/y/',
    Array.from({ length: 8 }, (_, at) => `Fault ${at}.`),
  );
  expect(log.mock.calls.length).toBe(6);
  expect(log.mock.lastCall).toEqual(['[slipway] /y/ and 3 more, which the page shows.']);
  log.mockRestore();
});
