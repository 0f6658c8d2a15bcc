import { expect, test } from 'vitest';
import { rpmsOf } from '#sim/registry/packages.ts';
import { Packages } from '#world/packages.ts';
import { smallWorld } from '../../support/world.ts';

const SETS = Packages.parse({
  base: ['rpm-ostree-libs-2026.3-1.sample from rpm-ostree', 'tar-2:1.35-6.sample', 'tzdata-2026c-1.sample.noarch'],
  before: {
    from: 'base',
    set: ['tzdata-2026b-1.sample.noarch', 'wget2-2.2.0-8.sample'],
    drop: ['tar'],
    on: { s390x: { set: ['s390utils-2:2.39-1.sample'], drop: ['wget2'] } },
  },
  more: ['tar-2:1.36-1.sample'],
});
const named = (names: string[], arch: 'x86_64' | 's390x') =>
  rpmsOf(SETS, names, arch).map((one) => `${one.name} ${one.epoch ?? 0}:${one.version}-${one.release} ${one.arch}`);

test('a set of packages is read to what SBOMs say of each', () => {
  expect(rpmsOf(SETS, ['base'], 'x86_64')).toEqual([
    {
      ...{ name: 'rpm-ostree-libs', epoch: null, version: '2026.3', release: '1.sample', arch: 'x86_64' },
      source: 'rpm-ostree-2026.3-1.sample',
    },
    {
      ...{ name: 'tar', epoch: '2', version: '1.35', release: '6.sample', arch: 'x86_64' },
      source: 'tar-1.35-6.sample',
    },
    {
      ...{ name: 'tzdata', epoch: null, version: '2026c', release: '1.sample', arch: 'noarch' },
      source: 'tzdata-2026c-1.sample',
    },
  ]);
});

test('a set changes the one that it rests on, on single arches too, and a later one lies on top', () => {
  expect(named(['before'], 'x86_64')).toEqual([
    'rpm-ostree-libs 0:2026.3-1.sample x86_64',
    'tzdata 0:2026b-1.sample noarch',
    'wget2 0:2.2.0-8.sample x86_64',
  ]);
  expect(named(['before', 'more'], 's390x')).toEqual([
    'rpm-ostree-libs 0:2026.3-1.sample s390x',
    's390utils 2:2.39-1.sample s390x',
    'tar 2:1.36-1.sample s390x',
    'tzdata 0:2026b-1.sample noarch',
  ]);
});

test.each([
  ['{ a: { from: b } }', /no set of packages is called b/],
  ['{ a: { from: b }, b: { from: a } }', /rests on itself/],
  ['{ a: [kernel] }', /name-\[epoch:\]version-release/],
])('packages: %s is refused with its reason', (packages, why) => {
  expect(() => smallWorld(`packages: ${packages}\n`)).toThrow(why);
});

test('a set that no world has is named', () => {
  expect(() => rpmsOf(SETS, ['nothing'], 'x86_64')).toThrow('No set of packages is called "nothing"');
});
