import { expect, test } from 'vitest';
import type { PipelineTask } from '#pipeline/definition.ts';
import { graphOfDefinition, graphOfPath, graphOfRecording } from '#pipeline/graph/graph.ts';
import { withoutCircles } from '#pipeline/graph/order.ts';
import { definition } from '../../../support/definitions.ts';

const graphOf = (parts: Parameters<typeof definition>[0]) => graphOfDefinition(definition(parts));
const arrows = (edges: readonly { from: string; to: string; kind: string }[]) =>
  edges.map(({ from, to, kind }) => `${from} ${kind === 'data' ? '=>' : '->'} ${to}`);

test.each([
  ['an order', '{ name: b, runAfter: [a] }', ['a -> b']],
  ['a result', "{ name: b, params: [{ name: x, value: '$(tasks.a.results.IMAGE_URL)' }] }", ['a => b']],
  ['a result in brackets', `{ name: b, params: [{ name: x, value: '$(tasks.a.results["my.url"])' }] }`, ['a => b']],
  [
    'a result in the other brackets',
    `{ name: b, params: [{ name: x, value: "$(tasks.a.results['u'])" }] }`,
    ['a => b'],
  ],
  ['all of a list', "{ name: b, params: [{ name: x, value: ['$(tasks.a.results.REFS[*])'] }] }", ['a => b']],
  ['a field of a result', "{ name: b, params: [{ name: x, value: 'y-$(tasks.a.results.image.url)' }] }", ['a => b']],
  ['a condition', "{ name: b, when: [{ input: '$(tasks.a.results.go)', operator: in, values: ['1'] }] }", ['a => b']],
  [
    'the values of a condition',
    "{ name: b, when: [{ input: x, operator: in, values: ['$(tasks.a.results.r[*])'] }] }",
    ['a => b'],
  ],
  ['a condition in CEL', `{ name: b, when: [{ cel: "'$(tasks.a.results.go)' == 'yes'" }] }`, ['a => b']],
  ['a matrix', "{ name: b, matrix: { params: [{ name: x, value: '$(tasks.a.results.list[*])' }] } }", ['a => b']],
  [
    'both at once: one edge, of data',
    "{ name: b, runAfter: [a], params: [{ name: x, value: '$(tasks.a.results.u)' }] }",
    ['a => b'],
  ],
  ['how it ended is no data', "{ name: b, params: [{ name: x, value: '$(tasks.a.status)' }] }", ['a -> b']],
  [
    'parameters, contexts and the whole status are no tasks',
    "{ name: b, params: [{ name: x, value: '$(params.a.results.x) $(context.pipelineRun.name) $(tasks.status)' }] }",
    [],
  ],
])('%s', (_, task, expected) => {
  const { edges, faults } = graphOf(`{ name: a, taskRef: { name: t } }\n${task}`);
  expect(arrows(edges)).toEqual(expected);
  expect(faults).toEqual([]);
});

