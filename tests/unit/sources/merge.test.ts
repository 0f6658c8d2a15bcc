import { expect, test } from 'vitest';
import { merge } from '#sources/merge.ts';
import { Snapshot } from '#status/model.ts';
import { problem } from '#status/problems.ts';
import { expand } from '#status/targets.ts';
import { forgeWorld } from '../../support/forges.ts';
import { ALL, pipelineWorld } from '../../support/pipelines.ts';
import { imageOf, smallWorld, snapshotOf } from '../../support/world.ts';

test('the shards of a refresh joined are the refresh', async () => {
  const world = smallWorld();
  const watch = { file: world.watch, targets: expand(world.watch).targets };
  const whole = await snapshotOf(world);
  const parts = await Promise.all(
    [0, 1].map((shard) => snapshotOf(world, { isMine: (_target, index) => index % 2 === shard })),
  );
  for (const part of parts) expect(part.images.filter(({ lastPoll }) => lastPoll)).toHaveLength(1);
  const merged = merge(parts, watch);
  expect(() => Snapshot.parse(merged)).not.toThrow();
  expect(merged.images).toEqual(whole.images);
  expect(merged.mode).toBe('live');
  const requests = (snapshot: Snapshot) => snapshot.sources.find(({ id }) => id === 'oci')?.requests;
  expect(requests(merged)).toBe(requests(whole));
});

test('takes of each image what was polled last, and tells that a source failed in one part', async () => {
  const world = smallWorld();
  const watch = { file: world.watch, targets: expand(world.watch).targets };
  const early = await snapshotOf(world);
  const late = await snapshotOf(smallWorld('faults:\n  - { source: bodhi, kind: 500 }\n'), {
    previous: early,
    afterMs: 60_000,
  });
  const merged = merge([late, early], watch);
  expect(imageOf(merged, 'development/standard/45').lastPoll?.at).toBe(late.generatedAt);
  expect(merged.sources.find(({ id }) => id === 'bodhi')).toMatchObject({
    state: 'partial',
    problems: 1,
    lastGoodAt: early.generatedAt,
  });
});

test('takes what each forge said from the shard that it answered last', async () => {
  const world = forgeWorld();
  const watch = { file: world.watch, targets: expand(world.watch).targets };
  const asked = await snapshotOf(world);
  const later = await snapshotOf(world, { only: new Set(['quay', 'gitlab'] as const), afterMs: 60_000 });
  expect(later.blockers.some(({ source }) => source === 'github')).toBe(false);
  const { blockers } = merge([asked, later], watch);
  const checkedAt = (source: string) =>
    new Set(blockers.flatMap((one) => (one.source === source ? one.checkedAt : [])));
  expect(checkedAt('github')).toEqual(new Set([asked.generatedAt]));
  expect(checkedAt('gitlab')).toEqual(new Set([later.generatedAt]));
});

test('a problem that the shard which asked no longer has is gone', async () => {
  const world = forgeWorld();
  const watch = { file: world.watch, targets: expand(world.watch).targets };
  const whole = await snapshotOf(world);
  const stale = problem('github', null, 'server-error', 'it was down', whole.generatedAt);
  const before = { ...whole, problems: [stale] };
  const first = await snapshotOf(world, { previous: before, afterMs: 60_000 });
  const second = await snapshotOf(world, { previous: before, only: new Set(['quay'] as const), afterMs: 60_000 });
  expect(second.problems).toContainEqual(stale);
  expect(merge([first, second], watch).problems).not.toContainEqual(stale);
  expect(merge([second, second], watch).problems).toContainEqual(stale);
});

test('takes of each pipeline what was seen last, and of walkthroughs those that the newest part knows', async () => {
  const world = pipelineWorld();
  const watch = { file: world.watch, targets: expand(world.watch).targets };
  const early = await snapshotOf(world, { walkthroughs: ALL });
  const only = new Set(['quay', 'github'] as const);
  const late = await snapshotOf(world, { walkthroughs: ALL.slice(1), previous: early, only, afterMs: 7_200_000 });
  const other = await snapshotOf(world, { walkthroughs: ALL, previous: early, afterMs: 3_600_000 });
  const { pipelines } = merge([early, late, other], watch);
  expect(pipelines.map(({ id, readAt }) => [id, readAt])).toEqual([
    ['run', other.generatedAt],
    ['file', late.generatedAt],
  ]);
  const failed = { ...early, pipelines: early.pipelines.map((one) => ({ ...one, why: 'It is gone.' })) };
  const merged = merge([early, failed], watch).pipelines;
  expect(merged.map(({ why }) => why)).toEqual(['It is gone.', 'It is gone.', 'It is gone.']);
});

test('pipelines come from the shard that read them, though another is newer and has never read any', async () => {
  const world = pipelineWorld();
  const watch = { file: world.watch, targets: expand(world.watch).targets };
  const first = await snapshotOf(world, { walkthroughs: ALL });
  const second = await snapshotOf(world, { afterMs: 60_000 });
  expect([first.pipelines.length, second.pipelines]).toEqual([3, []]);
  expect(merge([second, first], watch).pipelines).toEqual(first.pipelines);
  const kept = await snapshotOf(world, { previous: first, afterMs: 120_000 });
  expect(kept.pipelines).toEqual(first.pipelines);
});

test('a part whose clock ran ahead does not outdo what was read since', async () => {
  const world = pipelineWorld();
  const watch = { file: world.watch, targets: expand(world.watch).targets };
  const read = await snapshotOf(world, { walkthroughs: ALL });
  const ahead = read.pipelines.map((one) => ({ ...one, digest: null, readAt: '2031-01-01T00:00:00.000Z' }));
  for (const parts of [
    [read, { ...read, pipelines: ahead }],
    [{ ...read, pipelines: ahead }, read],
  ])
    expect(merge(parts, watch).pipelines).toEqual(read.pipelines);
});

test('several problems of a source and kind that are about several places stay several', async () => {
  const world = pipelineWorld();
  const watch = { file: world.watch, targets: expand(world.watch).targets };
  const part = await snapshotOf(world, { walkthroughs: ALL });
  const problems = ['pipeline a: no', 'pipeline b: no'].map((text) =>
    problem('oci', null, 'unreadable', text, part.generatedAt),
  );
  const other = { ...part, problems: problems.slice(0, 1) };
  expect(merge([{ ...part, problems }, other], watch).problems).toEqual(problems);
});
