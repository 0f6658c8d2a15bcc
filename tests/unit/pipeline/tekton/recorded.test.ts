import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { PipelineDefinition, RunFile, TaskDefinition } from '#pipeline/definition.ts';
import { readPipeline, readRunFile, readTask } from '#pipeline/tekton/read.ts';

/** Konflux' and Fedora's own YAML, where it lies beside this checkout. */

const DATA = new URL('../../../../../shared/data/', import.meta.url);
const lacking = existsSync(DATA) ? null : 'the recorded YAML is not beside this checkout';
const read = (path: string) => readFileSync(new URL(path, DATA), 'utf8');

const DERIVED = 'konflux/derived/docker-build-multi-platform-oci-ta';
const Given = z.union([z.string(), z.array(z.string())]);
const Drawn = z.object({
  params: z.array(z.looseObject({ name: z.string() })),
  results: z.array(z.object({ name: z.string(), value: z.string() })),
  tasks: z.array(
    z.object({
      name: z.string(),
      task: z.string(),
      bundle: z.string().nullable(),
      runAfter: z.array(z.string()),
      when: z.array(z.object({ input: z.string(), operator: z.string(), values: z.array(z.string()) })),
      matrix: z.object({ params: z.array(z.object({ name: z.string(), value: Given })) }).nullable(),
      workspaces: z.array(z.object({ name: z.string(), workspace: z.string() })),
      params: z.record(z.string(), Given),
    }),
  ),
});

test("upstream's multi-platform build is read as it was rendered", (context) => {
  if (lacking) context.skip(lacking);
  const { value, faults } = readPipeline(read(`${DERIVED}.rendered.yaml`));
  const drawn = Drawn.parse(JSON.parse(read(`${DERIVED}.dag.json`)));
  expect(faults).toEqual([]);
  expect(value?.tasks.length).toBe(16);
  expect(value?.tasks.filter(({ matrix }) => matrix.length > 0).length).toBe(4);
  expect(value?.params.map(({ name }) => name)).toEqual(drawn.params.map(({ name }) => name));
  expect(value?.results).toEqual(drawn.results);
  expect(
    value?.tasks.map(({ name, ref, runAfter, when, matrix, workspaces, params }) => ({
      ...{ name, task: ref.task, bundle: ref.bundle, runAfter, when, workspaces },
      matrix: matrix.length > 0 ? { params: matrix } : null,
      params: Object.fromEntries(params.map((one) => [one.name, one.value])),
    })),
  ).toEqual(drawn.tasks);
});

test('the lines of each task hold this task and no other', (context) => {
  if (lacking) context.skip(lacking);
  const text = read('konflux/pipelines/docker-build-multi-platform-oci-ta/docker-build-multi-platform-oci-ta.yaml');
  const lines = text.split('\n');
  const tasks = readPipeline(text).value?.tasks ?? [];
  expect(tasks.length).toBe(16);
  const starts = lines.flatMap((line, index) => (/^ {2}- (name|matrix):/.test(line) ? [index + 1] : []));
  const from = lines.indexOf('  tasks:') + 1;
  const written = starts.filter((line) => line > from);
  expect(tasks.map((task) => task.lines?.from)).toEqual(written.slice(0, 16));
  tasks.forEach((task, index) => {
    const own = lines.slice((task.lines?.from ?? 0) - 1, task.lines?.to).join('\n');
    expect(own).toMatch(new RegExp(`^(  - |    )name: ${task.name}$`, 'm'));
    const next = tasks[index + 1]?.lines?.from;
    if (next) expect(task.lines?.to).toBe(next - 1);
  });
});

test.for<[path: string, name: string, tasks: number, last: number]>([
  ['fedora/bootc-image-builder/bootc-image-builder-push.yaml', 'bootc-image-builder-on-push', 22, 2],
  ['fedora/release-service-catalog/push-to-external-registry.yaml', 'push-to-external-registry', 10, 1],
  ['konflux/derived/docker-build-oci-ta.rendered.yaml', 'docker-build-oci-ta', 16, 0],
  ['konflux/pipelines/template-build/template-build.yaml', 'template-build', 16, 0],
  ['quay/chains/input-pipelinerun1.json', 'test-pipeline', 2, 0],
])('%s holds a pipeline', ([path, name, tasks, last], context) => {
  if (lacking) context.skip(lacking);
  const { value, faults } = readPipeline(read(path));
  expect(faults).toEqual([]);
  expect(PipelineDefinition.parse(value)).toEqual(value);
  expect([value?.name, value?.tasks.length, value?.tasks.filter((one) => one.isFinally).length]).toEqual([
    name,
    tasks,
    last,
  ]);
  expect(value?.tasks.every((task) => task.lines && task.lines.from <= task.lines.to)).toBe(true);
});

