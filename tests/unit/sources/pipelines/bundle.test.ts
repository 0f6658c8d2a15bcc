import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { pretendClock } from '#host/clock.ts';
import { inMemory } from '#sources/content.ts';
import { SourceError } from '#sources/error.ts';
import { type Fetch, http } from '#sources/http.ts';
import { readBundle } from '#sources/pipelines/bundle.ts';
import { digestOf } from '#sources/read.ts';
import { oci } from '#sources/registry/oci.ts';
import { bundleOf, bundleRegistry, type Held, type MadeBundle } from '../../../support/bundle.ts';
import { tar } from '../../../support/tar.ts';

const REPOSITORY = 'catalog/task-one';
const TASK = 'apiVersion: tekton.dev/v1\nkind: Task\nmetadata:\n  name: one\n';

function registryOver(fetch: Fetch) {
  const client = http({ fetch, clock: pretendClock(0, 50), random: () => 0.5, isMultiplexed: () => true });
  return oci(client, 'https://quay.io', inMemory());
}

const holding = (bundle: MadeBundle) => registryOver(bundleRegistry({ [`${REPOSITORY}:1`]: bundle }));
const read = (bundle: MadeBundle, name?: string) =>
  readBundle(holding(bundle), REPOSITORY, bundle.digest, { kind: 'task', ...(name ? { name } : {}) });

async function failure(work: Promise<unknown>): Promise<SourceError> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (!(error instanceof SourceError)) throw new Error(`no SourceError: ${String(error)}`);
  return error;
}

test('the object of a bundle is given as it is written', async () => {
  expect(await read(bundleOf({ text: TASK }), 'one')).toBe(TASK);
});

test.each<[string, Buffer]>([
  ['gzip without a tar, as early bundles are', gzipSync(TASK)],
  ['a tar that is not packed', tar([{ path: 'one', body: TASK }])],
  [
    'a tar with the folder of its file',
    gzipSync(
      tar([
        { path: 'd', isFolder: true },
        { path: 'd/one', body: TASK },
      ]),
    ),
  ],
])('%s is read as well', async (_, layer) => {
  expect(await read(bundleOf({ layer }))).toBe(TASK);
});

test('JSON is set as YAML, with its scripts as lines', async () => {
  const task = { kind: 'Task', spec: { steps: [{ name: 'a', script: '#!/bin/sh\necho one\necho two\n' }], on: 'yes' } };
  const text = await read(bundleOf({ text: JSON.stringify(task) }));
  expect(parse(text)).toEqual(task);
  expect(text.split('\n')).toContain('        echo two');
});

test('of several objects only those that are wanted are fetched', async () => {
  const bundle = bundleOf(
    { kind: 'pipeline', name: 'all', text: 'kind: Pipeline\n' },
    { name: 'one', text: 'name: one\n' },
    { name: 'two', text: 'name: two' },
  );
  expect(await read(bundle, 'two')).toBe('name: two\n');
  expect(await read(bundle)).toBe('name: one\n---\nname: two\n');
});

