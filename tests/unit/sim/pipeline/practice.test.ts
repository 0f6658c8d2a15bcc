import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { paceOf } from '#sim/pipeline/pace.ts';
import { PRACTICE } from '#sim/pipeline/practice.ts';
import { courseOf, type Leg, legsAt, meantBy, type Plan, type Stop, stepsOf } from '#sim/pipeline/timeline.ts';
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
const ALL: Plan = { seed: 'sample', arches: ARCHES, isMeant: meantBy(null), stop: null };
const legsOf = (more: Partial<Plan> = {}): Leg[] => legsAt(courseOf({ ...ALL, ...more }), 0);
const broken = (task: string, more: Partial<Extract<Stop, { how: 'broken' }>> = {}): Partial<Plan> => ({
  stop: { how: 'broken', task, step: 'build', arches: [], ...more },
});
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
    const [arch, nth] = of.leg ? (['s390x', 3] as const) : [null, null];
    const leg: Leg = { of, arch, nth, createdMs: 0, startMs: 0, endMs: 9_000, plannedMs: 9_000 };
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
  expect(legsOf()).toHaveLength(28);
  expect(legsOf({ arches: ['x86_64', 'aarch64'] })).toHaveLength(20);
  expect(legsOf().some(({ of }) => of.name === 'build-source-image')).toBe(false);
});

test('no leg begins before what it waits for has ended; the run is filled and not overrun', () => {
  const { seconds } = courseOf(ALL);
  const legs = legsOf();
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
  expect(seconds * 1_000 - last).toBeLessThan(5_000);
  expect(last).toBeLessThanOrEqual(seconds * 1_000);
});

const SEEDS = Array.from({ length: 600 }, (_, index) => `run ${index}`);

test('runs take about twelve minutes and differ; one of six waits for a machine, one of six has a slow task', () => {
  const runs = SEEDS.map((seed) => ({ ...paceOf(seed, ARCHES), ...courseOf({ ...ALL, seed }) }));
  const usual = runs.filter(({ late, slow }) => !late && !slow).map(({ seconds }) => seconds / 60);
  expect(Math.min(...usual)).toBeGreaterThan(9);
  expect(Math.max(...usual)).toBeLessThan(15.5);
  expect(Math.max(...usual) - Math.min(...usual)).toBeGreaterThan(3);
  expect(Math.max(...runs.map(({ seconds }) => seconds / 60))).toBeLessThan(30);
  for (const of of ['late', 'slow'] as const) {
    const share = runs.filter((run) => run[of] !== null).length / runs.length;
    expect(share).toBeGreaterThan(0.12);
    expect(share).toBeLessThan(0.22);
  }
  expect(new Set(runs.map(({ late }) => late))).toEqual(new Set([null, 's390x', 'ppc64le']));
});

test('a run with a late machine shows one leg that waits, one with a slow task a task that is slow', () => {
  for (const seed of SEEDS) {
    const { late, slow } = paceOf(seed, ARCHES);
    const legs = legsOf({ seed });
    for (const leg of legs.filter(({ of }) => of.name === 'build-images'))
      expect(leg.startMs - leg.createdMs >= 240_000).toBe(leg.arch === late);
    for (const { of, startMs, endMs } of legs) expect(endMs - startMs > of.takes * 1.75 * 1_000).toBe(of.name === slow);
  }
});

test('an arch that is not built is not waited for', () => {
  expect(SEEDS.every((seed) => paceOf(seed, ['x86_64', 'aarch64']).late === null)).toBe(true);
});

test('a seed gives the same run each time, and each its own', () => {
  expect(legsOf({ seed: 'a' })).toEqual(legsOf({ seed: 'a' }));
  expect(legsOf({ seed: 'a' })).not.toEqual(legsOf({ seed: 'b' }));
});

test('after a task that broke nothing comes, and what began beside it ends', () => {
  const names = (task: string) => [...new Set(legsOf(broken(task)).map(({ of }) => of.name))];
  expect(names('build-images')).toEqual(PRACTICE.slice(0, 5).map(({ name }) => name));
  expect(names('clair-scan')).toHaveLength(16);
  expect(names('of-the-world').at(-1)).toBe('of-the-world');
});

test.each(SEEDS.slice(0, 30))('a leg breaks in the middle of its step, and the run ends soon after: %s', (seed) => {
  const stop = broken('build-images', { arches: ['s390x'] });
  const good = legsOf({ seed });
  const legs = legsOf({ seed, ...stop });
  const of = (all: readonly Leg[], arch: string) =>
    all.find((leg) => leg.of.name === 'build-images' && leg.arch === arch);
  expect(of(legs, 'x86_64')).toEqual(of(good, 'x86_64'));
  const leg = of(legs, 's390x');
  const build = leg && stepsOf(leg).at(-1);
  expect(build).toMatchObject({ name: 'build', endMs: leg?.endMs });
  expect(leg?.endMs).toBeLessThan(of(good, 's390x')?.endMs ?? 0);
  const last = Math.max(...legs.map(({ endMs }) => endMs));
  expect(courseOf({ ...ALL, seed, ...stop }).seconds * 1_000 - last).toBeLessThan(5_000);
});

test('a run that is cancelled ends while it builds, one that hangs has nothing after its builds', () => {
  const cancelled = legsOf({ stop: { how: 'cancelled' } });
  expect(cancelled.filter(({ endMs, plannedMs }) => endMs < plannedMs).map(({ of }) => of.name)).toContain(
    'build-images',
  );
  for (const leg of cancelled) expect(leg.endMs).toBeGreaterThan(leg.startMs);
  const hanging = legsOf({ stop: { how: 'hangs' } });
  expect(hanging.at(-1)?.of.name).toBe('build-images');
  expect(hanging.every(({ endMs, plannedMs }) => endMs === plannedMs)).toBe(true);
});

test('a run of a given length is the same run, slower or quicker', () => {
  const course = courseOf(ALL);
  const legs = legsAt(course, 1_000, 600_000);
  expect(legs).toHaveLength(28);
  expect(Math.max(...legs.map(({ endMs }) => endMs))).toBeLessThanOrEqual(601_000);
  expect(Math.min(...legs.map(({ createdMs }) => createdMs))).toBeGreaterThanOrEqual(1_000);
});

test('a task that an older pipeline does not have is left out, and its followers are not', () => {
  const bundles = PRACTICE.flatMap(({ task }) =>
    task === 'prepare-build-context' ? [] : [`quay.io/x/task-${task}:1`],
  );
  const legs = legsOf({ isMeant: meantBy(bundles) });
  expect(legs).toHaveLength(27);
  expect(legs.some(({ of }) => of.name === 'prefetch-dependencies')).toBe(true);
});
