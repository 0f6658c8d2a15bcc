import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ASSUMPTIONS } from '#sources/doctor/assumptions.ts';

test('the simulator assumes what the doctor asks about, no more and no less', () => {
  const named = globSync('src/sim/**/*.ts').flatMap((file) => {
    const [, list = ''] = /^\/\/ assumes: (.+)$/m.exec(readFileSync(file, 'utf8')) ?? [];
    return list.split(', ').filter((id) => id !== '');
  });
  expect(named.length).toBeGreaterThan(10);
  // What the targets file names is no assumption of the simulator.
  const asked = ASSUMPTIONS.map(({ id }) => id).filter((id) => !id.startsWith('targets.'));
  expect([...new Set(named)].sort()).toEqual([...new Set(asked)].sort());
});
