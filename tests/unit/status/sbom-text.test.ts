import { expect, test } from 'vitest';
import { type ArchSbom, headlineOf, keptHeadline, Sbom, sbomState, unreadArch } from '#status/sbom.ts';
import { headlineRows, lackText, packageRows, sourceRows } from '#status/text/sbom.ts';
import { digest, image, signature, snapshot } from '../../support/snapshot.ts';

const ID = 'development/standard/45';
const BLOB = digest('sbom');
const READ: ArchSbom = {
  ...unreadArch('x86_64'),
  ...{ state: 'read', origin: 'spdx', digest: BLOB, bytes: 21_300_000, packages: 1_302 },
};

const withSbom = (arches: ArchSbom[], more: Partial<Sbom> = {}, isVerified = false) =>
  image(ID, 'fresh', {
    sbom: Sbom.parse({ state: 'present-unverified', digest: null, arches, ...more }),
    provenance: isVerified ? { ...signature('verified'), ...PROVENANCE } : null,
  });
const PROVENANCE = {
  ...{ predicateType: null, builder: null, source: null, startedAt: null, finishedAt: null, compose: null },
  ...{ bundles: null, sboms: [], inputs: [], tasks: null, recording: false },
};
const says = (row: Partial<ArchSbom>, isVerified = false) =>
  sourceRows(withSbom([{ ...READ, ...row }], {}, isVerified))[0]?.says;

test('says of each list where it comes from, and who vouches for it', () => {
  expect(says({ isBound: true }, true)).toBe('SBOM (SPDX), named by the verified attestation');
  expect(says({ isBound: true })).toBe('SBOM (SPDX), named by the attestation, which is not verified');
  expect(says({ origin: 'cyclonedx' }, true)).toBe('SBOM (CycloneDX) that lies beside the image, unsigned');
  expect(says({ origin: 'scan' })).toBe('read from the RPM database in the image');
  expect(says({ why: '3 of its RPMs \u202e' })).toContain('; 3 of its RPMs ⟨U+202E⟩');
});

test('says of each missing list why', () => {
  expect(says({ state: 'absent' })).toBe('no SBOM lies beside it');
  expect(says({ state: 'unreadable', why: 'it is cut off' })).toBe('an SBOM that cannot be used: it is cut off');
  expect(says({ state: 'not-read', why: 'answered 503' })).toBe('not read: answered 503');
  const skipped = 'not looked for, since x86_64 has no SBOM';
  expect(says({ state: 'not-read', isSkipped: true, why: skipped })).toBe(skipped);
  expect(says({ state: 'not-read', origin: null })).toBe('not read: no refresh has looked yet');
});

test('counts and links what was read, and nothing else', () => {
  const [row] = sourceRows(withSbom([READ]));
  const { registry, repository } = withSbom([]);
  expect(row).toMatchObject({
    count: '1,302 RPMs',
    blob: { href: `${registry}/v2/${repository}/blobs/${BLOB}`, size: '21 MB' },
  });
  expect(sourceRows(withSbom([{ ...READ, origin: 'scan' }]))[0]?.blob).toBeNull();
  expect(sourceRows(withSbom([unreadArch('s390x')]))[0]).toMatchObject({ count: null, blob: null });
});

test('a missing list is said; one that only names architectures is not taken for it', () => {
  expect(lackText(withSbom([READ]), snapshot([]))).toBeNull();
  expect(lackText(withSbom([]), snapshot([]))).toMatch(/^Not known: /);
  const absent = [{ ...unreadArch('x86_64'), state: 'absent' as const }];
  expect(lackText(withSbom(absent), snapshot([]))).toBe('No list of the packages in this image was read.');
  expect(lackText(withSbom(absent, { digest: BLOB }), snapshot([]))).toContain('names the architectures');
  const skipped = { ...unreadArch('aarch64'), isSkipped: true };
  expect(lackText(withSbom([...absent, skipped], { digest: BLOB }), snapshot([]))).toContain('names the architectures');
});

test('names architectures only where they differ', () => {
  const one = (name: string, evr: string) => ({ name, evr, arch: 'noarch', source: null });
  const lists = new Map([
    ['x86_64', [one('kernel', '2-1'), one('bash', '1-1'), one('kernel', '1-1')]],
    ['s390x', [one('kernel', '1-1'), one('bash', '1-1'), one('s390utils', '1-1')]],
  ] as const);
  expect(packageRows(lists)).toEqual([
    { name: 'bash', evr: '1-1', arches: [] },
    { name: 'kernel', evr: '2-1', arches: ['x86_64'] },
    { name: 'kernel', evr: '1-1', arches: [] },
    { name: 's390utils', evr: '1-1', arches: ['s390x'] },
  ]);
  const headline = headlineOf(lists);
  expect(headlineRows(withSbom([READ, { ...READ, arch: 's390x' }], { headline }))).toEqual([
    { name: 'kernel', evr: '2-1', arches: ['x86_64'] },
    { name: 'kernel', evr: '1-1', arches: [] },
  ]);
});

test('is verified only where every list is, and absent only where we looked', () => {
  const bound = { ...READ, isBound: true };
  const row = (change: Partial<ArchSbom>): ArchSbom => ({ ...unreadArch('s390x'), ...change });
  expect(sbomState([bound, bound], null, true)).toBe('verified');
  expect(sbomState([bound, bound], null, false)).toBe('present-unverified');
  expect(sbomState([bound, READ], null, true)).toBe('present-unverified');
  expect(sbomState([bound, row({ state: 'not-read' })], null, true)).toBe('present-unverified');
  expect(sbomState([row({ state: 'unreadable' })], null, true)).toBe('present-unverified');
  expect(sbomState([row({ state: 'absent' })], BLOB, true)).toBe('present-unverified');
  expect(sbomState([row({ state: 'absent' }), row({ state: 'not-read' })], null, true)).toBe('not-checked');
  expect(sbomState([row({ state: 'absent' }), { ...READ, origin: 'scan' }], null, true)).toBe('absent');
  expect(sbomState([row({ state: 'absent' }), row({ isSkipped: true })], null, true)).toBe('absent');
});

test('of a headline stays what a list still tells', () => {
  const headline = [
    {
      name: 'kernel',
      versions: [
        { evr: '2-1', arches: ['x86_64' as const, 's390x' as const] },
        { evr: '1-1', arches: ['aarch64' as const] },
      ],
    },
    { name: 'podman', versions: [{ evr: '5-1', arches: ['aarch64' as const] }] },
  ];
  expect(keptHeadline(headline, [READ, unreadArch('s390x')])).toEqual([
    { name: 'kernel', versions: [{ evr: '2-1', arches: ['x86_64'] }] },
  ]);
  expect(keptHeadline(headline, [unreadArch('x86_64')])).toEqual([]);
});
