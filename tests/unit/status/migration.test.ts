import { expect, test } from 'vitest';
import { Provenance } from '#status/attachment.ts';
import { type Ancestor, Lineage } from '#status/lineage.ts';
import { behindOf, measure } from '#status/migration.ts';
import type { Image } from '#status/model.ts';
import { behindText, countsText, lineageLines, methodText, noBaseText } from '#status/text/lineage.ts';
import { digest, hoursAgo, image, NOW, snapshot } from '../../support/snapshot.ts';

const BASE = 'development/standard/45';
const OLD = digest('old base');
const base = image(BASE, 'fresh', {
  createdAt: hoursAgo(5),
  history: [
    { digest: digest(BASE), from: hoursAgo(5), to: null },
    { digest: digest('between'), from: hoursAgo(29), to: hoursAgo(5) },
    { digest: OLD, from: hoursAgo(53), to: hoursAgo(29) },
  ],
});

function ancestor(target: string | null, change: Partial<Ancestor> = {}): Ancestor {
  return { image: 'quay.io/team/base:45', digest: OLD, target, createdAt: hoursAgo(53), method: 'layers', ...change };
}

function built(id: string, of: Ancestor | null, change: Partial<Lineage> = {}): Image {
  const lineage = Lineage.parse({ checkedAt: NOW, of: digest(id), base: of, compose: null, why: null, ...change });
  return image(id, 'fresh', { lineage, createdAt: hoursAgo(20) });
}

const answers = (images: Image[]) =>
  measure(snapshot(images)).flatMap(({ id, rows }) => rows.map(({ image: one, answer }) => [id, one.id, answer]));

const COMPOSE = ancestor('development/compose/45', { method: 'provenance', image: 'quay.io/team/compose:x' });

test('an image consumes the base, does not, or nobody can tell; unknown is counted as neither', () => {
  const images = [
    base,
    built('development/coreos/stable', ancestor(BASE, { method: 'provenance' })),
    built('production/coreos/next', null),
    built('development/iot/45', null, { compose: COMPOSE }),
    image('community/kinoite/45'),
    built('community/odd/45', ancestor(null)),
  ];
  expect(answers(images)).toEqual([
    ['coreos', 'development/coreos/stable', 'consumes'],
    ['coreos', 'production/coreos/next', 'cannot-tell'],
    ['desktops', 'community/kinoite/45', 'cannot-tell'],
    ['iot', 'development/iot/45', 'does-not'],
    ['other', 'community/odd/45', 'cannot-tell'],
  ]);
  const [coreos] = measure(snapshot(images));
  expect(coreos?.counts).toEqual({ consumes: 1, 'does-not': 0, 'cannot-tell': 1 });
  expect(coreos && countsText(coreos.counts)).toBe('1 of 2 consumes the shared base, 0 do not, of 1 nobody can tell');
});

test('bases, composes, mirrors and images that are gone, never seen or not expected are not measured', () => {
  const images = [
    base,
    image('mirror/standard/45'),
    image('development/compose/45'),
    image('community/kinoite/44', 'missing'),
    image('community/kinoite/43', 'withdrawn'),
    image('community/silverblue/42', 'eol'),
  ];
  expect(measure(snapshot(images))).toEqual([]);
});

test('a base that itself builds on the shared one counts, and a ring of bases ends', () => {
  const through = [
    base,
    built('community/base-atomic/45', ancestor(BASE)),
    built('community/kinoite/45', ancestor('community/base-atomic/45', { method: 'annotations' })),
  ];
  const rows = measure(snapshot(through)).flatMap((one) => one.rows);
  expect(rows.map(({ answer, chain }) => [answer, chain.length])).toEqual([
    ['consumes', 1],
    ['consumes', 2],
  ]);
  const ring = [
    built('community/a-atomic/45', ancestor('community/b-atomic/45')),
    built('community/b-atomic/45', ancestor('community/a-atomic/45')),
  ];
  expect(answers(ring).map(([, , answer]) => answer)).toEqual(['cannot-tell', 'cannot-tell']);
  const packages = [
    built('community/a-atomic/45', ancestor('community/b-atomic/45')),
    built('community/b-atomic/45', null, { compose: COMPOSE }),
  ];
  expect(answers(packages).map(([, , answer]) => answer)).toEqual(['does-not', 'does-not']);
});

