import { expect, test } from 'vitest';
import { type BodhiRelease, describeRelease, type EndoflifeCycle, lifecycleAt } from '#status/lifecycle.ts';
import { TargetsFile } from '#status/targets.ts';

const FILE = TargetsFile.parse({
  schema: 1,
  services: {},
  releases: [
    { id: '42', ended: '2026-05-27' },
    { id: 'stable', name: 'CoreOS stable', state: 'supported' },
  ],
  targets: [
    {
      channel: 'production',
      variant: 'standard',
      release: '45',
      repository: 'a/b',
      tag: 't',
      arches: ['x86_64'],
      cadence: { expect: '24h', fresh: '24h', stale: '24h' },
    },
  ],
});
const AT = Date.parse('2026-11-21T14:07:00Z');
const bodhi = (
  version: string,
  state: BodhiRelease['state'],
  eol: string | null = null,
  branch = `f${version}`,
): BodhiRelease => ({
  name: `F${version}`,
  version,
  branch,
  state,
  eol,
});
const cycle = (name: string, releaseDate: string, eol: string | null): EndoflifeCycle => ({
  cycle: name,
  releaseDate,
  eol,
});
const described = (id: string, fromBodhi: BodhiRelease[] = [], cycles: EndoflifeCycle[] = []) => {
  const { state, eolAt, name } = describeRelease(id, fromBodhi, cycles, FILE, AT);
  return [state, eolAt, name];
};

test.each([
  ['rawhide', [bodhi('46', 'pending', null, 'rawhide')], [], ['rawhide', null, 'Rawhide']],
  ['46', [bodhi('46', 'pending', null, 'rawhide')], [], ['rawhide', null, 'Fedora 46']],
  ['45', [bodhi('45', 'pending')], [], ['branched', null, 'Fedora 45']],
  ['45', [bodhi('45', 'frozen')], [], ['frozen', null, 'Fedora 45']],
  ['44', [bodhi('44', 'current', '2027-06-02')], [], ['supported', '2027-06-02', 'Fedora 44']],
  ['43', [bodhi('43', 'current', '2026-12-09')], [], ['eol-soon', '2026-12-09', 'Fedora 43']],
  ['41', [bodhi('41', 'archived')], [], ['eol', null, 'Fedora 41']],
  ['44', [], [cycle('44', '2026-04-28', '2027-06-02')], ['supported', '2027-06-02', 'Fedora 44']],
  ['45', [], [cycle('45', '2026-12-01', null)], ['branched', null, 'Fedora 45']],
  ['43', [bodhi('43', 'current')], [cycle('43', '2025-10-28', '2026-11-20')], ['eol', '2026-11-20', 'Fedora 43']],
  ['47', [], [], ['unknown', null, 'Fedora 47']],
  ['42', [], [], ['eol', '2026-05-27', 'Fedora 42']],
  ['stable', [], [], ['supported', null, 'CoreOS stable']],
] satisfies [string, BodhiRelease[], EndoflifeCycle[], unknown[]][])(
  'describes %s',
  (id, fromBodhi, cycles, expected) => {
    expect(described(id, fromBodhi, cycles)).toEqual(expected);
  },
);

test('turns to its end 30 days before, and ends after its last day', () => {
  const release = { state: 'supported' as const, eolAt: '2026-12-09' };
  const at = (instant: string) => lifecycleAt(release, Date.parse(instant));
  expect(at('2026-11-09T23:59:59.999Z')).toBe('supported');
  expect(at('2026-11-10T00:00:00Z')).toBe('eol-soon');
  expect(at('2026-12-09T23:59:59.999Z')).toBe('eol-soon');
  expect(at('2026-12-10T00:00:00Z')).toBe('eol');
});

test('who named the last day is told, the most trusted voice first', () => {
  const by = (id: string, fromBodhi: BodhiRelease[] = [], cycles: EndoflifeCycle[] = []) =>
    describeRelease(id, fromBodhi, cycles, FILE, AT).eolBy;
  const listed = cycle('44', '2026-04-28', '2027-06-02');
  expect(by('44', [bodhi('44', 'current', '2027-06-09')], [listed])).toBe('bodhi');
  expect(by('44', [bodhi('44', 'current')], [listed])).toBe('endoflife');
  expect(by('42')).toBe('targets');
  expect(by('45', [bodhi('45', 'pending')])).toBeUndefined();
  expect(by('rawhide', [bodhi('46', 'pending', '2027-11-01', 'rawhide')])).toBeUndefined();
});