const FIXTURES = 'konflux/fixtures/konflux-ui/src/';
const Run = z.looseObject({
  kind: z.literal('PipelineRun'),
  status: z.looseObject({
    pipelineSpec: z.looseObject({
      tasks: z.array(z.looseObject({ name: z.string() })),
      finally: z.array(z.looseObject({ name: z.string() })).optional(),
    }),
  }),
});

/** All runs with their pipeline, wherever they lie in a fixture. */
function runsIn(value: unknown): z.infer<typeof Run>[] {
  const run = Run.safeParse(value);
  if (run.success) return [run.data];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(runsIn) : [];
}

test("the pipelines that are in the runs of Konflux' own fixtures are read", (context) => {
  if (lacking) context.skip(lacking);
  const files = readdirSync(new URL(FIXTURES, DATA), { recursive: true, encoding: 'utf8' });
  const runs = files
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => runsIn(JSON.parse(read(FIXTURES + file))));
  expect(runs.length).toBeGreaterThan(10);
  for (const run of runs) {
    const { tasks, finally: last = [] } = run.status.pipelineSpec;
    const { value, faults } = readPipeline(JSON.stringify(run));
    // Some of these were changed by a machine that wrote a bundle where its resolver belongs.
    expect(faults.filter((fault) => !/its resolver “quay\.io\/.*is not known here/.test(fault))).toEqual([]);
    expect(PipelineDefinition.parse(value).tasks.map(({ name }) => name)).toEqual(
      [...tasks, ...last].map(({ name }) => name),
    );
  }
});

const TASKS = 'konflux/tasks/';
test('all tasks of Konflux are read with their params, results and steps', (context) => {
  if (lacking) context.skip(lacking);
  const files = readdirSync(new URL(TASKS, DATA)).filter((name) => name.endsWith('.yaml'));
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    const { value, faults } = readTask(read(TASKS + file));
    expect([file, ...faults]).toEqual([file]);
    expect(TaskDefinition.parse(value)).toEqual(value);
    expect(file.startsWith(`${value?.name}-`), file).toBe(true);
    expect(value?.version, file).toMatch(/^\d+\.\d+/);
    expect(Math.min(value?.params.length ?? 0, value?.steps.length ?? 0), file).toBeGreaterThan(0);
    expect(
      value?.steps.every(({ image }) => image?.includes('/')),
      file,
    ).toBe(true);
  }
  expect(readTask(read(`${TASKS}git-clone-oci-ta-0.2.yaml`)).value?.results.map(({ name }) => name)).toContain(
    'SOURCE_ARTIFACT',
  );
});

test('what Fedora asks Konflux for is read with its bundle, its values and its timeout', (context) => {
  if (lacking) context.skip(lacking);
  const { value, faults } = readRunFile(read('fedora/base-images/fedora-bootc-45-standard-push.yaml'));
  expect(faults).toEqual([]);
  expect(RunFile.parse(value)).toMatchObject({
    name: 'fedora-bootc-45-standard-on-push',
    pipeline: { resolver: 'bundles', task: 'buildah-build-bootc-multi-platform-oci-ta' },
    embedded: null,
    timeout: '6h',
  });
  expect(value?.pipeline.bundle).toMatch(/^quay\.io\/bootc-devel\/tekton-catalog\/pipeline-.*@sha256:[0-9a-f]{64}$/);
  expect(value?.when).toContain('"standard.yaml".pathChanged()');
  const given = Object.fromEntries(value?.given.map((one) => [one.name, one.value]) ?? []);
  expect(given['build-platforms']).toEqual(['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x']);
  expect([given['privileged-nested'], given['revision']]).toEqual(['true', '{{revision}}']);
});

test("a template of CoreOS' pipeline says that it is one", (context) => {
  if (lacking) context.skip(lacking);
  const { value, faults } = readRunFile(read('fedora/fedora-coreos-config/pipelinerun.yaml.j2'));
  expect([value, ...faults]).toEqual([null, expect.stringMatching(/^Line 13: this is a template/)]);
});

test('every PipelineRun that Fedora keeps in a repository is read', (context) => {
  if (lacking) context.skip(lacking);
  const folders = ['base-images', 'bootc-image-builder', 'coreos-assembler', 'fedora-coreos-config'];
  const files = folders.flatMap((folder) =>
    readdirSync(new URL(`fedora/${folder}/`, DATA)).map((name) => `fedora/${folder}/${name}`),
  );
  const runs = files.filter((file) => /kind: PipelineRun/.test(read(file)) && file.endsWith('.yaml'));
  expect(runs.length).toBeGreaterThan(8);
  for (const file of runs) expect([file, readRunFile(read(file)).faults]).toEqual([file, []]);
});
