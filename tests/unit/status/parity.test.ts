import { expect, test } from 'vitest';
import { Provenance } from '#status/attachment.ts';
import { type ArchDelta, Parity } from '#status/change.ts';
import { parityMark, parityText, trustDelta } from '#status/parity.ts';
import { Sbom, unreadArch } from '#status/sbom.ts';
import { archDelta } from '../../support/packages.ts';
import { digest, image, signature } from '../../support/snapshot.ts';

const ID = 'development/standard/44';
const PROD = 'production/standard/44';
const parity = (sameDigest: boolean | null, arches: ArchDelta[] = [], more: Partial<Parity> = {}) =>
  Parity.parse({ with: PROD, sameDigest, of: digest(ID), digest: digest(PROD), arches, ...more });
const missing = (arch: 'x86_64' | 'aarch64', ...sides: ('here' | 'there')[]) =>
  archDelta(arch, { state: 'list-missing', missing: sides });

test.each<[Parity, string, string]>([
  [parity(null), 'question', 'parity not known'],
  [parity(true), 'equal', 'same as production'],
  [parity(false), 'question', 'packages not compared with production’s'],
  [parity(false, [archDelta(), archDelta('aarch64')]), 'equal', 'packages equal production’s'],
  [parity(false, [archDelta('x86_64', { upgraded: 1 })]), 'differs', '1 package differs from production'],
  [
    parity(false, [archDelta('x86_64', { upgraded: 2, added: 1 }), archDelta('aarch64')]),
    'differs',
    'up to 3 packages differ from production',
  ],
  [parity(false, [missing('x86_64', 'there')]), 'question', 'production’s list is missing'],
  [parity(false, [missing('x86_64', 'here')]), 'question', 'this image’s list is missing'],
  [
    parity(false, [missing('x86_64', 'here'), missing('aarch64', 'there')]),
    'question',
    'the lists of this image and production are missing',
  ],
  [
    parity(false, [archDelta(), missing('aarch64', 'there')]),
    'question',
    'packages equal production’s on x86_64; other lists are missing',
  ],
  [
    parity(false, [archDelta('x86_64', { removed: 2 }), missing('aarch64', 'there')]),
    'differs',
    '2 packages differ from production on x86_64',
  ],
])('draws parity %# as %s: %s', (one, shape, text) => {
  expect(parityMark(one)).toEqual({ shape, text });
});

test('says digest, age, packages and trust in sentences', () => {
  const one = image(ID, 'fresh', {
    parity: parity(false, [archDelta('x86_64', { upgraded: 14, downgraded: 1 }), missing('aarch64', 'there')], {
      olderByMs: -48 * 3_600_000,
      trust: { here: ['signature', 'provenance'], there: [] },
    }),
  });
  expect(parityText(one, image(PROD))).toBe(
    'Another digest than production/standard/44, 48 h newer. Packages, from that one to this, on x86_64: 1 downgraded, ' +
      '14 upgraded; on aarch64: not known: production’s list is missing: it carries no SBOM. ' +
      'Only this image has: signature, provenance.',
  );
});

test.each([
  [true, 'Same digest as production/standard/44.'],
  [null, 'Not known: the digest here or that of production/standard/44 is missing.'],
  [false, 'Another digest than production/standard/44.'],
])('says of a digest that is the same: %s', (same, text) => {
  expect(parityText(image(ID, 'fresh', { parity: parity(same) }))).toBe(text);
});

test('says nothing where there is nothing to compare with', () => {
  expect(parityText(image(ID))).toBeNull();
});

test('tells who alone has a signature, provenance or SBOM, and leaves out what is known of one side only', () => {
  const attached = (
    signed: Parameters<typeof signature>[0],
    provenance: Provenance['state'] | null,
    sbom: Sbom['state'] | null,
  ) => ({
    signature: signature(signed),
    provenance: provenance && Provenance.parse({ state: provenance, digest: null }),
    sbom: sbom && Sbom.parse({ state: sbom, digest: null }),
  });
  const here = attached('verified', 'present-unverified', 'absent');
  expect(trustDelta(here, attached('absent', null, 'verified'))).toEqual({ here: ['signature'], there: ['SBOM'] });
  expect(trustDelta(here, attached('verified', 'failed', 'absent'))).toEqual({ here: [], there: [] });
  expect(trustDelta(here, attached('not-checked', null, null))).toBeNull();
});

test('an SBOM that was not looked for on every architecture is not called missing', () => {
  const skipped = { ...unreadArch('aarch64'), isSkipped: true };
  const none = { ...unreadArch('x86_64'), state: 'absent' as const };
  const attached = (state: Sbom['state'], arches: Sbom['arches']) => ({
    ...{ signature: null, provenance: null },
    sbom: Sbom.parse({ state, digest: null, arches }),
  });
  const has = attached('verified', []);
  expect(trustDelta(has, attached('absent', [none, skipped]))).toBeNull();
  expect(trustDelta(has, attached('absent', [none]))).toEqual({ here: ['SBOM'], there: [] });
});
