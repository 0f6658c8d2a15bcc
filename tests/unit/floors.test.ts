import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** The floors that biome.json cannot tell: it does not know a type's import from a value's. */
const files = globSync('src/sim/**/*.ts');

test.each(files)(
  '%s takes nothing but types, and three libraries that run in a browser, from outside its folder',
  (file) => {
    const imports = [...readFileSync(file, 'utf8').matchAll(/^(import|export)\b([^;]*?)from '([^']+)'/gms)];
    const values = imports.filter(
      ([, , names = '', from = '']) =>
        !/^(\.\/|#sim\/|rfc6902$|@cfworker\/json-schema$|yaml$)/.test(from) && !/^\s+type\b/.test(names),
    );
    expect(values.map(([statement]) => statement)).toEqual([]);
  },
);

test('the pretend services are there to be looked at', () => {
  expect(files.length).toBeGreaterThan(3);
});
