import { expect, test } from 'vitest';
import { pretendClock } from '#host/clock.ts';
import type { Walkthrough } from '#pipeline/walkthrough.ts';
import { simulate } from '#sim/index.ts';
import { clients } from '#sources/clients.ts';
import { inMemory } from '#sources/content.ts';
import { examine } from '#sources/doctor/examine.ts';
import { DoctorReport } from '#status/doctor.ts';
import { expand } from '#status/targets.ts';
import type { World } from '#world/model.ts';
import { ALL, committedFile, pipelineText, pipelineWorld, walkOf } from '../../../support/pipelines.ts';
import { REPOSITORIES, smallWorld } from '../../../support/world.ts';

async function doctor(world: World, walkthroughs: readonly Walkthrough[] = []): Promise<Record<string, string>> {
  const nowMs = Date.parse(world.now);
  const surroundings = {
    fetch: simulate(world),
    clock: pretendClock(nowMs, 100),
    isMultiplexed: () => true,
    content: inMemory(),
    services: world.watch.services,
    env: {},
  };
  const results = await examine({
    ...surroundings,
    clients: clients(surroundings),
    targets: expand(world.watch).targets,
    services: world.watch.services,
    walkthroughs,
    nowMs,
  });
  expect(() => DoctorReport.parse({ at: world.now, results })).not.toThrow();
  return Object.fromEntries(results.map(({ id, outcome }) => [id, outcome]));
}

const withReleases = (more: string) => {
  const { releases, ...rest } = smallWorld(more);
  return {
    ...rest,
    releases: [
      ...releases,
      {
        name: 'F46',
        version: '46',
        branch: 'rawhide',
        bodhi: { state: 'pending' as const, eol: null, released: null },
      },
    ],
  };
};

test('every assumption holds in the simulator that makes it', async () => {
  const outcomes = await doctor(withReleases(''));
  expect(Object.entries(outcomes).filter(([, outcome]) => outcome !== 'holds')).toEqual([]);
});

test('a service that differs is told apart from one that did not answer', async () => {
  const differing = await doctor(
    withReleases(
      `${REPOSITORIES}faults:\n  - { source: bodhi, kind: wrong-types }\n  - { source: endoflife, kind: refuse }\n`,
    ),
  );
  expect([differing['bodhi.states'], differing['endoflife.fedora'], differing['quay.namespace-list']]).toEqual([
    'differs',
    'could-not-ask',
    'holds',
  ]);
});

test('without the sparse fields it says so, and a repository that is not there is named', async () => {
  const world = withReleases(
    'quay: { sparseFields: false }\nrepositories:\n  - { repository: bootc-devel/fedora-bootc-45-standard, tags: { latest: [-29h, -5h] } }\n',
  );
  const outcomes = await doctor(world);
  expect([outcomes['quay.sparse-fields'], outcomes['targets.exist']]).toEqual(['differs', 'differs']);
});

const PLACES = ['bundle.annotations', 'github.file', 'gitlab.file'] as const;

test('the places from which pipelines are read are asked for', async () => {
  const outcomes = await doctor(pipelineWorld({ files: committedFile('-1h', pipelineText('a', [])) }), ALL);
  expect(PLACES.map((id) => outcomes[id])).toEqual(['holds', 'holds', 'holds']);
});

test('a bundle that holds something else differs, and a file that cannot be had was not asked', async () => {
  const task = walkOf('task', 'reads: { bundle: "quay.io/sample/catalog/task-one:1", name: one }');
  const world = pipelineWorld({ faults: '  - { source: gitlab, kind: 403 }\n' });
  const outcomes = await doctor(world, [task, ...ALL]);
  expect(PLACES.map((id) => outcomes[id])).toEqual(['differs', 'holds', 'could-not-ask']);
});
