import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordStore } from '#host/records.ts';
import { put, scratch } from '../../support/remote.ts';

test.each([
  ['a list', '{}', true],
  ['nothing, as a crash leaves it', '', false],
])('a record that holds %s is there: %s', async (_what, text, is) => {
  const dir = scratch();
  put(join(dir, 'updates/45.json'), text);
  expect(await recordStore(dir).has('updates/45.json')).toBe(is);
});

test('what was never written, or is a folder, is not there', async () => {
  const dir = scratch();
  mkdirSync(join(dir, 'updates/45.json'), { recursive: true });
  expect(await recordStore(dir).has('updates/45.json')).toBe(false);
  expect(await recordStore(dir).has('updates/44.json')).toBe(false);
});
