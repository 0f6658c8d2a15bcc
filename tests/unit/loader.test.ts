import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { readEvents, writeAttempt, writeRefresh } from '#host/store.ts';
import { Event } from '#status/history.ts';
import type { FailedAttempt, Snapshot } from '#status/model.ts';
import { loadStatus } from '../../src/loader.ts';
import { imageOf, REPOSITORIES, smallWorld, snapshotOf } from '../support/world.ts';

const ROOT = pathToFileURL(`${process.cwd()}/`);
const directory = await mkdtemp(join(tmpdir(), 'slipway-loader-'));
afterAll(() => rm(directory, { recursive: true }));

let count = 0;

/** Loads what the pages would show from a directory that holds these files. */
async function load(snapshot: Snapshot | null, attempt: FailedAttempt | null = null, env: Record<string, string> = {}) {
  const out = join(directory, String(count++));
  if (snapshot) await writeRefresh(out, snapshot, []);
  if (attempt) await writeAttempt(out, attempt);
  return loadStatus(ROOT, { SLIPWAY_STATUS_DIR: out, ...env });
}

const STANDARD = 'development/standard/45';
const SAMPLE = /sample/;

test('shows the sample where nothing real is known, and says so', async () => {
  const { snapshot, targets } = await load(null);
  expect(snapshot.mode).toBe('sample');
  expect(snapshot.images.map(({ id }) => id).sort()).toEqual(targets.map(({ id }) => id).sort());
});

test('refuses to publish the sample', async () => {
  await expect(load(null, null, { SLIPWAY_PUBLISH: '1' })).rejects.toThrow(/forbids to publish the sample\. Run/);
  const real = await snapshotOf(smallWorld());
  expect((await load(real, null, { SLIPWAY_PUBLISH: '1' })).snapshot.mode).toBe('live');
});

const DEAD = {
  quay: ['oci', 'bodhi', 'endoflife'],
  oci: ['quay', 'bodhi', 'endoflife'],
  bodhi: ['quay', 'oci', 'endoflife'],
  endoflife: ['quay', 'oci', 'bodhi'],
};

test.each(Object.entries(DEAD))('once %s alone has answered, nothing of the sample is shown', async (_alive, dead) => {
  const faults = dead.map((source) => `  - { source: ${source}, kind: refuse }\n`).join('');
  const { snapshot } = await load(await snapshotOf(smallWorld(`${REPOSITORIES}faults:\n${faults}`)));
  expect(snapshot.mode).toBe('live');
  expect(JSON.stringify(snapshot)).not.toMatch(SAMPLE);
  const unseen = snapshot.images.filter(({ lastPoll }) => lastPoll === null);
  expect(
    new Set(unseen.flatMap(({ digest, createdAt, verdict }) => [digest, createdAt, verdict.bucket === 'bad'])),
  ).toEqual(new Set([null, false]));
});

test('the history is read where real data is kept, and never stands beside the sample', async () => {
  const out = join(directory, 'with-history');
  const real = await snapshotOf(smallWorld());
  const at = real.generatedAt;
  const down = { schema: 1, at, observedAt: at, id: '0'.repeat(32), type: 'source.down', target: null, source: 'quay' };
  await writeRefresh(out, real, [Event.parse(down)]);
  const { history } = await loadStatus(ROOT, { SLIPWAY_STATUS_DIR: out });
  expect(await readEvents(history ?? '')).toMatchObject([{ type: 'source.down' }]);
  expect((await load(null)).history).toBeNull();
});

test('a target that was added since is there and not seen yet', async () => {
  const { snapshot } = await load(await snapshotOf(smallWorld()));
  expect(imageOf(snapshot, STANDARD).digest).not.toBeNull();
  expect(imageOf(snapshot, 'development/standard/44').verdict.state).toBe('unknown-never');
});

test('a later attempt in which nobody answered ages what is kept', async () => {
  const kept = await snapshotOf(smallWorld());
  const attempt = (hours: number): FailedAttempt => ({
    schema: 1,
    at: new Date(Date.parse(kept.generatedAt) + hours * 3_600_000).toISOString(),
    sources: kept.sources.map((source) => (source.state === 'ok' ? { ...source, state: 'failed' } : source)),
    problems: [
      {
        source: 'quay',
        target: null,
        kind: 'unreachable',
        message: 'quay: gone',
        action: 'Wait.',
        since: kept.generatedAt,
      },
    ],
  });
  const soon = (await load(kept, attempt(1))).snapshot;
  expect(soon).toMatchObject({ mode: 'kept', generatedAt: kept.generatedAt, problems: [{ kind: 'unreachable' }] });
  expect(imageOf(soon, STANDARD).verdict).toMatchObject({
    state: 'fresh',
    facets: { confidence: { value: 'last-known' } },
  });
  const late = (await load(kept, attempt(9))).snapshot;
  expect(imageOf(late, STANDARD)).toMatchObject({
    verdict: { state: 'unknown-source' },
    digest: imageOf(kept, STANDARD).digest,
  });
});

test('a broken snapshot stops the build and names the field', async () => {
  const out = join(directory, String(count++));
  await writeRefresh(out, await snapshotOf(smallWorld()), []);
  const path = join(out, 'snapshot.json');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace('"mode": "live"', '"mode": "lively"'));
  await expect(loadStatus(ROOT, { SLIPWAY_STATUS_DIR: out })).rejects.toThrow(
    /snapshot\.json: mode: .*delete it and run/,
  );
  await writeFile(path, text.slice(0, 500));
  await expect(loadStatus(ROOT, { SLIPWAY_STATUS_DIR: out })).rejects.toThrow(/not JSON/);
});