test.each<[string, SourceError['kind'], RegExp, Held[]]>([
  ['two files in one layer', 'unreadable', /holds 2 files/, [{ layer: gzipSync(tar([{ path: 'a' }, { path: 'b' }])) }]],
  ['no file', 'unreadable', /holds 0 files/, [{ layer: gzipSync(tar([{ path: 'a', isFolder: true }])) }]],
  ['a link', 'unreadable', /a symlink instead/, [{ layer: gzipSync(tar([{ path: 'a', symlink: '/etc/passwd' }])) }]],
  ['zstd', 'unreadable', /zstd, which no bundle may be/, [{ layer: zstdCompressSync(TASK) }]],
  ['a broken gzip', 'unreadable', /is no whole gzip/, [{ layer: gzipSync(TASK).subarray(0, 30) }]],
  [
    'a broken tar',
    'unreadable',
    /no whole archive/,
    [{ layer: gzipSync(tar([{ path: 'a', body: 'x', size: 9_000 }])) }],
  ],
  ['9 MB unpacked', 'too-large', /more than they may together/, [{ layer: gzipSync(Buffer.alloc(9 << 20)) }]],
  [
    '50,001 values',
    'unreadable',
    /more than 50000 values/,
    [{ text: JSON.stringify({ a: Array.from({ length: 50_000 }, () => ({})) }) }],
  ],
  ['JSON that is nested deep', 'unreadable', /too deep/, [{ text: `{"a":${'['.repeat(100)}${']'.repeat(100)}}` }]],
  ['a layer of 9 MB', 'too-large', /9437184 bytes, over/, [{ text: TASK, size: 9 << 20 }]],
  ['bytes that are no text', 'unreadable', /no text/, [{ layer: gzipSync(Buffer.from([0xff, 0xfe, 0])) }]],
  ['broken JSON', 'unreadable', /no text that can be read/, [{ text: '{"kind": ' }]],
  ['JSON without end', 'unreadable', /no text that can be read/, [{ text: `{"a":${'['.repeat(200_000)}` }]],
  ['another kind', 'unreadable', /holds no task one, but pipeline one/, [{ kind: 'pipeline', text: TASK }]],
  ['another name', 'unreadable', /holds no task one, but task two/, [{ name: 'two', text: TASK }]],
  ['no annotations', 'unreadable', /lacks the annotations/, [{ text: TASK, annotations: {} }]],
  [
    'no version',
    'unreadable',
    /lacks/,
    [{ annotations: { 'dev.tekton.image.kind': 'task', 'dev.tekton.image.name': 'one' } }],
  ],
  ['no layer', 'unreadable', /lacks the annotations/, []],
  ['21 layers', 'unreadable', /21 layers, over 20/, Array.from({ length: 21 }, () => ({ text: TASK }))],
])('a bundle with %s is refused, and it says why', async (_, kind, message, held) => {
  const error = await failure(read(bundleOf(...held), 'one'));
  expect([error.source, error.kind]).toEqual(['oci', kind]);
  expect(error.message).toMatch(message);
  expect(error.message).toContain(REPOSITORY);
});

test('the layers of a bundle together may not unpack to more than 2 MB', async () => {
  const layerOf = (name: string) => ({ name, layer: gzipSync(`# ${'x'.repeat(700_000)}\n`) });
  const some = bundleOf(layerOf('one'), layerOf('two'));
  expect((await read(some)).length).toBeGreaterThan(1_400_000);
  const error = await failure(read(bundleOf(layerOf('one'), layerOf('two'), layerOf('three'))));
  expect([error.kind, error.message]).toEqual(['too-large', expect.stringContaining('together')]);
});

test('JSON that would be far longer as YAML is refused', async () => {
  const wide = Array.from({ length: 60 }).reduce<object>((inner) => ({ a: inner }), {
    list: Array.from({ length: 40_000 }, () => 1),
  });
  const error = await failure(read(bundleOf({ text: JSON.stringify(wide) })));
  expect([error.kind, error.message]).toEqual(['too-large', expect.stringMatching(/characters of YAML, over 2000000/)]);
});

test('a layer that does not end is cut off', async () => {
  const bundle = bundleOf({ text: TASK });
  let sent = 0;
  const endless: Fetch = async (request) => {
    if (!request.url.includes('/blobs/')) return bundleRegistry({ [`${REPOSITORY}:1`]: bundle })(request);
    const pull = (controller: ReadableStreamDefaultController) => {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    };
    return new Response(new ReadableStream({ pull }));
  };
  const error = await failure(readBundle(registryOver(endless), REPOSITORY, bundle.digest, { kind: 'task' }));
  expect(error.kind).toBe('too-large');
  expect(sent).toBeLessThan(2 << 20);
});

test.each(['manifests', 'blobs'])('other %s than the digest says are refused', async (what) => {
  const bundle = bundleOf({ text: TASK });
  const other = bundleOf({ text: `${TASK}# other\n` });
  const right = bundleRegistry({ a: bundle });
  const wrong: Fetch = async (request) => {
    if (!request.url.includes(`/${what}/`)) return right(request);
    const bytes = what === 'manifests' ? other.manifest : [...other.blobs.values()][1];
    return new Response(new Uint8Array(bytes ?? []));
  };
  const error = await failure(readBundle(registryOver(wrong), REPOSITORY, bundle.digest, { kind: 'task' }));
  expect(error.kind).toBe('digest');
});

test('an image is no bundle', async () => {
  const index = Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: [] }));
  const fetch: Fetch = async () => new Response(new Uint8Array(index));
  const error = await failure(readBundle(registryOver(fetch), REPOSITORY, digestOf(index), { kind: 'task' }));
  expect(error.kind).toBe('unreadable');
});
