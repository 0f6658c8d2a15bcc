import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { simulate } from '#sim/index.ts';
import { API, ask, MANIFEST, NOW_MS, type Plain, type TagPage, worldOf } from './world.ts';

/** Tekton bundles in a pretend registry. */

const TASK = 'quay.io/sample/catalog/task-one';
const PIPELINE = 'quay.io/sample/catalog/pipeline-all';
const text = (kind: string, name: string, body = '') =>
  `apiVersion: tekton.dev/v1\nkind: ${kind}\nmetadata:\n  labels:\n    version: "{tag}"\n  name: ${name}\nspec: {}\n${body}`;
const V2 = 'https://quay.io/v2/sample/catalog';
const ACCEPT = { accept: MANIFEST };
const tekton = [
  { bundle: TASK, tag: '0.1-sample', at: '-9d', text: text('Task', 'one') },
  { bundle: TASK, tag: '0.1-sample', at: '-2d', text: text('Task', 'one', '# better\n') },
  { bundle: PIPELINE, tag: 'devel', at: '-8d', text: text('Pipeline', 'all', `# ${TASK}:0.1-sample, x${TASK}:none\n`) },
  { bundle: PIPELINE, tag: 'devel', at: '-1d', text: text('Pipeline', 'all', `# ${TASK}:0.1-sample\n`) },
];
const WORLD = worldOf([], { tekton });

interface Wire extends Plain {
  layers: { digest: string; size: number; mediaType: string; annotations: Record<string, string> }[];
}

async function pulled(repository: string, reference: string, nowMs = NOW_MS) {
  const handler = simulate(WORLD, { now: () => nowMs });
  const manifest = await ask<Wire>(handler, `${V2}/${repository}/manifests/${reference}`, ACCEPT);
  const [layer] = manifest.body.layers;
  const hop = await handler(new Request(`${V2}/${repository}/blobs/${layer?.digest}`));
  const answer = await handler(new Request(hop.headers.get('location') ?? ''));
  const archive = gunzipSync(Buffer.from(await answer.arrayBuffer()));
  const size = Number.parseInt(archive.toString('latin1', 124, 135), 8);
  return {
    digest: manifest.headers.get('docker-content-digest'),
    layer,
    text: archive.toString('utf8', 512, 512 + size),
  };
}

test('a bundle is a manifest with one annotated layer, a gzip tar of one file', async () => {
  const { layer, text } = await pulled('task-one', '0.1-sample');
  expect(layer).toMatchObject({
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    annotations: {
      'dev.tekton.image.name': 'one',
      'dev.tekton.image.kind': 'task',
      'dev.tekton.image.apiVersion': 'v1',
    },
  });
  expect(text).toContain('version: "0.1-sample"');
});

test('a pipeline names its tasks by the digests that they had when it was pushed', async () => {
  const [before, now] = [
    await pulled('task-one', '0.1-sample', NOW_MS - 5 * 86_400_000),
    await pulled('task-one', '0.1-sample'),
  ];
  expect(before.digest).not.toBe(now.digest);
  const old = await pulled('pipeline-all', 'devel', NOW_MS - 5 * 86_400_000);
  expect(old.text).toContain(`${TASK}:0.1-sample@${before.digest}, x${TASK}:none`);
  expect((await pulled('pipeline-all', 'devel')).text).toContain(`${TASK}:0.1-sample@${now.digest}\n`);
});

test("a bundle's digest still answers when its tag has moved on, and the tag's history tells of it", async () => {
  const old = await pulled('task-one', '0.1-sample', NOW_MS - 5 * 86_400_000);
  expect(await pulled('task-one', old.digest ?? '')).toEqual(old);
  const { body } = await ask<TagPage>(WORLD, `${API}/repository/sample/catalog/task-one/tag/`);
  expect(body.tags.map(({ name, end_ts }) => [name, end_ts === undefined])).toEqual([
    ['0.1-sample', true],
    ['0.1-sample', false],
  ]);
});

test.each([
  ['names itself', [{ bundle: TASK, tag: 'a', at: '-1d', text: `${TASK}:a` }], /task-one:a names itself/],
  [
    'names what is pushed later',
    [
      { bundle: PIPELINE, tag: 'a', at: '-2d', text: `${TASK}:b` },
      { bundle: TASK, tag: 'b', at: '-1d', text: '' },
    ],
    /task-one:b holds nothing at 2026-11-18T14:07:00Z/,
  ],
])('a bundle that %s is a contradiction', (_, rows, message) => {
  expect(() => simulate(worldOf([], { tekton: rows }))).toThrow(message);
});

test('bundles and images cannot share a repository', () => {
  const both = [{ repository: 'sample/catalog/task-one', tags: { '45': ['-5h'] } }];
  expect(() => simulate(worldOf(both, { tekton }))).toThrow(/task-one is listed twice/);
});
