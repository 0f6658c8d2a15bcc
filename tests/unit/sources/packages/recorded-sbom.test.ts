import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sbomReader } from '#sources/packages/sbom-reader.ts';

/** Real SBOMs, where the recordings lie beside the checkout. */

const DATA = new URL('../../../../../shared/data/quay/', import.meta.url);
const lacking = existsSync(DATA) ? null : 'the recordings are not beside this checkout';

function recordedTest(title: string, work: () => void): void {
  test(title, (context) => {
    if (lacking) context.skip(lacking);
    work();
  });
}

function read(name: string) {
  const reader = sbomReader(name);
  const bytes = readFileSync(new URL(name, DATA));
  for (let from = 0; from < bytes.length; from += 1_000) reader.write(bytes.subarray(from, from + 1_000));
  reader.end();
  return reader.contents();
}

const MICRO = (format: string) => `mobster/sbom__test_merge_data__${format}__syft-sboms__ubi-micro.bom.json`;

recordedTest('syft writes the same packages as SPDX and as CycloneDX', () => {
  const spdx = read(MICRO('spdx'));
  const cyclonedx = read(MICRO('cyclonedx'));
  // 22 entries, of which two are the keys that packages are signed with.
  expect([spdx.format, spdx.packages.length, spdx.unreadable]).toEqual(['spdx', 20, 0]);
  expect([cyclonedx.format, cyclonedx.packages]).toEqual(['cyclonedx', spdx.packages]);
  expect(spdx.packages.find(({ name }) => name === 'glibc-common')).toEqual({
    ...{ name: 'glibc-common', evr: '2.34-125.el9_5.1', arch: 'x86_64', source: 'glibc-2.34-125.el9_5.1' },
  });
});

recordedTest('the SBOM of an index, or of another artifact, lists no RPMs', () => {
  for (const name of ['mobster/data__index_manifest_sbom.spdx.json', 'quay/referrer.spdx.json'])
    expect(read(name)).toEqual({ format: 'spdx', packages: [], unreadable: 0 });
  expect(read('quay/referrer.cyclonedx.json')).toEqual({ format: 'cyclonedx', packages: [], unreadable: 0 });
});
