import { expect, test } from 'vitest';
import { PipelineDefinition, RunFile, TaskDefinition } from '#pipeline/definition.ts';
import { readPipeline, readRunFile, readTask } from '#pipeline/tekton/read.ts';

/** What anyone may have written: sentences, never an exception, never a hang. */

const HEAD = 'apiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata: { name: p }\nspec:\n';
const pipeline = (tasks: string) => `${HEAD}  tasks:\n${tasks}`;
const task = (name: string, more = '') => `    - name: ${name}\n      taskRef: { name: t }\n${more}`;
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => task(`t${index}`, index ? `      runAfter: [t${index - 1}]\n` : '')).join(
    '',
  );

test.each([
  ['an empty text', '', 'The text is empty: there is nothing to read.'],
  ['blanks', ' \n\t\n', 'The text is empty: there is nothing to read.'],
  ['an archive', '\x1f\u008b\b\0\0', 'The text is binary, not YAML or JSON. Was it unpacked?'],
  ['a text of 2 MB', `# ${'x'.repeat(2_000_000)}`, 'The text has 2000002 characters; more than 2000000 are not read.'],
  ['a word', 'nothing', 'The text is no Tekton object: it holds no fields. Was the right file read?'],
  [
    'a page',
    '<!doctype html><html></html>',
    'The text is no Tekton object: it holds no fields. Was the right file read?',
  ],
  ['broken YAML', `${HEAD}  tasks: [\n`, expect.stringMatching(/^Line \d: the YAML is broken there: .*\.$/)],
  [
    'a template',
    'a: b\n{%- if x %}\nc: d\n',
    'Line 2: this is a template ({% … %}), not YAML. Only what is made from it can be read.',
  ],
  [
    'another version',
    'apiVersion: tekton.dev/v1alpha1\nkind: Pipeline\n',
    'The text holds a “Pipeline” of “tekton.dev/v1alpha1”; understood are Pipeline, PipelineRun, Task of tekton.dev/v1 and tekton.dev/v1beta1.',
  ],
  [
    'another kind, whose name would disguise itself',
    'apiVersion: v1\nkind: "a\\u202Eb"\n',
    'The text holds a “a⟨U+202E⟩b” of “v1”; understood are Pipeline, PipelineRun, Task of tekton.dev/v1 and tekton.dev/v1beta1.',
  ],
  [
    'no kind and no shape',
    'a: b',
    'The text does not say its kind, and has not the shape of a Pipeline, a PipelineRun or a Task.',
  ],
  [
    'a task',
    'apiVersion: tekton.dev/v1\nkind: Task\nmetadata: { name: t }\n',
    'The text holds no Pipeline or PipelineRun, but a Task.',
  ],
  ['only comments', '# nothing\n', 'The text holds no Pipeline or PipelineRun, but nothing.'],
  [
    'a pipeline whose name cannot be shown',
    'apiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata: { name: "a\\u202Eb" }\n',
    'A Pipeline has no name that can be shown; it is left out.',
  ],
])('%s holds no pipeline, and says why', (_, text, fault) => {
  expect(readPipeline(text)).toEqual({ value: null, faults: [fault] });
});

const LEFT_OUT = 'letters, digits, dots and hyphens, at most 200, are understood';
test.each([
  [
    'null tasks',
    '    - null\n    -\n',
    ['Task 2 of “tasks” is empty or no map; it is left out.', 'Task 3 of “tasks” is empty or no map; it is left out.'],
  ],
  ['a task without a name', '    - taskRef: { name: t }\n', ['Task 2 of “tasks” has no name; it is left out.']],
  [
    'a number for a name',
    task('5'),
    ['Task 2 of “tasks” has a name that YAML takes for the number 5; it is left out: put it in quotes.'],
  ],
  ['a list for a name', task('[x]'), [`Task 2 of “tasks” has the name “["x"]”; it is left out: ${LEFT_OUT}.`]],
  [
    'HTML in a name',
    task('<img src=x>'),
    [`Task 2 of “tasks” has the name “<img src=x>”; it is left out: ${LEFT_OUT}.`],
  ],
  ['a turned name', task('"a\\u202Eb"'), [`Task 2 of “tasks” has the name “a⟨U+202E⟩b”; it is left out: ${LEFT_OUT}.`]],
  [
    'a control character in a name',
    task('"a\\0b"'),
    [`Task 2 of “tasks” has the name “a␀b”; it is left out: ${LEFT_OUT}.`],
  ],
  [
    'a name of 201 letters',
    task('x'.repeat(201)),
    [`Task 2 of “tasks” has the name “${'x'.repeat(80)}…”; it is left out: ${LEFT_OUT}.`],
  ],
  ['a name given twice', task('a', '      retries: 9\n'), ['Two tasks are called “a”; the first is kept.']],
  [
    'a key given twice',
    '    - { name: a, name: b }\n',
    ['Line 8: “name” is given twice; the first is read.', 'Two tasks are called “a”; the first is kept.'],
  ],
])('%s is left out, and the rest stays', (_, tasks, faults) => {
  const read = readPipeline(pipeline(task('a') + tasks));
  expect([read.value?.tasks.map(({ name, retries }) => [name, retries]), read.faults]).toEqual([[['a', 0]], faults]);
  expect(read.value?.faults).toEqual(faults);
});

