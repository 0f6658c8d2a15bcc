import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashOf } from '#runbook/hash.ts';

test.each(['', 'kubectl get pods -n {{namespace}}\n', 'echo "é"'])(
  'the hash of %j is that of its bytes',
  async (text) => {
    expect(await hashOf(text)).toBe(createHash('sha256').update(text).digest('hex').slice(0, 16));
  },
);

test('a command that differs by a line end has another hash', async () => {
  expect(await hashOf('true\n')).not.toBe(await hashOf('true'));
});
