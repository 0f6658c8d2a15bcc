import { expect, test } from 'vitest';
import { resultsOf } from '#pipeline/text/result.ts';

test.each([
  ['$(tasks.index.results.IMAGE_URL)', 'The result `IMAGE_URL` of `index`.'],
  ['$(tasks.a.results.X)/$(tasks.b.results.Y)', 'Made of `$(tasks.a.results.X)/$(tasks.b.results.Y)` of `a` and `b`.'],
  ['$(params.output-image)', 'Made of `$(params.output-image)`.'],
  ['a`b', 'Made of `aˋb`.'],
])('a result that is %s', (value, text) => {
  expect(resultsOf({ results: [{ name: 'R', value }] })).toEqual([{ name: 'R', text }]);
});
