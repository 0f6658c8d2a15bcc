import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { Rpm } from '#sim/registry/packages.ts';
import { rpmdb } from '#sim/registry/rpmdb.ts';
import { readRpmdb } from '#sources/packages/rpmdb.ts';

const rpm = (name: string, change: Partial<Rpm> = {}): Rpm => ({
  ...{ name, epoch: null, version: '1', release: '1.sample', arch: 'x86_64', source: `${name}-1-1.sample` },
  ...change,
});

test.each([[0], [1], [350], [3_000]])('SQLite finds nothing wrong with a database of %i packages', (count) => {
  const bytes = rpmdb(Array.from({ length: count }, (_, index) => rpm(`package-${index}`)));
  const database = new DatabaseSync(':memory:');
  database.deserialize(bytes.fill(1, 18, 20));
  expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  expect(database.prepare('SELECT count(*) AS rows FROM Packages').get()).toEqual({ rows: count });
});

test('our own reader reads back what was written', () => {
  const packages = [
    rpm('bash', { epoch: '7', version: '5.3~rc1' }),
    rpm('tzdata', { arch: 'noarch', source: 'tz-1-2' }),
  ];
  expect(readRpmdb(rpmdb(packages))).toEqual([
    { name: 'bash', evr: '7:5.3~rc1-1.sample', arch: 'x86_64', source: 'bash-1-1.sample' },
    { name: 'tzdata', evr: '1-1.sample', arch: 'noarch', source: 'tz-1-2' },
  ]);
});
