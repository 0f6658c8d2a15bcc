import { expect, test } from 'vitest';
import { SourceError } from '#sources/error.ts';
import { type SbomContents, sbomReader } from '#sources/packages/sbom-reader.ts';

/** Reads a text in parts of so many bytes. */
function read(text: string | Uint8Array, size = 7): SbomContents {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const reader = sbomReader('the SBOM');
  for (let from = 0; from < bytes.length; from += size) reader.write(bytes.subarray(from, from + size));
  reader.end();
  return reader.contents();
}

function faultOf(text: string | Uint8Array, size = 1 << 16): string {
  try {
    read(text, size);
    return 'none';
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return `${error.kind}: ${error.message}`;
  }
}

const purl = (name: string, evr = '1-1', arch = 'x86_64') => `pkg:rpm/fedora/${name}@${evr}?arch=${arch}`;
const ref = (locator: unknown, category = 'PACKAGE-MANAGER') => ({
  referenceCategory: category,
  referenceType: 'purl',
  referenceLocator: locator,
});
const spdx = (packages: unknown, more: object = {}) =>
  JSON.stringify({ SPDXID: 'SPDXRef-DOCUMENT', packages, ...more, spdxVersion: 'SPDX-2.3' });
const names = ({ packages }: SbomContents) => packages.map(({ name }) => name);

test('SPDX: RPMs of all packages, in order, each once, however the category is spelled', () => {
  const packages = [
    { name: 'zlib', externalRefs: [ref('cpe:2.3:a:zlib'), ref(purl('zlib'))] },
    { name: 'bash', externalRefs: [ref(purl('bash', '5.3-2'), 'PACKAGE_MANAGER')] },
    { name: 'bash', externalRefs: [ref(`${purl('bash', '5.3-2')}&checksum=sha256:00`)] },
    { name: 'bash', externalRefs: [ref(purl('bash', '5.3-2', 'aarch64'))] },
    { name: 'left-pad', externalRefs: [ref('pkg:npm/left-pad@1.0.0')] },
  ];
  const contents = read(spdx(packages, { files: [{ fileName: purl('not-a-package') }] }), 3);
  expect(contents.format).toBe('spdx');
  expect(contents.packages.map(({ name, arch }) => [name, arch])).toEqual([
    ['bash', 'aarch64'],
    ['bash', 'x86_64'],
    ['zlib', 'x86_64'],
  ]);
});

test('CycloneDX: components and those within them, not the ancestors of one', () => {
  const components = [
    { name: 'outer', purl: purl('outer'), components: [{ name: 'inner', purl: purl('inner') }] },
    { name: 'patched', purl: purl('patched'), pedigree: { ancestors: [{ purl: purl('ancestor') }] } },
    { name: 'odd', properties: [{ name: 'purl', value: purl('property') }] },
  ];
  const text = JSON.stringify({ components, specVersion: '1.6', bomFormat: 'CycloneDX' });
  expect(read(text)).toMatchObject({ format: 'cyclonedx', unreadable: 0 });
  expect(names(read(text))).toEqual(['inner', 'outer', 'patched']);
});

test('the SBOM of an index names images and no RPMs', () => {
  const packages = [{ name: 'image', externalRefs: [ref('pkg:oci/image@sha256:00?arch=amd64')] }];
  expect(read(spdx(packages)).packages).toEqual([]);
});

test('what is no name or version is counted and left out', () => {
  const packages = ['bash', '%3Cb%3E'].map((name) => ({ externalRefs: [ref(purl(name))] }));
  expect(read(spdx(packages))).toMatchObject({ unreadable: 1, packages: [{ name: 'bash' }] });
});

test('other types where text is expected are passed over', () => {
  const packages = [7, null, [], { externalRefs: 'none' }, { externalRefs: [ref(null), ref({}), ref([purl('x')])] }];
  expect(read(spdx(packages, { components: 3 })).packages).toEqual([]);
  expect(read(spdx({ packages: 'none' })).packages).toEqual([]);
});

test('keys that objects have by themselves are keys like others', () => {
  const text = `{"__proto__":{"packages":1},"constructor":"x","spdxVersion":"SPDX-2.3","packages":[{"externalRefs":[{"referenceLocator":"${purl('bash')}"}]}]}`;
  expect(names(read(text))).toEqual(['bash']);
});

const MANY = Array.from({ length: 20_001 }, (_, index) => ({ externalRefs: [ref(purl(`p${index}`))] }));

test.each([
  ['cut off', spdx(MANY.slice(0, 9)).slice(0, 500), 'unreadable: the SBOM: it is cut off'],
  ['empty', '', 'unreadable: the SBOM: it is cut off'],
  ['no JSON', '<html>', 'unreadable: the SBOM: it is not JSON'],
  ['bytes that are no text', new Uint8Array([0x1f, 0x8b, 0x08, 0x00]), 'unreadable: the SBOM: it is not JSON'],
  ['brackets that do not match', '{"packages":[}]', 'unreadable: the SBOM: its brackets do not match'],
  ['two documents', `${spdx([])}${spdx([])}`, 'unreadable: the SBOM: something follows after its end'],
  ['JSON of another kind', '{"packages":[]}', 'unreadable: the SBOM: it is neither SPDX 2 nor CycloneDX'],
  ['SPDX 3', '{"spdxVersion":"SPDX-3.0"}', 'unreadable: the SBOM: it is neither SPDX 2 nor CycloneDX'],
  ['depth', `{"a":${'['.repeat(100_000)}`, 'unreadable: the SBOM: it is nested over 64 deep'],
  ['a giant string', `{"a":"${'x'.repeat(3 << 20)}"}`, 'unreadable: the SBOM: one of its strings is over 1 MB long'],
  ['too many RPMs', spdx(MANY), 'too-large: the SBOM lists over 20000 RPMs'],
])('is refused: %s', (_what, text, why) => {
  expect(faultOf(text)).toBe(why);
});

test('a million packages that are no RPMs cost time and no memory', () => {
  const reader = sbomReader('the SBOM');
  const write = (text: string) => reader.write(new TextEncoder().encode(text));
  const part = Array.from({ length: 1_000 }, () => JSON.stringify({ externalRefs: [ref('pkg:npm/x@1')] })).join(',');
  const before = process.memoryUsage().heapUsed;
  write('{"spdxVersion":"SPDX-2.3","packages":[');
  for (let index = 0; index < 1_000; index++) write(index === 0 ? part : `,${part}`);
  write(']}');
  reader.end();
  expect(reader.contents().packages).toEqual([]);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 << 20);
});

test('bytes that are no UTF-8 are no JSON', () => {
  const bytes = new TextEncoder().encode(spdx([{ externalRefs: [ref(purl('ba!sh'))] }]));
  bytes[bytes.indexOf('!'.charCodeAt(0))] = 0xff;
  expect(faultOf(bytes)).toBe('unreadable: the SBOM: it is not JSON');
});
