import { expect, test } from 'vitest';
import { refuseSample } from '#publish.ts';

test('a build for publication refuses the sample and says what to do', () => {
  expect(() => refuseSample('sample', { SLIPWAY_PUBLISH: '1' })).toThrow(/only sample data.*npm run snapshot/);
});

test.each(['live', 'kept'] as const)('a build for publication takes %s data', (mode) => {
  expect(() => refuseSample(mode, { SLIPWAY_PUBLISH: '1' })).not.toThrow();
});

test.each([undefined, '', '0'])('any other build shows the sample: SLIPWAY_PUBLISH=%s', (value) => {
  expect(() => refuseSample('sample', { SLIPWAY_PUBLISH: value })).not.toThrow();
});