test('a pipeline of names that are those of every object is read like others', () => {
  const { value, faults } = readPipeline(
    `${HEAD}  __proto__: { polluted: yes }\n  tasks:\n${task('constructor')}${task('toString')}`,
  );
  expect([value?.tasks.map(({ name }) => name), faults]).toEqual([['constructor', 'toString'], []]);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test('tasks that are no list are a fault', () => {
  expect(readPipeline(`${HEAD}  tasks: none\n`)).toMatchObject({
    value: { tasks: [] },
    faults: [
      '“tasks” of the pipeline is no list; its tasks are left out.',
      'The pipeline has no tasks that can be read.',
    ],
  });
});

test('of 501 tasks the first 500 are kept', () => {
  expect(readPipeline(pipeline(many(500)))).toMatchObject({ faults: [] });
  const { value, faults } = readPipeline(pipeline(many(501)));
  expect(faults).toEqual(['Tasks: 501 are given; the first 500 are kept.']);
  expect(PipelineDefinition.parse(value).tasks.length).toBe(500);
});

test('faults are counted, and the last says that there are more', () => {
  const { value, faults } = readPipeline(pipeline(Array.from({ length: 300 }, () => '    - null\n').join('')));
  expect(faults.length).toBe(100);
  expect(faults.at(-1)).toBe('There are more faults than these; they are left out.');
  expect(PipelineDefinition.parse(value).tasks).toEqual([]);
});

test('long foreign text is cut', () => {
  const { value } = readPipeline(
    `${HEAD}  description: ${'x'.repeat(9_999)}\n  tasks:\n${task('a', `      params: [{ name: n, value: ${'y'.repeat(9_999)} }]\n`)}`,
  );
  const definition = PipelineDefinition.parse(value);
  expect([definition.description?.length, definition.tasks[0]?.params[0]?.value.length]).toEqual([2_000, 2_000]);
  expect(definition.description?.at(-1)).toBe('…');
});

test('of more than 100 objects the first 100 are read', () => {
  const of = (count: number) => readPipeline(`${pipeline(task('a'))}${'---\na: b\n'.repeat(count - 1)}`);
  expect(of(100)).toMatchObject({ value: { name: 'p' }, faults: [] });
  expect(of(101)).toMatchObject({
    value: { name: 'p' },
    faults: ['Of the objects in this text the first 100 are read.'],
  });
});

test.each([
  ['itself', 'tasks: &a [*a]'],
  ['nothing', 'tasks: *a'],
  ['what comes later', 'tasks: *a\n  x: &a []'],
])('an alias of %s stands for nothing', (_, field) => {
  const { value, faults } = readPipeline(`${HEAD}  ${field}\n`);
  expect([value?.tasks, faults[0]]).toEqual([[], 'The alias “a” stands for nothing that comes before it.']);
});

const n = 10_000;
const laughs = (levels: number) =>
  Array.from(
    { length: levels },
    (_, i) =>
      `a${i}: &a${i} [${Array(9)
        .fill(i ? `*a${i - 1}` : 'ha')
        .join(', ')}]\n`,
  ).join('');
const TOO_DEEP = expect.stringMatching(/nested|broken/);

/** Seconds of this process alone: a machine that is busy with others makes no test fail. */
function timed<T>(work: () => T): { seconds: number; result: T } {
  const began = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(began);
  return { seconds: (user + system) / 1e6, result };
}

test.each([
  ['lists in lists', `${HEAD}  x: ${'['.repeat(n)}${']'.repeat(n)}`, TOO_DEEP],
  ['lists that are not closed', `${HEAD}  x: ${'['.repeat(n)}`, TOO_DEEP],
  ['maps in maps', `${HEAD}  x: ${'{a: '.repeat(n)}`, TOO_DEEP],
  ['lists in lines', `${HEAD}  x:\n    ${'- '.repeat(n)}a`, TOO_DEEP],
  ['keys of keys', `${HEAD}  x:\n    ${'? '.repeat(n)}a`, TOO_DEEP],
  [
    '65 levels',
    `${HEAD}  x: ${'['.repeat(70)}${']'.repeat(70)}`,
    expect.stringMatching(/^Line 5: the YAML is nested more than 64 levels deep/),
  ],
  ['a billion laughs', `${HEAD}  tasks: *a9\n${laughs(10)}`, expect.anything()],
  [
    'a billion laughs that are used',
    `${laughs(10)}apiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata: { name: p }\nspec: { tasks: *a9 }\n`,
    'The values of this text are too large when its aliases are spelled out.',
  ],
  ['90 000 faults of YAML', `${HEAD}  x: [${','.repeat(90_000)}]`, expect.stringMatching(/broken/)],
  [
    '400 000 commas',
    `${HEAD}  x: [${','.repeat(400_000)}]`,
    expect.stringMatching(/^The YAML has more than 200000 signs and words/),
  ],
  [
    '100 000 keys',
    `${HEAD}${Array.from({ length: 100_000 }, (_, i) => `  k${i}: 1\n`).join('')}`,
    expect.stringMatching(/^The YAML has more than/),
  ],
  ['a million objects', '---\n'.repeat(490_000), 'Of the objects in this text the first 100 are read.'],
  ['a text that does not end', `${HEAD}  x: "${'a\n'.repeat(400_000)}`, expect.stringMatching(/broken/)],
])('%s end in a sentence, in less than three seconds', (_, text, fault) => {
  const { seconds, result } = timed(() => readPipeline(text));
  expect(seconds).toBeLessThan(3);
  expect([result.value, result.faults]).toEqual([null, expect.arrayContaining([fault])]);
});

test('one task 60 000 times is one task', () => {
  const { value, faults } = readPipeline(
    `${HEAD}  x: &a { name: b, taskRef: { name: t } }\n  tasks: [${'*a, '.repeat(60_000)}]\n`,
  );
  expect([value?.tasks.length, faults]).toEqual([1, ['Two tasks are called “b”; the first is kept.']]);
});

const WHOLE = `# a comment
apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: { name: run, annotations: { "pipelinesascode.tekton.dev/on-cel-expression": "true" } }
spec:
  params: [{ name: a, value: &v [1, "two", { three: 4 }] }, { name: b, value: *v }]
  timeouts: { pipeline: 1h }
  pipelineSpec:
    params: [{ name: a, type: array, default: [x] }]
    workspaces: [{ name: w, optional: true }]
    results: [{ name: r, value: $(tasks.one.results.r) }]
    tasks:
      - name: one
        taskRef: { resolver: bundles, params: [{ name: name, value: t }, { name: bundle, value: q/b }] }
        matrix: { params: [{ name: P, value: [x, y] }] }
        when: [{ input: $(params.a), operator: in, values: ["true"] }]
      - name: two
        runAfter: [one]
        retries: 2
        taskSpec:
          steps:
            - name: s
              image: i
              script: |
                echo "\${HOME}" | tee x
    finally:
      - { name: three, taskRef: { name: t }, workspaces: [{ name: w }] }
`;

/** The same numbers every time, so that what fails once fails again. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

const PIECES = [
  '\n',
  '  ',
  '- ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '&a ',
  '*a',
  '<<: ',
  '|\n',
  '? ',
  '!!map ',
  '\t',
  '\u202e',
  '\0',
  'null',
  '---\n',
  '%',
  '#',
  '\ud800',
  '99999999999999999999',
];

test('a text that is cut or changed anywhere is read, or refused in a sentence', () => {
  const random = numbers(4);
  const below = (limit: number) => Math.floor(random.next().value * limit);
  let readable = 0;
  for (let round = 0; round < 300; round++) {
    let text = round % 4 === 0 ? WHOLE.slice(0, below(WHOLE.length)) : WHOLE;
    for (let change = below(4); change > 0; change--) {
      const [at, gone] = [below(text.length), below(6)];
      text = text.slice(0, at) + (PIECES[below(PIECES.length)] ?? '') + text.slice(at + gone);
    }
    const { seconds, result: pipelines } = timed(() => readPipeline(text));
    expect(seconds, text).toBeLessThan(2);
    const [tasks, runs] = [readTask(text), readRunFile(text)];
    if (pipelines.value) PipelineDefinition.parse(pipelines.value);
    if (tasks.value) TaskDefinition.parse(tasks.value);
    if (runs.value) RunFile.parse(runs.value);
    if (pipelines.value) readable++;
    else expect(pipelines.faults.length, text).toBeGreaterThan(0);
    for (const fault of [pipelines, tasks, runs].flatMap(({ faults }) => faults))
      expect(fault).toMatch(/^[^\p{Cc}\p{Cf}]+[.?]$/u);
  }
  expect(readable).toBeGreaterThan(40);
}, 60_000);

test.each([
  ['lists', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
  ['lists without end', '['.repeat(20_000)],
  ['maps', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
])('%s within each other that the library cannot follow are told like those that it can', (_, value) => {
  const { value: read, faults } = readPipeline(pipeline(task('a', `      params: [{ name: a, value: ${value} }]\n`)));
  expect(read).toBeNull();
  expect(faults[0]).toMatch(/the YAML is nested more than 64 levels deep; it is not read\.$/);
  expect(faults.join(' ')).not.toContain('call stack');
});

test.each([
  ['1.0', 'the number 1'],
  ['0x10', 'the number 16'],
  ['true', 'the word true'],
])('the name %s is left out, and it says what to do', (name, taken) => {
  expect(readPipeline(pipeline(task(name))).faults).toContain(
    `Task 1 of “tasks” has a name that YAML takes for ${taken}; it is left out: put it in quotes.`,
  );
});

test('an anchor of one document stands for nothing in the next', () => {
  const { value, faults } = readPipeline(
    `a: &it { name: stolen }\napiVersion: v1\nkind: X\n---\n${HEAD}  tasks: [*it, { name: own, taskRef: { name: t } }]\n`,
  );
  expect(value?.tasks.map(({ name }) => name)).toEqual(['own']);
  expect(faults.join(' ')).toMatch(/alias/i);
});
