import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { PipelineDefinition } from '#pipeline/definition.ts';
import { readTask } from '#pipeline/tekton/read.ts';
import { pipelineName, yamlName } from '#sources/records.ts';
import type { SeenPipeline } from '#status/pipeline.ts';
import { bundleOf, type Held, type MadeBundle } from '../support/bundle.ts';
import { snapshot } from '../support/command.ts';
import { writeLayout } from '../support/layout.ts';
import { lacking, realTest } from '../support/needs.ts';
import { pipelineText, taskText } from '../support/pipelines.ts';
import { freePort, type Registry, registry } from '../support/registry.ts';
import { inHours, seenIn } from './kept.ts';

/** A pipeline and its tasks as Tekton bundles in a real registry, pushed by skopeo, read back by the real command. */

const NAME = 'docker-build-multi-platform-oci-ta';
const DATA = new URL('../../../shared/data/konflux/', import.meta.url);
const RENDERED = new URL(`derived/${NAME}.rendered.yaml`, DATA);
const REFERENCE = /quay\.io\/konflux-ci\/tekton-catalog\/task-([a-z-]+):([\w.-]+)@sha256:[0-9a-f]{64}/g;
const CATALOG = 'konflux-ci/tekton-catalog';

let dir: string;
let shore: Registry;
let env: Record<string, string>;

/** What upstream has, where it lies beside this checkout; else a pipeline of our own of the same size. */
function upstream(): { pipeline: string; tasks: Map<string, string> } {
  if (!existsSync(RENDERED)) {
    const names = Array.from({ length: 16 }, (_, index) => `task-${index}`);
    const refs = names.map((name) => `quay.io/${CATALOG}/${name}:1@sha256:${'0'.repeat(64)}`);
    return { pipeline: pipelineText(NAME, refs), tasks: new Map(names.map((name) => [name, taskText(name)])) };
  }
  const folder = new URL('tasks/', DATA);
  const files = readdirSync(folder);
  const pipeline = readFileSync(RENDERED, 'utf8');
  const names = new Set([...pipeline.matchAll(REFERENCE)].map(([, name = '']) => name));
  const textOf = (name: string) => {
    const file = files.find((one) => one.startsWith(`${name}-0`));
    return file ? readFileSync(new URL(file, folder), 'utf8') : taskText(name);
  };
  return { pipeline, tasks: new Map([...names].map((name) => [name, textOf(name)])) };
}

/** Pushes a bundle as skopeo copies it from a layout; gives its digest. */
async function push(name: string, ...held: Held[]): Promise<string> {
  const layout = mkdtempSync(join(dir, 'layout-'));
  const bundle = bundleOf(...held);
  writeBundle(layout, bundle);
  await shore.push(layout, `${CATALOG}/${name}`);
  return bundle.digest;
}

