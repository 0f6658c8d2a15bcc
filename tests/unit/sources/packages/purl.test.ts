import { expect, test } from 'vitest';
import { isRpm, packageOf } from '#sources/packages/purl.ts';

test.each([
  [
    'pkg:rpm/rhel/glibc-common@2.34-125.el9_5.1?arch=x86_64&upstream=glibc-2.34-125.el9_5.1.src.rpm&distro=rhel-9.5',
    { name: 'glibc-common', evr: '2.34-125.el9_5.1', arch: 'x86_64', source: 'glibc-2.34-125.el9_5.1' },
  ],
  [
    'pkg:rpm/fedora/libstdc%2B%2B@16.1.1-1.fc45?arch=aarch64&epoch=2',
    { name: 'libstdc++', evr: '2:16.1.1-1.fc45', arch: 'aarch64', source: null },
  ],
  [
    'pkg:rpm/fedora/passt@0%5E20261010.gabc-1.fc45?epoch=0&arch=noarch',
    { name: 'passt', evr: '0^20261010.gabc-1.fc45', arch: 'noarch', source: null },
  ],
  ['pkg:rpm/perl@4:5.42~rc1-3?arch=s390x', { name: 'perl', evr: '4:5.42~rc1-3', arch: 's390x', source: null }],
  ['pkg:rpm/fedora/thing@1-1', { name: 'thing', evr: '1-1', arch: '(none)', source: null }],
  ['pkg:rpm/fedora/kernel@6.17-1?arch=src', null],
  ['pkg:rpm/rhel/gpg-pubkey@5a6340b3-6229229e?distro=rhel-9.5', null],
])('%s', (purl, expected) => {
  expect(isRpm(purl)).toBe(true);
  expect(packageOf(purl)).toEqual(expected);
});

test.each([
  ['no version', 'pkg:rpm/fedora/bash?arch=x86_64'],
  ['no release', 'pkg:rpm/fedora/bash@5.3?arch=x86_64'],
  ['broken encoding', 'pkg:rpm/fedora/bash@5.3-1%E0%A4%A?arch=x86_64'],
  ['characters that no name has', 'pkg:rpm/fedora/%3Cscript%3E@1-1?arch=x86_64'],
  ['a direction override', 'pkg:rpm/fedora/ba%E2%80%AEsh@1-1?arch=x86_64'],
  ['an epoch that is no number', 'pkg:rpm/fedora/bash@1-1?arch=x86_64&epoch=one'],
  ['an arch that is none', 'pkg:rpm/fedora/bash@1-1?arch=x86 64'],
  ['a name without end', `pkg:rpm/fedora/${'a'.repeat(301)}@1-1?arch=x86_64`],
])('cannot be read: %s', (_what, purl) => {
  expect(packageOf(purl)).toBeUndefined();
});

test('other kinds of package are not RPMs', () => {
  expect(['pkg:npm/rpm@1.0.0', 'pkg:oci/rpm@sha256:00', 'rpm/bash@1-1'].filter(isRpm)).toEqual([]);
});
