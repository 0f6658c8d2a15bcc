import { expect, test } from 'vitest';
import BlockedProjects from '#components/status/blockers/BlockedProjects.astro';
import ClosedBlockers from '#components/status/blockers/ClosedBlockers.astro';
import ForgeChanges from '#components/status/blockers/ForgeChanges.astro';
import ForgeReleases from '#components/status/blockers/ForgeReleases.astro';
import { readWorld } from '#host/world.ts';
import { type BlockersView, blockersView } from '#status/text/blocker.ts';
import { render, spoken } from '../../../support/render.ts';
import { snapshotOf } from '../../../support/world.ts';

const OPEN = { word: 'open', shape: 'triangle', bucket: 'attention' } as const;
const ROW: BlockersView['projects'][number]['rows'][number] = {
  name: 'up/stream#7',
  title: '<b>Broken</b>',
  url: 'https://github.com/up/stream/issues/7',
  why: 'It is broken.',
  blocks: 'CoreOS',
  since: '1 Oct 2026',
  state: OPEN,
  age: '2 d',
  assignees: 'unassigned',
};

test('shows a blocker with whom it blocks, since when, its state, its age and who has it', async () => {
  const html = await render(BlockedProjects, { projects: [{ project: 'up/stream', id: 'p', rows: [ROW] }] });
  expect(spoken(html)).toContain('up/stream#7 It is broken. CoreOS 1 Oct 2026 open 2 d unassigned');
  expect(html).toContain('href="https://github.com/up/stream/issues/7"');
  expect(html).not.toContain('<b>Broken');
});

test('a row without an address is no link', async () => {
  const html = await render(BlockedProjects, { projects: [{ project: 'p', id: 'p', rows: [{ ...ROW, url: null }] }] });
  expect(html).not.toContain('<a ');
});

test('says where there is nothing', async () => {
  expect(spoken(await render(BlockedProjects, { projects: [] }))).toContain('Nothing that we know of.');
  expect(spoken(await render(ForgeChanges, { changes: [] }))).toContain('None that we know of.');
  expect(await render(ForgeReleases, { releases: [] })).not.toContain('<table');
  expect(await render(ClosedBlockers, { closed: [] })).not.toContain('<table');
});

test('shows changes by release with the state of their pipeline', async () => {
  const pipeline = { word: 'failed', shape: 'cross', bucket: 'bad' };
  const rows = [
    { name: 'fe/base!1', project: 'fe/base', title: 'Bump', url: null, by: 'Renovate', pipeline, age: '8 h' },
  ];
  const html = await render(ForgeChanges, { changes: [{ id: 'c', title: 'Fedora 45', rows }] });
  expect(spoken(html)).toMatch(/Fedora 45 .*Bump fe\/base!1 Renovate failed 8 h/);
  expect(html).toContain('data-bucket="bad"');
});

test('asks to remove what is closed', async () => {
  const closed = [
    { name: 'up/stream#7', title: 'Broken', url: null, blocks: 'CoreOS', closed: 'closed since 18 Nov 2026' },
  ];
  const said = spoken(await render(ClosedBlockers, { closed }));
  expect(said).toContain('remove each from content/blockers.yaml');
  expect(said).toContain('CoreOS closed since 18 Nov 2026');
});

test('nothing of a hostile forge reaches the page as it is', async () => {
  const world = await readWorld('content/worlds/hostile.yaml');
  const snapshot = await snapshotOf(world);
  expect(snapshot.blockers.map(({ release }) => release)).toEqual(snapshot.blockers.map(() => null));
  expect(snapshot.blockers.length).toBe(4);
  const { projects, changes } = blockersView(snapshot);
  const html = `${await render(BlockedProjects, { projects })}${await render(ForgeChanges, { changes })}`;
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; ⟨U+202E⟩gnp.exe');
  expect(html).not.toMatch(/<script|<img|<svg onload|<i>|<a href="(?!https:\/\/git(hub|lab)\.com\/)/);
});
