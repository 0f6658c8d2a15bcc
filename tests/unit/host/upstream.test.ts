import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pruneUpstream } from '#host/upstream.ts';
import { pipelineName, yamlName } from '#sources/records.ts';
import { put, scratch } from '../../support/remote.ts';
import { digest } from '../../support/snapshot.ts';

const LATER = Date.now() + 31 * 86_400_000;
const PIPELINES = [{ digest: digest('now'), versions: [{ digest: digest('now') }, { digest: digest('before') }] }];

function folders() {
  const [cache, records] = [scratch(), scratch()];
  const kept = ['now', 'before', 'task', 'run file'].map((name) => yamlName(digest(name)));
  const names = [...kept, yamlName(digest('gone')), `${yamlName(digest('now'))}.0a1b-2c3d.tmp`, 'notes.txt'];
  for (const name of names) put(join(cache, name), 'kind: Task\n');
  put(join(records, pipelineName(digest('now'))), JSON.stringify({ bundle: `quay.io/a/b:1@${digest('task')}` }));
  put(join(records, 'forges/files.json'), JSON.stringify({ one: { digest: digest('run file') } }));
  return { cache, records, kept };
}

test('takes away old texts that nothing names, and what a crash left, and nothing else', async () => {
  const { cache, records, kept } = folders();
  expect(await pruneUpstream(cache, records, { pipelines: PIPELINES }, LATER)).toBe(2);
  expect(readdirSync(cache).sort()).toEqual([...kept, 'notes.txt'].sort());
});

test('what is young stays, and a folder that is not there is no fault', async () => {
  const { cache, records } = folders();
  expect(await pruneUpstream(cache, records, { pipelines: [] })).toBe(0);
  expect(await pruneUpstream(join(cache, 'nothing'), records, {}, LATER)).toBe(0);
});
