import { expect, test } from 'vitest';
import { lifeCycles } from '#status/life-cycles.ts';
import { image, snapshot } from '../../support/snapshot.ts';

const RELEASES = [
  { id: 'eln', name: 'ELN', state: 'rawhide', eolAt: null },
  { id: '9', name: 'Fedora 9', state: 'supported', eolAt: '2026-11-21' },
  { id: '10', name: 'Fedora 10', state: 'supported', eolAt: '2026-12-09', eolBy: 'bodhi' },
  { id: '8', name: 'Fedora 8', state: 'supported', eolAt: '2026-11-20' },
  { id: 'rawhide', name: 'Rawhide', state: 'rawhide', eolAt: null },
  { id: 'stable', name: 'CoreOS stable', state: 'supported', eolAt: null },
] as const;

test('releases stand with the newest first, and count down to their last day', () => {
  const images = [
    ...['eln', '9', '10', '8', 'rawhide'].map((release) => image(`development/standard/${release}`)),
    image('development/iot/10', 'not-planned'),
    image('production/coreos/stable'),
    image('production/coreos/rawhide'),
  ];
  const rows = lifeCycles(snapshot(images, { releases: [...RELEASES] }));
  expect(rows.map(({ release, daysLeft, counted, uncounted }) => [release.id, daysLeft, counted, uncounted])).toEqual([
    ['rawhide', null, 1, 0],
    ['10', 18, 1, 1],
    ['9', 0, 1, 0],
    ['8', -1, 1, 0],
    ['eln', null, 1, 0],
  ]);
  expect(rows.map(({ release }) => release.state)).toEqual(['rawhide', 'eol-soon', 'eol-soon', 'eol', 'rawhide']);
});

test('a release of which nothing is watched is not listed', () => {
  expect(lifeCycles(snapshot([image('production/coreos/stable')]))).toEqual([]);
});
