import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { fragmentOf, valuesOf } from '#runbook/link.ts';
import { refusal } from '#runbook/value.ts';
import { variables } from './shown.ts';
import { acceptable, anything, hostile } from './values.ts';

const names = Object.keys(variables);
const [free = ''] = names.filter((name) => variables[name]?.type === 'text');
const rows = fc.array(
  fc.tuple(fc.oneof(fc.constantFrom(...names, '__proto__', 'constructor', ''), anything), anything),
  { maxLength: 6 },
);

test('whatever stands in a link, only values that are declared, fit and shareable come out of it', () => {
  const check = (fragment: string) => {
    const { values, dropped } = valuesOf(fragment, variables);
    for (const [name, value] of Object.entries(values)) {
      expect(names).toContain(name);
      expect(variables[name]?.shareable).toBe(true);
      expect(refusal(variables[name] ?? { type: 'choice' }, value)).toBeNull();
    }
    expect(dropped.every((name) => name.length <= 40)).toBe(true);
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
  };
  fc.assert(
    fc.property(
      fc.oneof(
        anything,
        anything.map((text) => `#v=${text}`),
      ),
      check,
    ),
    { numRuns: 1_000 },
  );
  fc.assert(
    fc.property(rows, (list) => check(`#v=${list.map(([name, value]) => `${name}:${encodeAsFar(value)}`).join(';')}`)),
    { numRuns: 1_000 },
  );
});

test('what was shared is what arrives', () => {
  const record = fc.record(
    Object.fromEntries(names.map((name) => [name, acceptable(variables[name] ?? { type: 'text' })])),
    {
      requiredKeys: [],
    },
  );
  fc.assert(
    fc.property(record, (values) => {
      const whole = z.record(z.string(), z.string()).parse(values);
      expect(valuesOf(fragmentOf(whole, variables), variables)).toEqual({ values, dropped: [] });
    }),
    { numRuns: 200 },
  );
});

test('what is dropped is named', () => {
  expect(valuesOf('#v=namespace:a%20b;nothing:x;component:sample;%:1;arch:%E0', variables)).toEqual({
    values: { component: 'sample' },
    dropped: ['namespace', 'nothing', '%', 'arch'],
  });
});

test('a variable that is not to be shared is neither written nor read', () => {
  const secretive = {
    ...variables,
    component: { ...variables['component'], type: 'k8s-label', shareable: false },
  } as const;
  expect(fragmentOf({ component: 'a' }, secretive)).toBe('');
  expect(valuesOf('#v=component:a', secretive)).toEqual({ values: {}, dropped: ['component'] });
});

test.each(hostile)('a link with %j sets no name of a namespace that is unfit', (value) => {
  const { values } = valuesOf(`#v=namespace:${encodeAsFar(value)};${free}:${encodeAsFar(value)}`, variables);
  expect(values['namespace'] ?? 'a').toMatch(/^[a-z0-9-]+$/);
});

/** A lone surrogate cannot be encoded: it stands there as it is. */
function encodeAsFar(value: string): string {
  return value.isWellFormed() ? encodeURIComponent(value) : value;
}
