import { expect, test } from 'vitest';
import { compareUpdates, readUpdates, splitNvr, type Update, type UpdateList, writeUpdates } from '#status/advisory.ts';
import type { Arch } from '#status/arch.ts';
import type { PackageList } from '#status/packages.ts';
import { digest } from '../../support/snapshot.ts';

const AT = '2026-11-20T14:07:00.000Z';

/** `perl-B 0 1.89-513.fc45 perl-5.40-513.fc45`: name, epoch, version-release, source. */
function listOf(lines: readonly string[], arch: Arch = 'x86_64'): PackageList {
  const packages = lines.map((line) => {
    const [name = '', epoch = '', vr = '', source = null] = line.split(' ');
    return { name, evr: epoch === '0' ? vr : `${epoch}:${vr}`, arch, source };
  });
  return { schema: 1, image: digest('image'), arch, origin: { kind: 'scan', layer: digest('layer') }, packages };
}

function update(id: string, builds: readonly string[], change: Partial<Update> = {}): Update {
  return {
    ...{ id, severity: 'medium', url: `https://updates.example/${id}`, pushedAt: AT },
    builds: builds.map((build) => {
      const [source = '', evr = ''] = build.split(' ');
      return { source, evr };
    }),
    ...change,
  };
}

function updatesOf(updates: Update[]): UpdateList {
  return { schema: 1, release: '45', readAt: AT, askedAt: AT, changedAt: AT, updates };
}

/** What one image with these packages lacks of one update with these builds. */
function lacks(packages: readonly string[], builds: readonly string[]): string[] {
  const compared = compareUpdates(updatesOf([update('U', builds)]), [listOf(packages)]);
  return (compared?.lacking ?? []).flatMap((one) =>
    one.packages.map(({ name, has, fixed }) => `${name} ${has} < ${fixed}`),
  );
}

const EXPAT = 'expat 0 2.6.4-1.fc45 expat-2.6.4-1.fc45';

test.each<[string, string[], string[], string[]]>([
  ['an older version lacks it', [EXPAT], ['expat 2.7.0-1.fc45'], ['expat 2.6.4-1.fc45 < 2.7.0-1.fc45']],
  ['the same version has it', [EXPAT], ['expat 2.6.4-1.fc45'], []],
  ['a newer version has it', [EXPAT], ['expat 2.6.3-9.fc45'], []],
  [
    'another release of the same version counts',
    [EXPAT],
    ['expat 2.6.4-2.fc45'],
    ['expat 2.6.4-1.fc45 < 2.6.4-2.fc45'],
  ],
  ['numbers are compared as numbers', [EXPAT], ['expat 2.6.10-1.fc45'], ['expat 2.6.4-1.fc45 < 2.6.10-1.fc45']],
  ['a pre-release is older than the release', ['a 0 2.0~rc1-1 a-2.0~rc1-1'], ['a 2.0-1'], ['a 2.0~rc1-1 < 2.0-1']],
  ['a source that is not in the image is no matter', [EXPAT], ['firefox 145.0-1.fc45'], []],
  ['a package with the name of another source is not it', ['git 0 1-1 other-1-1'], ['git 2-1'], []],
  [
    'packages are found by their source',
    ['libexpat1 0 2.6.4-1.fc45 expat-2.6.4-1.fc45'],
    ['expat 2.7.0-1.fc45'],
    ['expat 2.6.4-1.fc45 < 2.7.0-1.fc45'],
  ],
  ['a higher epoch wins', ['a 1 1.0-1 a-1.0-1'], ['a 2:0.5-1'], ['a 1:1.0-1 < 2:0.5-1']],
  ['a higher epoch in the image wins too', ['a 2 1.0-1 a-1.0-1'], ['a 1:9.0-1'], []],
  [
    'a package with a version of its own says nothing of its source’s epoch',
    ['perl-B 0 1.89-513.fc45 perl-5.40.0-513.fc45'],
    ['perl 4:5.40.0-513.fc45'],
    [],
  ],
  [
    'and leaves the epoch to the one that tells it',
    ['perl-B 0 1.89-513 perl-5.40.0-513', 'perl-libs 4 5.40.0-513 perl-5.40.0-513', 'perl-C 0 1-2 perl-5.40.0-513'],
    ['perl 4:5.40.0-514'],
    ['perl 4:5.40.0-513 < 4:5.40.0-514'],
  ],
  [
    'of two kernels the newer counts',
    ['kernel 0 6.17.1-1 kernel-6.17.1-1', 'kernel 0 6.17.9-1 kernel-6.17.9-1'],
    ['kernel 6.17.8-1'],
    [],
  ],
  [
    'an update of many builds is lacking with one of them',
    [EXPAT, 'b 0 1-1 b-1-1'],
    ['expat 2.6.4-1.fc45', 'b 1-2'],
    ['b 1-1 < 1-2'],
  ],
])('%s', (_, packages, builds, expected) => {
  expect(lacks(packages, builds)).toEqual(expected);
});

