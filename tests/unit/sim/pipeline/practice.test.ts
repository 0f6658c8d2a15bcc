import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { PRACTICE } from '#sim/pipeline/practice.ts';
import { meantBy, stepsOf, timeline } from '#sim/pipeline/timeline.ts';
import { givenBy, givenTo, type Made } from '#sim/pipeline/values.ts';

/** The runs that the simulator makes up, held against the practice pipelines that it serves. */

const FOLDER = 'content/worlds/tekton';
const Named = z.object({ name: z.string() });
const Pipeline = z.object({
  spec: z.object({
    params: z.array(Named),
    tasks: z.array(
      z.object({
        name: z.string(),
        runAfter: z.array(z.string()).default([]),
        when: z.array(z.object({ input: z.string(), values: z.array(z.string()) })).default([]),
        matrix: z.object({ params: z.array(Named) }).optional(),
        taskRef: z.object({ params: z.array(z.object({ name: z.string(), value: z.string() })) }),
        params: z.array(Named),
      }),
    ),
  }),
});
const Task = z.object({
  metadata: Named,
  spec: z.object({
    params: z.array(Named.extend({ default: z.unknown().optional() })).default([]),
    results: z.array(Named).default([]),
    steps: z.array(Named),
  }),
});
const read = (name: string): unknown => parse(readFileSync(`${FOLDER}/${name}.yaml`, 'utf8'));
const FEDORA = Pipeline.parse(read('pipeline-buildah-build-bootc-multi-platform-oci-ta')).spec;
const UPSTREAM = Pipeline.parse(read('pipeline-docker-build-multi-platform-oci-ta')).spec;
const taskOf = (name: string) => Task.parse(read(`task-${name}`)).spec;
const ARCHES = ['x86_64', 'aarch64', 'ppc64le', 's390x'] as const;
const ALL = { arches: ARCHES, startMs: 0, lengthMs: 720_000, isMeant: meantBy(null) };
const MADE: Made = {
  ...{ place: 'quay.io/a/b', tag: 't', source: 'https://example.org/s', commit: 'sample', digest: 'sha256:1' },
  ...{ legs: new Map(ARCHES.map((arch) => [arch, { digest: `sha256:${arch}`, sbom: 'sha256:5' }])), buildArgs: [] },
  checks: 'SUCCESS',
};

test('the run has the tasks of the practice pipeline, in its order, after the same tasks', () => {
  const planned = FEDORA.tasks.map(({ name, runAfter, when, matrix, taskRef: { params } }) => ({
    ...{ name, after: runAfter[0] ?? null, leg: matrix?.params[0]?.name ?? null },
    when: when[0] ? [when[0].input.replace(/^\$\(params\.(.*)\)$/, '$1'), when[0].values[0]] : null,
    task: params.find((one) => one.name === 'name')?.value,
  }));
  expect(PRACTICE.map(({ name, after, leg, when, task }) => ({ name, after, leg, when, task }))).toEqual(planned);
});

test("Fedora's pipeline is upstream's with three parameters and a task more", () => {
  const more = (ours: { name: string }[], theirs: { name: string }[]) =>
    ours.flatMap(({ name }) => (theirs.some((one) => one.name === name) ? [] : [name]));
  expect(more(FEDORA.params, UPSTREAM.params)).toEqual(['labels', 'workingdir-mount', 'clone-depth']);
  expect(more(FEDORA.tasks, UPSTREAM.tasks)).toEqual(['prepare-build-context']);
  expect([UPSTREAM.tasks.length, UPSTREAM.params.length]).toEqual([16, 22]);
  expect([more(UPSTREAM.params, FEDORA.params), more(UPSTREAM.tasks, FEDORA.tasks)]).toEqual([[], []]);
});

test.each(PRACTICE.map((one) => [one.name, one] as const))(
  '%s has the steps, parameters and results of its task',
  (_, of) => {
    const task = taskOf(of.task);
    expect(of.steps.map(([name]) => name)).toEqual(task.steps.map(({ name }) => name));
    expect(of.steps.reduce((sum, [, share]) => sum + share, 0)).toBeCloseTo(1);
    const leg = { of, arch: of.leg ? ('s390x' as const) : null, createdMs: 0, startMs: 0, endMs: 9_000 };
    const [known, gives] = [task.params.map(({ name }) => name), task.results.map(({ name }) => name)];
    expect(Object.keys(givenTo(leg, MADE)).filter((name) => !known.includes(name))).toEqual([]);
    expect(Object.keys(givenBy(leg, MADE)).filter((name) => !gives.includes(name))).toEqual([]);
  },
);

test.each([...FEDORA.tasks, ...UPSTREAM.tasks])(
  '$name gives its task what that needs and nothing that it does not know',
  (one) => {
    const { params } = taskOf(one.taskRef.params.find(({ name }) => name === 'name')?.value ?? '');
    const given = [...one.params, ...(one.matrix?.params ?? [])].map(({ name }) => name);
    expect(given.filter((name) => !params.some((param) => param.name === name))).toEqual([]);
    const needed = params.flatMap((param) => ('default' in param && param.default !== undefined ? [] : [param.name]));
    expect(needed.filter((name) => !given.includes(name))).toEqual([]);
  },
);

test('four arches make 28 task runs, two make 20; no sources are kept', () => {
  expect(timeline(ALL)).toHaveLength(28);
  expect(timeline({ ...ALL, arches: ['x86_64', 'aarch64'] })).toHaveLength(20);
  expect(timeline(ALL).some(({ of }) => of.name === 'build-source-image')).toBe(false);
});

test('no leg begins before what it waits for has ended; the run is filled and not overrun', () => {
  const legs = timeline(ALL);
  const endOf = (name: string | null) =>
    Math.max(0, ...legs.flatMap((leg) => (leg.of.name === name ? [leg.endMs] : [])));
  for (const leg of legs) {
    expect(leg.createdMs).toBeGreaterThanOrEqual(endOf(leg.of.after));
    expect(leg.startMs).toBeGreaterThan(leg.createdMs);
    expect(leg.endMs).toBeGreaterThan(leg.startMs);
    const steps = stepsOf(leg);
    expect([steps[0]?.startMs, steps.at(-1)?.endMs]).toEqual([leg.startMs, leg.endMs]);
  }
  const last = Math.max(...legs.map(({ endMs }) => endMs));
  expect(720_000 - last).toBeLessThan(5_000);
  expect(last).toBeLessThanOrEqual(720_000);
});

test('after a task that broke nothing comes, and what began beside it ends', () => {
  const names = (brokenAt: string) => [...new Set(timeline({ ...ALL, brokenAt }).map(({ of }) => of.name))];
  expect(names('build-images')).toEqual(PRACTICE.slice(0, 5).map(({ name }) => name));
  expect(names('clair-scan')).toHaveLength(16);
  expect(names('of-the-world').at(-1)).toBe('of-the-world');
});

test('a task that an older pipeline does not have is left out, and its followers are not', () => {
  const bundles = PRACTICE.flatMap(({ task }) =>
    task === 'prepare-build-context' ? [] : [`quay.io/x/task-${task}:1`],
  );
  const legs = timeline({ ...ALL, isMeant: meantBy(bundles) });
  expect(legs).toHaveLength(27);
  expect(legs.some(({ of }) => of.name === 'prefetch-dependencies')).toBe(true);
});
