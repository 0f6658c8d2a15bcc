import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import Packages from '#components/status/packages/Packages.astro';
import PackageTable from '#components/status/packages/PackageTable.astro';
import { type ArchSbom, Sbom, unreadArch } from '#status/sbom.ts';
import { render, spoken } from '../../../support/render.ts';
import { digest, image, snapshot } from '../../../support/snapshot.ts';

const ID = 'development/standard/45';
const READ: ArchSbom = {
  ...unreadArch('x86_64'),
  ...{ state: 'read', origin: 'spdx', digest: digest('sbom'), bytes: 29_600, packages: 86 },
};
const kernel = { name: 'kernel', versions: [{ evr: '6.17.8-300.fc45', arches: ['x86_64' as const] }] };
const of = (sbom: object | null, known: string | null = digest('image')) =>
  image(ID, 'fresh', { digest: known, sbom: sbom && Sbom.parse({ state: 'absent', digest: null, ...sbom }) });

test('shows versions first, then where each list comes from, with links to all of it', async () => {
  const html = await render(Packages, { image: of({ arches: [READ], headline: [kernel] }), snapshot: snapshot([]) });
  expect(spoken(html)).toContain('kernel 6.17.8-300.fc45 all that were read');
  expect(spoken(html)).toContain('x86_64, 86 RPMs SBOM (SPDX) that lies beside the image, unsigned');
  const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href);
  expect(links).toEqual([
    `/status/images/${ID}/packages/`,
    `${of(null).registry}/v2/${of(null).repository}/blobs/${digest('sbom')}`,
    `/status/v1/packages/${digest('image').replace('sha256:', '')}/x86_64.json`,
  ]);
});

test('says why there is no list, and links to none', async () => {
  const absent = { ...unreadArch('x86_64'), state: 'absent' as const };
  const html = await render(Packages, { image: of({ arches: [absent] }), snapshot: snapshot([]) });
  expect(spoken(html)).toContain('No list of the packages in this image was read. x86_64 no SBOM lies beside it');
  expect(html).not.toContain('href=');
  const unknown = await render(Packages, { image: of(null), snapshot: snapshot([]) });
  expect(spoken(unknown)).toContain('Packages Not known:');
});

test('says nothing of an image that is not there', async () => {
  expect(spoken(await render(Packages, { image: of(null, null), snapshot: snapshot([]) }))).toBe('');
});

test('1,300 packages of four arches stay within the weight of a page', async () => {
  const rows = Array.from({ length: 1_300 }, (_, index) => ({
    name: `package-${(index * 7_919) % 99_991}-libs`,
    evr: `${index % 17}.${(index * 31) % 97}.${index % 7}-${index % 9}.fc45`,
    arches: index % 20 === 0 ? ['s390x'] : [],
  }));
  const html = await render(PackageTable, { rows, arches: ['x86_64', 's390x'] });
  expect(gzipSync(html).length).toBeLessThan(35_000);
  expect(spoken(html)).toContain('1,300 packages, by name Where no architecture is named');
});
