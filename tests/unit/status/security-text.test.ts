import { expect, test } from 'vitest';
import { archesText, comparedText, findingsOf, lackText, scanText, updatesText } from '#status/text/security.ts';
import { SCAN_STATES, type Scan, type Vulnerabilities } from '#status/vulnerability.ts';
import { digest, NOW } from '../../support/snapshot.ts';

const NONE = { urgent: 0, high: 0, medium: 0, low: 0, unspecified: 0 };
const CLEAN = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, unknown: 0 };

function scan(change: Partial<Scan> = {}): Scan {
  return {
    ...{ arch: 'x86_64', digest: digest('arch'), state: 'scanned', counts: CLEAN, components: 12 },
    ...{ findings: [], checkedAt: NOW, triedAt: null, why: null, ...change },
  };
}

function found(total: number, counts: Partial<typeof NONE> = {}, untold = 0): Vulnerabilities {
  const updates = { checkedAt: NOW, release: '45', arches: ['x86_64' as const], total, untold, lacking: [] };
  return {
    image: digest('a'),
    scans: [],
    scansWhy: null,
    updates: { ...updates, counts: { ...NONE, ...counts } },
    why: null,
  };
}

test.each<[Vulnerabilities, string]>([
  [found(9, { urgent: 1, low: 2 }), '3 security updates are out that this image lacks: 1 urgent, 2 low.'],
  [found(9, { high: 1 }), '1 security update is out that this image lacks: 1 high.'],
  [found(9), 'All 9 security updates that Fedora has pushed for these packages are in it.'],
  [found(1), 'The one security update that Fedora has pushed for these packages is in it.'],
  [found(9, {}, 1), 'Of the packages that could be compared, none lacks a security update.'],
  [found(0, {}, 1), 'Of the packages that could be compared, none lacks a security update.'],
  [found(9, { high: 1 }, 1), '1 security update is out that this image lacks: 1 high.'],
  [found(0), 'Fedora has pushed no security update for the packages of this image.'],
  [
    { ...found(0), updates: null, why: 'No package list of this image is known.' },
    'Not known whether Fedora’s security updates are in this image. No package list of this image is known.',
  ],
])('says how an image stands to the updates', (vulnerabilities, expected) => {
  expect(updatesText(vulnerabilities)).toBe(expected);
});

test('names the arches that were not compared', () => {
  const { updates } = found(9);
  if (!updates) throw new Error('no updates');
  expect(comparedText(updates, ['x86_64'])).toBe(
    'Compared by version with the 9 security updates of Fedora 45 for its packages, as of 21 Nov 2026, 14:07 UTC.',
  );
  expect(comparedText(updates, ['x86_64', 's390x'])).toContain('Not compared, without a package list: s390x.');
  expect(comparedText({ ...updates, untold: 2 }, ['x86_64'])).toContain(
    'Not compared, since their source is not told: 2 packages.',
  );
  expect(archesText(['x86_64', 's390x'], ['x86_64', 's390x'])).toBe('all compared');
  expect(archesText(['x86_64'], ['x86_64'])).toBe('x86_64');
});

test('a list of images names only those that lack something', () => {
  expect(lackText(found(9, { urgent: 1, low: 2 }))).toBe('lacks 3 security updates (1 urgent, 2 low)');
  for (const silent of [null, found(9), { ...found(9), updates: null }]) expect(lackText(silent)).toBeNull();
});

test('every state of a scan has words of its own, and none of them says that there is nothing', () => {
  const texts = [
    ...SCAN_STATES.map((state) => scanText(scan({ state, ...(state === 'scanned' ? {} : { counts: null }) }))),
    scanText(scan({ state: null, why: 'it answered 520' })),
    scanText(scan({ counts: null })),
  ];
  expect(new Set(texts).size).toBe(7);
  for (const text of texts) expect(text).not.toMatch(/no vulnerabilit|secure|clean|safe/i);
  expect(texts).toContain('0 language-level findings in 12 components; RPMs not covered');
  expect(scanText(scan({ counts: { ...CLEAN, high: 1 }, components: 1 }))).toBe(
    '1 language-level finding (1 high) in 1 component; RPMs not covered',
  );
});

test('a finding of several arches is named once, the worst first', () => {
  const one = { id: 'A', severity: 'low' as const, package: 'p', version: '1', fixedBy: null, links: [] };
  const worse = { ...one, id: 'B', severity: 'critical' as const };
  const all = findingsOf([scan({ findings: [one] }), scan({ arch: 's390x', findings: [one, worse] })]);
  expect(all.map(({ id, arches }) => [id, arches])).toEqual([
    ['B', ['s390x']],
    ['A', ['x86_64', 's390x']],
  ]);
});
