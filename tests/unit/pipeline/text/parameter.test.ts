import { expect, test } from 'vitest';
import { anchorsOf } from '#pipeline/anchors.ts';
import { parametersOf, strongest } from '#pipeline/text/parameter.ts';
import { definition, lackingUpstream, upstream } from '../../../support/definitions.ts';

const of = (one = upstream('docker-build-multi-platform-oci-ta')) =>
  parametersOf(
    one,
    [{ name: 'hermetic', value: 'true' }],
    anchorsOf(
      'task',
      one.tasks.map(({ name }) => name),
    ),
  );

test.skipIf(lackingUpstream)(
  `what people ask about first comes first${lackingUpstream ? `: ${lackingUpstream}` : ''}`,
  () => {
    const { first, others } = of();
    expect(first.map(({ name }) => name)).toEqual(['skip-checks', 'hermetic', 'privileged-nested', 'build-platforms']);
    expect(others).toHaveLength(18);
    expect(first[1]).toMatchObject({ byDefault: 'false', given: 'true' });
    const marks = first.map(({ tasks }) => new Set(strongest(tasks).values()));
    expect(marks[0]).toEqual(new Set(['switched']));
    expect(marks[3]?.has('repeated')).toBe(true);
  },
);

test('a task has the strongest of its marks, a parameter that nothing uses has none', () => {
  const { first } = of(
    definition({
      params: '{ name: go, default: "" }\n{ name: idle }',
      tasks:
        '{ name: a, params: [{ name: X, value: "$(params.go)" }], when: [{ input: "$(params.go)", operator: in, values: [x] }] }',
    }),
  );
  expect(first.map(({ tasks }) => Object.fromEntries(strongest(tasks)))).toEqual([{ 'task-a': 'switched' }, {}]);
  expect(first.map(({ byDefault }) => byDefault)).toEqual(['empty', 'none: it must be given']);
});

test('parameters whose names would share an id have different ones', () => {
  const { first } = of(definition({ tasks: '{ name: a }', params: '{ name: "x y" }\n{ name: "x-y" }' }));
  expect(first.map(({ anchor }) => anchor)).toEqual(['parameter-x-y', 'parameter-x-y.2']);
});