function writeBundle(layout: string, { digest, manifest, blobs }: MadeBundle): void {
  const blobFolder = join(layout, 'blobs/sha256');
  mkdirSync(blobFolder, { recursive: true });
  for (const [at, bytes] of [...blobs, [digest, manifest] as const])
    writeFileSync(join(blobFolder, at.replace('sha256:', '')), bytes);
  const annotations = { 'org.opencontainers.image.ref.name': 'it' };
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const index = { schemaVersion: 2, manifests: [{ mediaType, digest, size: manifest.length, annotations }] };
  writeFileSync(join(layout, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  writeFileSync(join(layout, 'index.json'), JSON.stringify(index));
}

/** Pushes the tasks and then the pipeline that pins them. */
async function pushAll(more = ''): Promise<string> {
  const { pipeline, tasks } = upstream();
  let text = pipeline;
  for (const [name, body] of tasks) {
    const task = readTask(body).value?.name ?? name;
    const digest = await push(`task-${name}:real`, { kind: 'task', name: task, text: body });
    const pinned = new RegExp(`quay\\.io/${CATALOG}/(?:task-)?${name}:[\\w.-]+@sha256:[0-9a-f]{64}`, 'g');
    text = text.replace(pinned, `quay.io/${CATALOG}/task-${name}:real@${digest}`);
  }
  return push(`pipeline-${NAME}:devel`, { kind: 'pipeline', name: NAME, text: `${text}${more}` });
}

beforeAll(async () => {
  if (lacking) return;
  dir = mkdtempSync(join(tmpdir(), 'slipway-bundles-'));
  shore = await registry();
  const image = join(dir, 'image');
  const machine = { architecture: 'amd64', created: inHours(-5), labels: {}, layers: ['one'] };
  writeLayout(image, [machine]);
  await shore.push(image, 'team/image:latest');
  mkdirSync(join(dir, 'pipelines'));
  const walk = `schema: 1
kind: pipeline
title: Read from a bundle
summary: Read from a bundle
order: 1
intro: Read from a bundle
guide: [{ title: All, at: [init], text: All }]
sources: [{ title: A test }]
reads: { bundle: "quay.io/${CATALOG}/pipeline-${NAME}:devel", name: ${NAME} }
`;
  writeFileSync(join(dir, 'pipelines/upstream.yaml'), walk);
  const targets = `schema: 1
services: { quay: { registry: "https://quay.io" } }
targets:
  - { channel: mirror, variant: one, release: "45", repository: team/image, tag: latest, arches: [x86_64], cadence: { expect: 24h, fresh: 36h, stale: 72h } }
`;
  writeFileSync(join(dir, 'targets.yaml'), targets);
  const nobody = `http://127.0.0.1:${await freePort()}`;
  env = {
    SLIPWAY_QUAY_REGISTRY: `http://${shore.host}`,
    SLIPWAY_BODHI_API: nobody,
    SLIPWAY_ENDOFLIFE_API: nobody,
  };
}, 60_000);

afterAll(async () => {
  await shore?.close();
  if (dir) rmSync(dir, { recursive: true, force: true });
});

async function refreshed(...more: string[]) {
  await shore.asked();
  const out = join(dir, 'out');
  const places = ['--targets', join(dir, 'targets.yaml'), '--pipelines', join(dir, 'pipelines'), '--out', out];
  const { code, stderr, result } = await snapshot([...places, '--cache', join(dir, 'cache'), ...more], env);
  if (code !== 0) throw new Error(stderr);
  const asked = (await shore.asked()).filter((one) => one.includes(CATALOG));
  const seen = seenIn(out);
  return { pipeline: seen.pipelines[0], asked, bytes: result?.bytes ?? 0, problems: seen.problems };
}

function definitionOf(seen: SeenPipeline | undefined): PipelineDefinition {
  const path = join(dir, 'out/records', pipelineName(seen?.digest ?? ''));
  return PipelineDefinition.parse(JSON.parse(readFileSync(path, 'utf8')));
}

realTest(
  'a pipeline of sixteen tasks is read from its bundle with the text of every task, once; then one question is enough',
  async () => {
    const digest = await pushAll();
    const cold = await refreshed();
    expect(cold.pipeline).toMatchObject({ state: 'read', why: null, kind: 'bundle', digest });
    expect(cold.problems.filter(({ source }) => source === 'oci')).toEqual([]);
    const { tasks, faults, name } = definitionOf(cold.pipeline);
    expect([name, tasks.length, faults]).toEqual([NAME, 16, []]);
    // Upstream names one of its tasks by its name alone until it is published.
    const pinned = tasks.filter(({ ref }) => ref.bundle !== null);
    expect(pinned.length).toBeGreaterThanOrEqual(15);
    for (const { ref } of pinned) {
      const text = readFileSync(join(dir, 'cache/upstream', yamlName(ref.bundle?.split('@')[1] ?? '')), 'utf8');
      expect(readTask(text, ref.task ?? undefined).value?.steps.length).toBeGreaterThan(0);
    }
    const bundles = new Set(pinned.map(({ ref }) => ref.bundle)).size + 1;
    expect(cold.asked).toHaveLength(1 + 2 * bundles);
    const warm = await refreshed();
    expect(warm.asked).toEqual([`HEAD /v2/${CATALOG}/pipeline-${NAME}/manifests/devel`]);
    console.info(
      `A pipeline of ${tasks.length} tasks: ${cold.asked.length} requests, ${cold.bytes} bytes of the whole refresh; unchanged ${warm.asked.length} request, ${warm.bytes} bytes.`,
    );
  },
  120_000,
);

realTest(
  'another push of the pipeline is a new version, of which only what is new is fetched',
  async () => {
    const before = (await refreshed()).pipeline;
    const digest = await pushAll('\n# again\n');
    const { pipeline, asked } = await refreshed();
    expect(pipeline?.versions.map((one) => one.digest)).toEqual([digest, before?.digest]);
    expect(asked).toHaveLength(3);
  },
  120_000,
);

realTest('what is pushed under the tag and is no pipeline leaves what was known', async () => {
  const before = (await refreshed()).pipeline;
  await push(`pipeline-${NAME}:devel`, { kind: 'task', name: NAME, text: taskText(NAME) });
  const { pipeline, problems } = await refreshed();
  expect(pipeline).toMatchObject({ state: 'read', digest: before?.digest, readAt: before?.readAt });
  expect(pipeline?.why).toMatch(/holds no pipeline/);
  expect(problems).toContainEqual(expect.objectContaining({ source: 'oci', kind: 'unreadable' }));
});
