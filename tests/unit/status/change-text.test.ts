import { expect, test } from 'vitest';
import { type Comparison, Parity } from '#status/change.ts';
import type { Image } from '#status/model.ts';
import { ArchSbom, Sbom } from '#status/sbom.ts';
import { changeRows, isForScan, memoryText, partsOf, self, whyNoList } from '#status/text/change.ts';
import { archDelta as delta } from '../../support/packages.ts';
import { digest, hoursAgo, image, snapshot } from '../../support/snapshot.ts';

const ID = 'development/standard/44';
const PROD = 'production/standard/44';
const OLD = 'development/standard/43';
const missing = (arch: 'x86_64' | 'aarch64', ...sides: ('here' | 'there')[]) =>
  delta(arch, { state: 'list-missing', missing: sides });

function compared(since: Comparison['since'], other: string, change: Partial<Comparison> = {}): Comparison {
  return { since, with: null, of: digest(ID), digest: digest(other), at: hoursAgo(30), arches: [delta()], ...change };
}

function sbom(rows: Partial<ArchSbom>[], change: Partial<Sbom> = {}): Sbom {
  const blank = { arch: 'x86_64', state: 'read', origin: null, digest: null, bytes: null, isBound: false };
  const arches = rows.map((row) => ArchSbom.parse({ ...blank, packages: null, why: null, ...row }));
  return Sbom.parse({ state: 'absent', digest: null, ...change, arches });
}

test('has one row for an earlier image that is asked for twice, then the release before, then the counterpart', () => {
  const [prod, old] = [image(PROD), image(OLD)];
  const one = image(ID, 'fresh', {
    changes: [
      compared('previous', 'b'),
      compared('yesterday', 'b'),
      compared('week', 'c'),
      compared('release', 'x', { with: OLD, digest: digest(OLD) }),
    ],
    parity: Parity.parse({ with: PROD, sameDigest: false, of: digest(ID), digest: digest(PROD), arches: [delta()] }),
  });
  const rows = changeRows(one, snapshot([one, prod, old]));
  expect(rows.map(({ id, against, with: other }) => [id, against, other])).toEqual([
    ['previous', 'the image before and the image of 24 hours ago', null],
    ['week', 'the image of 7 days ago', null],
    ['release', 'the release before: standard Fedora 43, development', OLD],
    ['parity', 'its counterpart: standard Fedora 44, production', PROD],
  ]);
});

test('says that the tag has not moved rather than that nothing changed', () => {
  const one = image(ID, 'fresh', { changes: [compared('yesterday', ID)] });
  expect(changeRows(one, snapshot([one]))[0]?.isSame).toBe(true);
});

test.each([
  [[delta('x86_64', { upgraded: 14, downgraded: 1, added: 2 })], ['x86_64: 1 downgraded, 14 upgraded, 2 added']],
  [[delta('x86_64', { upgraded: 1 }), delta('aarch64', { upgraded: 1 })], ['all 2 architectures: 1 upgraded']],
  [
    [delta('x86_64', { removed: 1 }), delta('aarch64')],
    ['x86_64: 1 removed', 'aarch64: the same packages'],
  ],
  [
    [delta('x86_64'), missing('aarch64', 'there')],
    ['x86_64: the same packages', 'aarch64: not known: production’s list is missing: it carries no SBOM'],
  ],
  [
    [missing('x86_64', 'here', 'there')],
    [
      'x86_64: not known: the lists of this image and production are missing: its SBOM was not read; it carries no SBOM',
    ],
  ],
  [[missing('x86_64', 'here')], ['x86_64: not known: this image’s list is missing: its SBOM was not read']],
])('says %#: %j', (arches, expected) => {
  const [here, there] = [image(ID, 'fresh', { sbom: null }), image(PROD)];
  const parts = partsOf(arches, self(here), { name: 'production', image: there });
  expect(parts.map(({ arches: on, says }) => `${on}: ${says}`)).toEqual(expected);
});

test.each<[string, Partial<Image>]>([
  ['its SBOM was not read', { sbom: null }],
  ['it carries no SBOM', { sbom: sbom([]) }],
  ['it carries no SBOM', { sbom: sbom([{ state: 'absent' }], { state: 'present-unverified' }) }],
  ['waits for its turn', { sbom: sbom([{ state: 'not-read', why: 'waits for its turn' }]) }],
  ['not looked for', { sbom: sbom([{ state: 'not-read', isSkipped: true, why: 'not looked for' }]) }],
  ['its SBOM could not be read', { sbom: sbom([{ state: 'unreadable' }]) }],
  ['its SBOM was not read', { sbom: sbom([], { image: digest('another image') }) }],
  ['bad␇', { sbom: sbom([{ state: 'unreadable', why: 'bad\u0007' }]) }],
])('says why there is no list: %s', (text, change) => {
  expect(whyNoList(image(ID, 'fresh', change), 'x86_64')).toBe(text);
});

test('offers the deep scan only where it is production’s list that is missing', () => {
  const rows = (other: string, ...sides: ('here' | 'there')[]) => {
    const parity = Parity.parse({
      ...{ with: other, sameDigest: false, of: digest(ID), digest: digest(other) },
      arches: [missing('x86_64', ...sides)],
    });
    const one = image(ID, 'fresh', { parity });
    return changeRows(one, snapshot([one]));
  };
  expect(isForScan(rows(PROD, 'there'))).toBe(true);
  expect(isForScan(rows(PROD, 'here'))).toBe(false);
  expect(isForScan(rows('community/standard/44', 'there'))).toBe(false);
});

test('says how far back the tag is known where that is less than a week', () => {
  const history = [{ digest: digest(ID), from: hoursAgo(30), to: null }];
  expect(memoryText({ changes: [], history })).toBe('What the tag pointed at before 20 Nov 2026 is not known.');
  expect(memoryText({ changes: [], history: [] })).toContain('is not known');
  expect(memoryText({ changes: [compared('week', 'b')], history })).toBeNull();
});
