import { expect, test } from 'vitest';
import { merge } from '#sources/merge.ts';
import { Snapshot } from '#status/model.ts';
import { expand } from '#status/targets.ts';
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
