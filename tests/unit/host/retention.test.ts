import { existsSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { joinRecords } from '#host/records.ts';
import { isRecord, listRecords, pruneRecords } from '#host/retention.ts';
import { Attempt } from '#status/run.ts';
import { put, scratch } from '../../support/remote.ts';
import { digest, hoursAgo, image, snapshot } from '../../support/snapshot.ts';

const KEPT = digest('kept').slice(7);
const GONE = digest('gone').slice(7);
const RUN = Attempt.parse({
  ...{ name: 'on-push-1', startedAt: hoursAgo(2), endedAt: null, outcome: 'failed', failedTask: null, url: null },
});
const SNAPSHOT = snapshot([
  image('a/b/1', 'fresh', { digest: digest('kept'), history: [], lastSeen: null, attempts: [RUN] }),
]);
const LATER = Date.now() + 7 * 3_600_000;

function folder(...names: string[]): string {
  const dir = scratch();
  for (const name of names) put(join(dir, name), `"${name}"`);
  return dir;
}

test('takes away what no image names, with its folder and the drafts of a crash, and nothing else', async () => {
  const dir = folder(
    ...[`packages/${KEPT}/x86_64.json`, `packages/${GONE}/x86_64.json`, `packages/${GONE}/s390x.json`],
    ...[`recordings/${KEPT}.json`, `recordings/${GONE}.json`, `recordings/${GONE}.json.0a1b.tmp`],
    ...['recordings/run-on-push-1.json', 'recordings/run-on-push-0.json'],
    ...['updates/45.json', 'forges/github.json', `scans/${KEPT}.json`, 'notes.txt'],
  );
  expect(await pruneRecords(dir, SNAPSHOT, LATER)).toBe(5);
  expect(await listRecords(dir)).toEqual([
    ...['forges/github.json', `packages/${KEPT}/x86_64.json`, `recordings/${KEPT}.json`],
    ...['recordings/run-on-push-1.json'],
    ...[`scans/${KEPT}.json`, 'updates/45.json'],
  ]);
  expect(existsSync(join(dir, 'notes.txt'))).toBe(true);
  expect(existsSync(join(dir, 'packages', GONE))).toBe(false);
});

test('what is young stays: another refresh may have written it and not yet its snapshot', async () => {
  const dir = folder(`recordings/${GONE}.json`);
  expect(await pruneRecords(dir, SNAPSHOT)).toBe(0);
  expect(await pruneRecords(join(dir, 'nothing'), SNAPSHOT, LATER)).toBe(0);
});

test('two at once take away each record once, and neither fails', async () => {
  const dir = folder(...Array.from({ length: 50 }, (_, n) => `recordings/${digest(`old ${n}`).slice(7)}.json`));
  await Promise.all([pruneRecords(dir, SNAPSHOT, LATER), pruneRecords(dir, SNAPSHOT, LATER)]);
  expect(await listRecords(dir)).toEqual([]);
});

test.each([
  [`packages/${KEPT}/x86_64.json`, true],
  [`recordings/${KEPT}.json`, true],
  ['updates/45.json', true],
  ['updates/../45.json', false],
  ['updates/../../snapshot.json', false],
  ['../updates/45.json', false],
  ['updates/.git.json', false],
  ['updates/45.json.tmp', false],
  ['a/b/c/d.json', false],
  ['45.json', false],
])('%s is the name of a record: %s', (name, is) => {
  expect(isRecord(name)).toBe(is);
});

test('of the parts of a refresh, what one has found out anew replaces what was known', async () => {
  const out = folder('updates/45.json', `recordings/${KEPT}.json`);
  const [first, second] = [folder('updates/45.json'), folder('updates/45.json', `packages/${KEPT}/x86_64.json`)];
  put(join(first, 'updates/45.json'), 'new');
  await joinRecords([first, second], out);
  expect(await listRecords(out)).toHaveLength(3);
  expect(readFileSync(join(out, 'updates/45.json'), 'utf8')).toBe('new');
  put(join(second, 'updates/45.json'), 'newer');
  put(join(first, 'updates/45.json'), 'old');
  utimesSync(join(first, 'updates/45.json'), new Date(0), new Date(0));
  await joinRecords([first, second], out);
  expect(readFileSync(join(out, 'updates/45.json'), 'utf8')).toBe('newer');
});
