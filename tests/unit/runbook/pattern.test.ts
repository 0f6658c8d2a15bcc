import { expect, test } from 'vitest';
import { patternWords } from '#runbook/text/pattern.ts';

test.each([
  ['Running|PipelineRunPending', ['Running', 'PipelineRunPending']],
  ['linux-(ppc64le|s390x)[^\\n]*Timeout', ['linux-(ppc64le or s390x)…Timeout']],
  ['limit: \\n', ['limit:  ⏎']],
  ['^exit code 137$', ['exit code 137']],
  ['quay\\.io/.*: unauthorized', ['quay.io/…: unauthorized']],
  ['a\\|b', ['a|b']],
])('%s is read as %j', (pattern, words) => {
  expect(patternWords(pattern)).toEqual(words);
});

test.each(['[0-9]{3}|ok', '(?!a)b', 'x{2,}'])('%s, which has no plain words, stays as it is', (pattern) => {
  expect(patternWords(pattern)).toEqual([pattern]);
});