test('counts each update once by its severity, the gravest and newest first, and names the arches', () => {
  const old = listOf([EXPAT], 'x86_64');
  const current = listOf(['expat 0 2.7.0-1.fc45 expat-2.7.0-1.fc45'], 'aarch64');
  const updates = [
    update('LOW', ['expat 2.6.5-1.fc45'], { severity: 'low' }),
    update('OLD', ['expat 2.7.0-1.fc45'], { severity: 'urgent', pushedAt: '2026-11-01T00:00:00.000Z' }),
    update('NEW', ['expat 2.7.1-1.fc45'], { severity: 'urgent' }),
    update('HAS', ['expat 2.6.0-1.fc45'], { severity: 'urgent' }),
    update('OTHER', ['firefox 145.0-1.fc45'], { severity: 'urgent' }),
  ];
  const compared = compareUpdates(updatesOf(updates), [old, current]);
  expect(compared).toMatchObject({
    ...{ total: 4, arches: ['x86_64', 'aarch64'], checkedAt: AT, release: '45' },
    counts: { urgent: 2, high: 0, medium: 0, low: 1, unspecified: 0 },
  });
  expect(compared?.lacking.map(({ id, packages }) => [id, packages.map((one) => `${one.has} ${one.arches}`)])).toEqual([
    ['NEW', ['2.6.4-1.fc45 x86_64', '2.7.0-1.fc45 aarch64']],
    ['OLD', ['2.6.4-1.fc45 x86_64']],
    ['LOW', ['2.6.4-1.fc45 x86_64']],
  ]);
});

test('keeps few of very many, and counts all of them', () => {
  const updates = Array.from({ length: 300 }, (_, index) => update(`U${index}`, [`expat 3.${index}-1`]));
  const compared = compareUpdates(updatesOf(updates), [listOf([EXPAT])]);
  expect([compared?.lacking.length, compared?.counts.medium]).toEqual([50, 300]);
});

test('counts the packages of which nothing can be said', () => {
  const list = { ...listOf([EXPAT, 'b 0 1-1', 'c 0 1-1 nonsense']), unreadable: 3 };
  expect(compareUpdates(updatesOf([]), [listOf([EXPAT], 'aarch64'), list])?.untold).toBe(5);
  expect(compareUpdates(updatesOf([]), [listOf([EXPAT])])?.untold).toBe(0);
});

test('says nothing of a list that names no sources', () => {
  expect(compareUpdates(updatesOf([update('U', ['expat 9-1'])]), [listOf(['expat 0 2.6.4-1.fc45'])])).toBeNull();
  expect(compareUpdates(updatesOf([]), [])).toBeNull();
});

test.each([
  ['java-17-openjdk-17.0.14.0.7-1.fc40', { name: 'java-17-openjdk', vr: '17.0.14.0.7-1.fc40' }],
  ['a-1-1', { name: 'a', vr: '1-1' }],
  ['a-1', null],
  ['', null],
  ['-1-1', null],
])('splits %s', (text, expected) => {
  expect(splitNvr(text)).toEqual(expected);
});

test('a list is read back as it was written, one update a line, and a damaged one counts as none', () => {
  const list = updatesOf([update('A', ['a 1-1']), update('B', ['b 1:1-1'], { pushedAt: null })]);
  const text = writeUpdates(list);
  expect(readUpdates(text)).toEqual(list);
  expect(text.split('\n').filter((line) => line.includes('"id"'))).toHaveLength(2);
  expect(readUpdates(writeUpdates(updatesOf([])))?.updates).toEqual([]);
  for (const damaged of [null, '', text.slice(0, -9), text.replace('"schema":1', '"schema":2')])
    expect(readUpdates(damaged)).toBeNull();
});
