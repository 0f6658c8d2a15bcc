import { expect, test } from 'vitest';
import { readWorld } from '#host/world.ts';
import { openPractice } from '#practice/open.ts';
import { viewOf } from '#practice/view.ts';

const world = await readWorld('content/worlds/duty.yaml');
const IMAGE = 'quay.io/bootc-devel/fedora-bootc-45-standard:latest';
const open = () => openPractice(world, { role: 'viewer', registries: [] });
const nothing = { namespaces: [], images: [], projects: [] };

test('PipelineRuns are shown newest first, with their state in a word and their tasks in the order in which they began', async () => {
  const { runs } = await viewOf(await open(), { view: { ...nothing, namespaces: ['bootc-tenant'] } });
  expect(runs).toHaveLength(8);
  const starts = runs.map(({ startedAt }) => startedAt ?? '');
  expect(starts.filter(Boolean)).toEqual(starts.filter(Boolean).toSorted().toReversed());
  for (const { state } of runs) expect(['Running', 'Succeeded', 'Failed', 'Pending', 'Cancelled']).toContain(state);
  const failed = runs.find(({ state }) => state === 'Failed');
  expect(failed?.tasks.length).toBeGreaterThan(1);
  expect(failed?.tasks.map(({ state }) => state)).toContain('Failed');
  expect(runs.find(({ name }) => name.startsWith('fedora-bootc-rawhide-compose-'))).toMatchObject({
    state: 'Pending',
    reason: 'PipelineRunPending',
  });
});

test('an image is shown with its architectures as Fedora calls them', async () => {
  const { images } = await viewOf(await open(), { view: { ...nothing, images: [IMAGE] } });
  expect(images).toEqual([
    {
      image: IMAGE,
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      arches: ['x86_64', 'aarch64', 'ppc64le', 's390x'],
      pushedAt: expect.stringMatching(/^2026-11-20T/),
    },
  ]);
});

test('what is not there is shown as not there, and unknown places show nothing', async () => {
  const image = 'quay.io/no-such/image:latest';
  const view = { namespaces: ['no-such-tenant'], images: [image], projects: ['no/such-project'] };
  expect(await viewOf(await open(), { view })).toMatchObject({
    runs: [],
    images: [{ image, digest: null, arches: [], pushedAt: null }],
    changes: [],
    releases: [],
  });
});

test('Releases are shown with how they ended', async () => {
  const { releases } = await viewOf(await open(), { view: { ...nothing, namespaces: ['bootc-tenant'] } });
  expect(releases).toHaveLength(4);
  expect(new Set(releases.map(({ state }) => state))).toContain('Succeeded');
});

test('a service that does not answer, or answers nonsense, leaves its part empty', async () => {
  const view = { namespaces: ['bootc-tenant'], images: [IMAGE], projects: ['fedora/bootc/base-images'] };
  const nowMs = () => 0;
  for (const fetch of [
    async () => Promise.reject(new Error('gone')),
    async () => new Response('<html>'),
    async () => Response.json([null, 3, 'x']),
    async () => Response.json({ items: [null, { metadata: 3, status: { conditions: 'x' } }], manifests: 'x' }),
  ])
    expect(await viewOf({ fetch, nowMs }, { view })).toMatchObject({ nowMs: 0 });
});
