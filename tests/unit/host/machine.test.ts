import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { which } from '#host/machine.ts';
import { put, scratch } from '../../support/remote.ts';

test('finds the first program of that name on PATH', () => {
  const [first, second] = [scratch(), scratch()];
  for (const folder of [first, second]) {
    put(join(folder, 'slipway-client'), '#!/bin/sh\n');
    chmodSync(join(folder, 'slipway-client'), 0o755);
  }
  expect(which('slipway-client', [first, second].join(delimiter))).toBe(join(first, 'slipway-client'));
});

test('passes over a file that cannot be run, and a folder', () => {
  const folder = scratch();
  put(join(folder, 'slipway-client'), 'text');
  put(join(folder, 'slipway-folder/file'), 'text');
  expect(which('slipway-client', folder)).toBeNull();
  expect(which('slipway-folder', folder)).toBeNull();
});

test('finds nothing on an empty PATH', () => {
  expect(which('slipway-client', '')).toBeNull();
});
