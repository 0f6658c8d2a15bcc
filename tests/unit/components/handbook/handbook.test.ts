import { expect, test } from 'vitest';
import Milestones from '#components/handbook/Milestones.astro';
import Systems from '#components/handbook/Systems.astro';
import type { Milestone } from '#handbook/milestones.ts';
import type { System } from '#handbook/systems.ts';
import { render, spoken } from '../../../support/render.ts';

const sources = [
  ['guide', { title: 'The guide' }],
  ['notes', { title: 'The notes' }],
] as const;
const system: System & { edit: null } = {
  id: 'quay',
  name: 'Quay',
  group: 'registry',
  address: 'quay.io/fedora/fedora-bootc',
  what: 'Images, tagged `latest`.',
  state: 'superseded',
  sources: ['notes'],
  map: false,
  feeds: [],
  edit: null,
};
const milestone: Milestone & { edit: null } = {
  id: 'base',
  when: 'f44',
  what: 'A base image',
  state: 'under-way',
  why: 'Somebody has begun.',
  asOf: '2026-08-01',
  sources: ['guide'],
  edit: null,
};
const systems = (more: Partial<System>) =>
  render(Systems, { title: 'Registries', sources, systems: [{ ...system, ...more }] });

test('a system has an anchor, says its state in a word, and leads to its sources by their numbers', async () => {
  const html = await systems({});
  expect(html).toContain('id="system-quay"');
  expect(html).toContain('href="#source-notes"');
  expect(html).toContain('aria-label="Source 2: The notes"');
  expect(html).not.toContain('#source-guide');
  expect(spoken(html)).toContain('superseded');
});

test('a repository in Quay leads to its page, and a place without one is no link', async () => {
  expect(await systems({})).toContain('href="https://quay.io/repository/fedora/fedora-bootc?tab=tags"');
  for (const address of ['quay.io/bootc-devel', 'quay.io/a/b-<release>', 'registry.fedoraproject.org/fedora-bootc'])
    expect(await systems({ address }), address).not.toContain('class="address" href');
});

test('what a system says is text, and never HTML', async () => {
  const html = await systems({ what: '<img src=x onerror=alert(1)> here', note: '<b>bold words</b>' });
  expect(html).not.toMatch(/<img|<b>/);
});

test('a milestone says its state and its day in words, under the release it was set for', async () => {
  const stages = [{ id: 'f44', title: 'Fedora 44', milestones: [milestone] }];
  const text = spoken(await render(Milestones, { stages, sources }));
  expect(text).toMatch(/Fedora 44 A base image Somebody has begun\..* under way as of 1 Aug 2026/);
});
