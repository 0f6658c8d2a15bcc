import { expect, test } from 'vitest';
import { parseVariables } from '#runbook/catalog.ts';
import { filled, valuesFor } from '#verify/values.ts';
import { runbook } from '../../support/trial.ts';

const VARIABLES = parseVariables(
  `namespace: { type: k8s-label, label: N, default: bootc-tenant, example: other, help: "." }
tag: { type: image-tag, label: T, example: latest, help: "." }
reason: { type: text, label: R, example: "it's $(date)", help: "." }`,
  'variables.yaml',
);
const SAMPLE = runbook(`needs: { role: none }
variables: [namespace, tag, reason]
optional: [tag]
steps: [{ id: a, title: Look, risk: read, where: laptop, run: 'echo {{namespace}} {{tag}} "$REASON"' }]`);

const given = (values: Record<string, string>) => valuesFor(SAMPLE, { values }, VARIABLES);

test('a test fills in over the default, the default over the example; free text goes to the environment', () => {
  expect(given({ tag: 'v1' })).toEqual({
    inline: { namespace: 'bootc-tenant', tag: 'v1' },
    exported: { REASON: "it's $(date)" },
  });
});

test('only what is optional may be empty', () => {
  expect(given({ tag: '' }).inline['tag']).toBe('');
  expect(() => given({ namespace: '' })).toThrow('"" cannot be taken for "namespace": This is empty.');
});

test('a value that the form would refuse is refused, and a stray one named', () => {
  expect(() => given({ namespace: 'a;b' })).toThrow('"a;b" cannot be taken for "namespace"');
  expect(() => given({ arch: 's390x' })).toThrow('its test fills in "arch", which is not among its variables');
});

test('a text whose variable has no value is not run', () => {
  expect(() => filled('echo {{other}}', given({}))).toThrow('{{other}} has no value');
  expect(filled("--format '{{.Digest}}'", given({}))).toBe("--format '{{.Digest}}'");
});