test('a copy of the base in a mirror is no shared base by itself', () => {
  const images = [image('mirror/standard/45'), built('community/kinoite/45', ancestor('mirror/standard/45'))];
  expect(answers(images)).toEqual([['desktops', 'community/kinoite/45', 'cannot-tell']]);
});

test.for([
  ['the newest', { digest: digest(BASE) }, 'the newest of its tag'],
  ['an older one', {}, '48 h behind the newest of its tag (2 images)'],
  [
    'one that we never saw',
    { digest: digest('stranger'), createdAt: null },
    'behind the newest of its tag; by how long is not known',
  ],
  ['one without a digest', { digest: null }, 'not known: what its tag points at, or which image this was, is missing'],
] as const)('how far behind: %s', ([, change, expected]) => {
  expect(behindText(behindOf(ancestor(BASE, change), new Map([[BASE, base]])))).toBe(expected);
});

test('the image page names base, method, ages and distance', () => {
  const one = built('development/desktop/45', ancestor(BASE));
  const lines = lineageLines(one, snapshot([base, one]));
  expect(lines.map(({ what, text }) => `${what}: ${text}`)).toEqual([
    'Base image: standard Fedora 45, development',
    expect.stringMatching(/^Age of the base: 53 h, from 19 Nov 2026, 09:07 UTC; 33 h when this image was built$/),
    'How far behind: 48 h behind the newest of its tag (2 images)',
    expect.stringContaining('Compose: Which compose it was built from is not known'),
  ]);
  expect(lines[0]).toMatchObject({
    page: `status/images/${BASE}/`,
    note: 'quay.io/team/base:45, its layers begin with all layers of that image',
  });
});

test('the newest compose is linked where it is real', () => {
  const one = image(BASE, 'fresh', { composeId: 'Fedora-45-updates-20261119.0' });
  const url = 'https://kojipkgs.example/compose/updates/Fedora-45-updates-20261120.0/';
  const id = 'Fedora-45-updates-20261120.0';
  const compose = { release: '45', kind: 'updates' as const, id, at: NOW, state: 'failed' as const, url };
  const composes = [{ ...compose, stateAt: NOW, checkedAt: NOW }];
  const linked = (mode: 'live' | 'sample') =>
    lineageLines(one, snapshot([one], { composes, mode })).flatMap(({ link }) => link ?? []);
  expect(linked('live')).toEqual([{ text: `${id} on kojipkgs`, href: url }]);
  expect(linked('sample')).toEqual([]);
});

test('a base that is not watched is no link, and its name cannot disguise itself', () => {
  const one = built(
    'development/desktop/45',
    ancestor(null, { image: 'quay.io/a\u202eb', createdAt: null, digest: null }),
  );
  const [line, age] = lineageLines(one, snapshot([one]));
  const note = 'its layers begin with all layers of that image';
  expect(line).toMatchObject({ text: 'quay.io/a⟨U+202E⟩b', page: null, note });
  expect(age?.text).toBe('not known: this image of the base was not seen');
});

test('an attestation that nobody verified says so', () => {
  const stated = ancestor(BASE, { method: 'provenance' });
  const by = (state: 'verified' | 'present-unverified') => ({ provenance: Provenance.parse({ state, digest: null }) });
  expect(methodText(stated, by('verified'))).toBe('named by its attestation');
  expect(methodText(stated, by('present-unverified'))).toBe(
    'named by its attestation, whose signature was not verified',
  );
});

test('why no base is named', () => {
  expect(noBaseText(base)).toBe('none: this is a base image, made of packages');
  expect(noBaseText(image('development/compose/45'))).toContain('only where the packages are');
  expect(noBaseText(image('community/kinoite/45'))).toBe('not known: it was not looked at yet');
  expect(noBaseText(image('community/kinoite/45', 'missing'))).toBe('not known: there is no image');
  const why = { attestation: 'it carries no attestation', image: 'its manifest could not be read' };
  expect(noBaseText(built('community/kinoite/45', null, { why }))).toBe(
    'not known: it carries no attestation; its manifest could not be read',
  );
});
