import { expect, test } from 'vitest';
import { diff } from '#status/diff.ts';
import type { Image } from '#status/model.ts';
import { digest, hoursAgo, image, NOW, snapshot } from '../../support/snapshot.ts';

const ID = 'development/standard/45';
const between = (before: Image | null, after: Image) =>
  diff(before ? snapshot([before], { generatedAt: hoursAgo(1) }) : null, snapshot([after])).map(
    ({ type, at, arch, from, to, digest: to_ }) =>
      Object.fromEntries(
        Object.entries({ type, at, arch, from, to, digest: to_ }).filter(([, value]) => value !== undefined),
      ),
  );
const whole = { platforms: ['linux/amd64'], alsoTagged: [] };

test('without an earlier snapshot it tells what the registry remembers', () => {
  const moves = [
    { digest: digest('b'), from: hoursAgo(5), to: null },
    { digest: digest('a'), from: hoursAgo(29), to: hoursAgo(5) },
  ];
  const changes = diff(null, snapshot([image(ID, 'fresh', { history: moves })]));
  expect(changes.map(({ type, at, digest: to, previousDigest }) => [type, at, to, previousDigest])).toEqual([
    ['tag.moved', hoursAgo(5), digest('b'), digest('a')],
    ['tag.moved', hoursAgo(29), digest('a'), undefined],
  ]);
});

test('says nothing where nothing has changed', () => {
  expect(between(image(ID), image(ID))).toEqual([]);
});

test('tells a removed tag at the moment of its end', () => {
  const gone = image(ID, 'withdrawn', {
    absentSince: NOW,
    history: [{ digest: digest(ID), from: hoursAgo(30), to: hoursAgo(2) }],
  });
  const before = image(ID, 'fresh', { history: [{ digest: digest(ID), from: hoursAgo(30), to: null }] });
  expect(between(before, gone)).toContainEqual({ type: 'tag.removed', at: hoursAgo(2), digest: digest(ID) });
  expect(between(gone, gone)).toEqual([]);
});

test('tells an arch that went missing and one that came back, once for each digest', () => {
  const good = image(ID, 'fresh', whole);
  const lacking = image(ID, 'arch-missing', {
    ...whole,
    digest: digest('other'),
    taggedAt: hoursAgo(1),
    history: good.history,
  });
  expect(between(good, lacking)).toContainEqual({
    type: 'arch.missing',
    at: hoursAgo(1),
    arch: 's390x',
    digest: digest('other'),
  });
  expect(between(lacking, good).map(({ type }) => type)).toEqual(['arch.restored', 'state.changed']);
  expect(between(lacking, lacking)).toEqual([]);
});

test('dates a change of the headline to its beginning, where that lies after the last look', () => {
  const before = image(ID, 'fresh', { lastPoll: { at: hoursAgo(3), outcome: 'ok', by: {} } });
  const aged = image(ID, 'aging', { history: before.history });
  const since = (at: string) => ({ ...aged, verdict: { ...aged.verdict, since: at } });
  expect(between(before, since(hoursAgo(2)))).toEqual([
    { type: 'state.changed', at: hoursAgo(2), from: 'fresh', to: 'aging' },
  ]);
  expect(between(before, since(hoursAgo(20)))).toEqual([
    { type: 'state.changed', at: NOW, from: 'fresh', to: 'aging' },
  ]);
});

test('tells when a source goes down and comes back, and not while it was not asked', () => {
  const of = (state: 'ok' | 'failed' | 'partial' | 'skipped', at = NOW) => {
    const base = snapshot([], { generatedAt: at });
    return { ...base, sources: base.sources.map((one) => (one.id === 'quay' ? { ...one, state } : one)) };
  };
  const told = (before: Parameters<typeof of>[0], after: Parameters<typeof of>[0]) =>
    diff(of(before), of(after)).map(({ type }) => type);
  expect(told('ok', 'failed')).toEqual(['source.down']);
  expect(told('failed', 'partial')).toEqual(['source.up']);
  expect(told('ok', 'partial')).toEqual([]);
  expect(told('skipped', 'failed')).toEqual([]);
});