test('what follows from others is not drawn', () => {
  const { edges, drawn, nodes } = graphOf(`{ name: d, runAfter: [a, b, c] }
{ name: c, runAfter: [a, b] }
{ name: b, runAfter: [a] }
{ name: a }`);
  expect(nodes.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  expect(edges.length).toBe(6);
  expect(arrows(drawn)).toEqual(['c -> d', 'b -> c', 'a -> b']);
});

test('beside each other they stay in the order in which they are written', () => {
  const { nodes } = graphOf('{ name: z }\n{ name: y, runAfter: [z] }\n{ name: x, runAfter: [z] }\n{ name: w }');
  expect(nodes.map(({ id }) => id)).toEqual(['z', 'y', 'x', 'w']);
});

test('tasks of finally come last, and only what they use leads to them', () => {
  const { nodes, edges } = graphOf({
    tasks: '{ name: a }\n{ name: b, runAfter: [a] }',
    finally: "{ name: last, params: [{ name: x, value: '$(tasks.a.results.u)' }] }\n{ name: free }",
  });
  expect(nodes.map(({ id, isFinally }) => (isFinally ? `(${id})` : id))).toEqual(['a', 'b', '(last)', '(free)']);
  expect(arrows(edges)).toEqual(['a -> b', 'a => last']);
});

test.each([
  [
    'an order after nobody',
    '{ name: a, runAfter: [gone] }',
    'a is to run after gone, but no task is called so: that line is left out.',
  ],
  [
    'a result of nobody',
    "{ name: a, params: [{ name: x, value: '$(tasks.gone.results.u)' }] }",
    'a uses a result of gone, but no task is called so: that line is left out.',
  ],
  [
    'a name that every object has',
    '{ name: a, runAfter: [__proto__] }',
    'a is to run after __proto__, but no task is called so: that line is left out.',
  ],
  ['itself', '{ name: a, runAfter: [a] }', 'a waits for itself, so it can never start.'],
])('a fault: %s', (_, tasks, fault) => {
  const { edges, drawn, faults } = graphOf(tasks);
  expect(faults).toEqual([fault]);
  expect([...edges, ...drawn]).toEqual([]);
});

test('a circle is named, and the line that closes it left out', () => {
  const { nodes, edges, drawn, faults } = graphOf(`{ name: b, runAfter: [a, d] }
{ name: c, runAfter: [b] }
{ name: d, runAfter: [c] }
{ name: a }`);
  expect(faults).toEqual([
    'These tasks wait for each other in a circle, so none of them can start: b → c → d → b. The line from d to b is left out.',
  ]);
  expect(arrows(edges)).toEqual(['a -> b', 'b -> c', 'c -> d']);
  expect(drawn).toEqual(edges);
  expect(nodes.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
});

test('nothing waits for what runs at the end', () => {
  const parts = definition({ tasks: '{ name: a, runAfter: [z] }', finally: '{ name: z, runAfter: [a] }' });
  const { edges, faults } = graphOfDefinition(parts);
  expect(edges).toEqual([]);
  expect(faults.map((fault) => fault.split(':')[0])).toEqual([
    'a waits for z, which runs only after all others',
    'z runs at the end and has a runAfter, which Tekton does not allow there',
  ]);
});

const [bare] = definition('{ name: a }').tasks;
const task = (name: string, runAfter: string[] = []): PipelineTask => {
  if (!bare) throw new Error('There is no task to make others from.');
  return { ...bare, name, runAfter };
};

test('a name given twice is one box', () => {
  const { nodes, faults } = graphOfDefinition({ tasks: [task('a'), task('b', ['a']), task('a', ['b'])] });
  expect(nodes.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(faults).toEqual(['More than one task is called a: only the first of them is shown.']);
});

test('a hostile name is harmless in a sentence, and short', () => {
  const { faults } = graphOfDefinition({ tasks: [task('a', [`\u202e${'x'.repeat(190)}`])] });
  expect(faults[0]).toMatch(/^a is to run after ⟨U\+202E⟩x{50,60}…, but/);
});

test('of a hundred circles twenty are told, and the rest counted', () => {
  const names = Array.from({ length: 100 }, (_, at) => `t${at}`);
  const { faults } = graphOfDefinition({ tasks: names.map((name) => task(name, [name === 't0' ? 't1' : 't0'])) });
  expect(faults.length).toBe(1);
  const all = graphOfDefinition({ tasks: names.map((name) => task(name, names)) });
  expect(all.faults.length).toBe(42);
  expect(all.faults.at(-1)).toMatch(/^\d{4} more faults of this kind are not listed\.$/);
  expect(all.faults.every((fault) => fault.length < 400)).toBe(true);
});

test('five hundred tasks that all wait for all before them are in order within a second', () => {
  const names = Array.from({ length: 500 }, (_, at) => `t${at}`);
  const begun = performance.now();
  const { edges, drawn } = graphOfDefinition({ tasks: names.map((name, at) => task(name, names.slice(0, at))) });
  expect(performance.now() - begun).toBeLessThan(1_000);
  expect([edges.length, drawn.length]).toEqual([(500 * 499) / 2, 499]);
});

const recorded = (name: string, ...after: string[]) => ({
  ...{ name, after, status: null, startedAt: null, finishedAt: null, bundle: null, task: null, platform: null },
  ...{ params: {}, results: {}, steps: [], createdAt: null, message: null, log: null },
});

test('a recording has one box for all legs of a task', () => {
  const tasks = [
    recorded('init'),
    recorded('build', 'init'),
    recorded('build', 'init'),
    recorded('index', 'build', 'init'),
  ];
  const { nodes, drawn, faults } = graphOfRecording({ tasks });
  expect(nodes.map(({ id }) => id)).toEqual(['init', 'build', 'index']);
  expect(arrows(drawn)).toEqual(['init -> build', 'build -> index']);
  expect(faults).toEqual([]);
});

test('a task that left no trace in a recording is missed, not drawn', () => {
  const { nodes, edges, faults } = graphOfRecording({ tasks: [recorded('b', 'lost'), recorded('c', 'lost', 'b')] });
  expect(nodes.map(({ id }) => id)).toEqual(['b', 'c']);
  expect(arrows(edges)).toEqual(['b -> c']);
  expect(faults).toEqual([
    'b and c waited for lost, which left no trace in this recording. What lost waited for is not known.',
  ]);
});

test('a path keeps what links its stages, and draws it', () => {
  const after = (stage: string, label: string | null = null) => ({ stage, label });
  const { edges, drawn } = graphOfPath([
    { id: 'merge', after: [] },
    { id: 'build', after: [after('merge', 'sha')] },
    { id: 'test', after: [after('build'), after('merge', 'the same sha')] },
    { id: 'tag', after: [after('test'), after('build'), after('nowhere')] },
  ]);
  expect(edges.length).toBe(5);
  expect(drawn.map(({ from, to, label }) => [from, to, label])).toEqual([
    ['merge', 'build', 'sha'],
    ['build', 'test', null],
    ['merge', 'test', 'the same sha'],
    ['test', 'tag', null],
  ]);
});

test('of a circle that something leads into, the line that leads back is left out, wherever the list begins', () => {
  const edges = [
    { from: 'b', to: 'c' },
    { from: 'c', to: 'b' },
    { from: 'start', to: 'b' },
  ];
  for (const ids of [
    ['start', 'b', 'c'],
    ['c', 'b', 'start'],
  ])
    expect(withoutCircles(ids, edges, 5).circles).toEqual([['b', 'c']]);
});
