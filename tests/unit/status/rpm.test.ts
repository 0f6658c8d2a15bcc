import { expect, test } from 'vitest';
import { compareEvr, compareVersions, parseEvr } from '#status/rpm.ts';

// The corner cases that RPM documents and tests itself: older, newer.
test.each([
  ['1.0', '2.0'],
  ['2.0', '2.0.1'],
  ['2.0.1', '2.0.1a'],
  ['5.5p1', '5.5p2'],
  ['5.5p1', '5.5p10'],
  ['10xyz', '10.1xyz'],
  ['xyz10', 'xyz10.1'],
  ['xyz.4', '8'],
  ['xyz.4', '2'],
  ['5.5p2', '5.6p1'],
  ['5.6p1', '6.5p1'],
  ['6.0', '6.0.rc1'],
  ['10a1', '10b2'],
  ['10a2', '10b2'],
  ['1.0a', '1.0aa'],
  ['10.0001', '10.0039'],
  ['4.999.9', '5.0'],
  ['20101121', '20101122'],
  ['9', '10'],
  ['99999999999999999998', '99999999999999999999'],
  ['99999999999999999999', '100000000000000000000'],
  ['B', 'a'],
  // A tilde is older than the end of the version.
  ['1.0~rc1', '1.0'],
  ['1.0~rc1', '1.0~rc2'],
  ['1.0~rc1~git123', '1.0~rc1'],
  ['1.0~~', '1.0~'],
  ['~', 'a'],
  // A caret is newer than the end, and older than whatever else follows.
  ['1.0', '1.0^'],
  ['1.0^', '1.0.1'],
  ['1.0^git1', '1.0^git2'],
  ['1.0^git1', '1.01'],
  ['1.0^20160101', '1.0.1'],
  ['1.0^20160101', '1.0^20160101^git1'],
  ['1.0^20160102', '1.0^20160101^git1'].toReversed(),
  ['1.0~rc1', '1.0~rc1^git1'],
  ['1.0~rc1^git1', '1.0'],
  ['1.0^git1~pre', '1.0^git1'],
  // What RPM itself calls odd, and keeps.
  ['1b.fc17', '1.fc17'],
  ['1.fc17', '1g.fc17'],
])('%s is older than %s', (older = '', newer = '') => {
  expect(compareVersions(older, newer)).toBeLessThan(0);
  expect(compareVersions(newer, older)).toBeGreaterThan(0);
});

test.each([
  ['1.0', '1.0'],
  ['10.0001', '10.1'],
  ['2.0', '2_0'],
  ['1..0', '1.0'],
  ['1.0.', '1.0'],
  ['a+', 'a_'],
  ['+a', '_a'],
  ['+_', '_+'],
  ['+', '_'],
  ['1.1.α', '1.1.β'],
  ['1.1.αα', '1.1.α'],
  ['1.α1', '1.1'],
  ['1.0^', '1.0^'],
  ['000', '0'],
])('%s and %s are the same to RPM', (one, other) => {
  expect(compareVersions(one, other)).toBe(0);
  expect(compareVersions(other, one)).toBe(0);
});

test.each([
  ['1.0-1', '0', '1.0', '1'],
  ['2:1.0-1.fc45', '2', '1.0', '1.fc45'],
  ['1-0-1', '0', '1-0', '1'],
  ['1.0', '0', '1.0', null],
  [':1.0-1', '0', '1.0', '1'],
  ['a:1-1', '0', 'a:1', '1'],
  ['', '0', '', null],
] as const)('reads %s', (text, epoch, version, release) => {
  expect(parseEvr(text)).toEqual({ epoch, version, release });
});

test.each([
  ['9.9-9', '1:0.1-1', 'the epoch before all else'],
  ['9:1-1', '10:1-1', 'epochs as numbers'],
  ['1.0-9', '1.1-1', 'the version before the release'],
  ['1.0-1.fc44', '1.0-1.fc45', 'the release last'],
  ['1.0', '1.0-1', 'no release before any'],
  ['6.17.9-300.fc45', '6.17.10-100.fc45', 'parts as numbers'],
])('%s is older than %s: %s', (older, newer) => {
  expect(compareEvr(older, newer)).toBeLessThan(0);
  expect(compareEvr(newer, older)).toBeGreaterThan(0);
});

test('takes epoch 0 for the same as none', () => {
  expect(compareEvr('0:1.0-1', '1.0-1')).toBe(0);
});
