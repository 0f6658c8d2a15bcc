import { expect, test } from 'vitest';
import { begin, faultOf, obstacle, ready, settled } from '#components/runbook/values.ts';
import { viewOf } from '#runbook/view.ts';
import { sampleRunbook, VARIABLES } from '../../../support/runbooks.ts';

const { fields } = await viewOf(sampleRunbook({ optional: ['component'] }), null, VARIABLES);
const names = fields.map(({ name }) => name);
const TEXT = 'kubectl get {{component}} -n {{namespace}} # as it is\ncat <<EOF\n# not a comment\nEOF\n';

test('a preset stands until something was kept, and both until a link says otherwise', () => {
  expect(begin(fields, {}, {})['namespace']).toEqual({ value: 'sample-tenant', isPending: false });
  expect(begin(fields, { namespace: 'kept' }, {})['namespace']).toEqual({ value: 'kept', isPending: false });
  expect(begin(fields, { namespace: 'kept' }, { namespace: 'theirs' })['namespace']).toEqual({
    value: 'theirs',
    isPending: true,
  });
});

test('a link that says what was kept already needs no second look', () => {
  expect(begin(fields, { namespace: 'kept' }, { namespace: 'kept' })['namespace']?.isPending).toBe(false);
});

test('what was kept and is unfit here is left out', () => {
  expect(begin(fields, { namespace: 'Not A Name' }, {})['namespace']?.value).toBe('sample-tenant');
});

test('a value of a link is no value until it is accepted', () => {
  const held = begin(fields, {}, { namespace: 'theirs', component: 'theirs' });
  expect(settled(held)).toEqual({ reason: '' });
  expect(() => ready(TEXT, ['namespace'], fields, held)).toThrow('no value that may be used');
});

test('the first that is missing or unfit is named with its reason; one that may stay empty may', () => {
  const held = begin(fields, {}, {});
  expect(obstacle(fields, held, ['namespace', 'component'])).toBeNull();
  expect(obstacle(fields, held, names)).toEqual({ name: 'reason', why: 'This is empty.' });
  const bad = { ...held, component: { value: '$(id)', isPending: false } };
  expect(obstacle(fields, bad, ['component'])?.name).toBe('component');
  expect(() => ready(TEXT, ['component'], fields, bad)).toThrow('component');
});

test('a command is ready with its comments and here-documents as they are', () => {
  const held = begin(fields, { component: 'mine' }, {});
  expect(ready(TEXT, ['component', 'namespace'], fields, held)).toBe(
    TEXT.replace('{{component}}', 'mine').replace('{{namespace}}', 'sample-tenant'),
  );
  const empty = ready(TEXT, ['component', 'namespace'], fields, begin(fields, {}, {}));
  expect(empty).toContain('kubectl get  -n sample-tenant');
});

test('a free text goes into the shell in quotes that it cannot leave', () => {
  const held = begin(fields, { reason: `it's "$(id)" \`id\`` }, {});
  expect(ready('export REASON={{reason}}\n', ['reason'], fields, held)).toBe(
    `export REASON='it'\\''s "$(id)" \`id\`'\n`,
  );
});

test('what looks like a variable in a value is not filled again', () => {
  const held = begin(fields, { reason: '{{namespace}}' }, {});
  expect(ready('export REASON={{reason}}', ['reason'], fields, held)).toBe(`export REASON='{{namespace}}'`);
});

test('an empty field is a fault only where it must be filled', () => {
  const faults = fields.map((field) => [field.name, faultOf(field, '')]);
  expect(faults).toEqual([
    ['namespace', 'This is empty.'],
    ['component', null],
    ['reason', 'This is empty.'],
  ]);
});
