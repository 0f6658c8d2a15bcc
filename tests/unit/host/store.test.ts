import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { contentStore, readEvents, readSnapshot, writeAttempt, writeRefresh } from '#host/store.ts';
import { verified } from '#sources/content.ts';
import { digestOf } from '#sources/read.ts';
import type { Event } from '#status/history.ts';
import { digest, image, NOW, snapshot } from '../../support/snapshot.ts';

const root = await mkdtemp(join(tmpdir(), 'slipway-store-'));
afterAll(() => rm(root, { recursive: true }));
let count = 0;
const directory = () => join(root, String(count++));

const event = (number: number, day = 21): Event => ({
  schema: 1,
  at: `2026-11-${day}T10:00:${String(number).padStart(2, '0')}.000Z`,
  observedAt: NOW,
  id: `${day}${String(number).padStart(30, '0')}`,
  type: 'tag.moved',
  target: 'development/standard/45',
  source: 'quay',
  digest: digest(String(number)),
});
const KEPT = snapshot([image('development/standard/45')]);

test('writes a snapshot and files its events by day', async () => {
  const out = directory();
  await writeRefresh(out, KEPT, [event(2), event(1), event(1, 20)]);
  expect(await readSnapshot(out)).toEqual(KEPT);
  expect((await readEvents(out)).map(({ id }) => id).sort()).toEqual(
    [event(1, 20), event(1), event(2)].map(({ id }) => id).sort(),
  );
  expect((await readdir(join(out, 'history/2026/11'))).sort()).toEqual(['20.ndjson', '21.ndjson']);
  expect((await readdir(out)).sort()).toEqual(['history', 'snapshot.json']);
});

test('twenty writers at once lose no event and leave a whole snapshot', async () => {
  const out = directory();
  await Promise.all(Array.from({ length: 20 }, (_, number) => writeRefresh(out, KEPT, [event(number), event(0)])));
  expect((await readEvents(out)).length).toBe(20);
  expect(await readSnapshot(out)).toEqual(KEPT);
});

test('an older refresh that ends later does not overwrite a newer one', async () => {
  const out = directory();
  await writeRefresh(out, KEPT, []);
  await writeRefresh(out, { ...KEPT, generatedAt: '2026-11-21T14:00:00.000Z' }, [event(1)]);
  expect((await readSnapshot(out))?.generatedAt).toBe(NOW);
  expect(await readEvents(out)).toHaveLength(1);
});

test('a lock that a killed process left behind is broken', async () => {
  const out = directory();
  await mkdir(join(out, '.lock'), { recursive: true });
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(join(out, '.lock'), longAgo, longAgo);
  await writeRefresh(out, KEPT, []);
  expect(await readSnapshot(out)).toEqual(KEPT);
});

test('a good refresh removes the record of a failed one, keeping does not', async () => {
  const out = directory();
  await writeAttempt(out, { schema: 1, at: NOW, sources: [], problems: [] });
  await writeRefresh(out, { ...KEPT, mode: 'kept' }, []);
  expect(await readdir(out)).toContain('attempt.json');
  await writeRefresh(out, KEPT, []);
  expect(await readdir(out)).not.toContain('attempt.json');
});

test('content that was damaged on disk is not believed', async () => {
  const cache = directory();
  const store = verified(contentStore(cache));
  const bytes = new TextEncoder().encode('{"a":1}');
  const name = digestOf(bytes);
  expect(await store.read(name)).toBeNull();
  await store.write(name, bytes);
  expect(new TextDecoder().decode((await store.read(name)) ?? new Uint8Array())).toBe('{"a":1}');
  const hex = name.slice(7);
  await writeFile(join(cache, 'sha256', hex.slice(0, 2), hex), '{"a":2}');
  expect(await readFile(join(cache, 'sha256', hex.slice(0, 2), hex), 'utf8')).toBe('{"a":2}');
  expect(await store.read(name)).toBeNull();
});

test('a refresh takes old records away that its snapshot does not name; an older one that ends later does not', async () => {
  const out = directory();
  const old = join(out, 'records/recordings', `${'b'.repeat(64)}.json`);
  const lay = async () => {
    await mkdir(join(out, 'records/recordings'), { recursive: true });
    await writeFile(old, '{}');
    await utimes(old, new Date(0), new Date(0));
  };
  await lay();
  await writeRefresh(out, KEPT, []);
  expect(await readdir(join(out, 'records/recordings'))).toEqual([]);
  await lay();
  await writeRefresh(out, { ...KEPT, generatedAt: '2026-11-21T14:00:00.000Z' }, []);
  expect(await readdir(join(out, 'records/recordings'))).toHaveLength(1);
});
