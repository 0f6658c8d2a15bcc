import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseTaskWords } from '#pipeline/content.ts';
import type { TaskDefinition } from '#pipeline/definition.ts';
import { Recording } from '#pipeline/recording.ts';
import { type Material, showPipeline } from '#pipeline/view.ts';
import { definition, lackingUpstream, upstream } from '../../support/definitions.ts';

const GUIDE = { guide: [{ title: 'One build per platform', at: ['b', 'nowhere'], text: 'It splits.' }] };
const nothing: Material = { definition: null, recording: null, tasks: new Map(), words: [] };
const words = (task: string, more = '') =>
  parseTaskWords(`schema: 1\ntask: ${task}\npurpose: Does it.\nsources: [{ title: x }]\n${more}`, `${task}.yaml`);
const show = (tasks: string, more: Partial<Material> = {}) =>
  showPipeline(GUIDE, { ...nothing, definition: definition(tasks), ...more });

test('of what nobody has seen nothing is drawn', () => {
  const shown = showPipeline(GUIDE, nothing);
  expect(shown).toMatchObject({ drawn: 'nothing', picture: null, tasks: [], definition: null });
  expect(shown.guide[0]?.at).toEqual([
    { text: 'b', anchor: null },
    { text: 'nowhere', anchor: null },
  ]);
});

test('tasks stand in the order in which they run, each with its neighbours', () => {
  const shown = show('{ name: b, runAfter: [a] }\n{ name: a }\n{ name: c, runAfter: [a, b] }');
  expect(shown.tasks.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  expect(shown.tasks[2]?.before).toEqual([{ text: 'b', anchor: 'task-b' }]);
  expect(shown.tasks[0]?.after).toEqual([{ text: 'b', anchor: 'task-b' }]);
  expect(shown.picture?.right.boxes.map(({ anchor }) => anchor)).toEqual(['task-a', 'task-b', 'task-c']);
});

test('a step of the guide leads to its task, by the name in the pipeline or by its own', () => {
  const at = (tasks: string, more?: Partial<Material>) => show(tasks, more).guide[0]?.at.map(({ anchor }) => anchor);
  expect(at('{ name: b }')).toEqual(['task-b', null]);
  expect(at('{ name: x, taskRef: { name: b } }')).toEqual(['task-x', null]);
  expect(at('{ name: x, taskRef: { name: z } }', { words: [words('z', 'also: [b]')] })).toEqual(['task-x', null]);
});

test('of two tasks with one name the first is shown, and the page says so', () => {
  const shown = show('{ name: a, timeout: 1h }\n{ name: a, timeout: 2h }');
  expect(shown.tasks.map(({ notes }) => notes)).toEqual([['Is stopped after `1h`.']]);
  expect(shown.faults.join()).toMatch(/are called “a”; the first is kept/);
});

test('a circle is drawn without the line that closes it, and the page says so', () => {
  const shown = show('{ name: a, runAfter: [b] }\n{ name: b, runAfter: [a] }');
  expect(shown.picture?.right.lines).toHaveLength(1);
  expect(shown.faults.join()).toMatch(/in a circle/);
});

test('hostile names become harmless ids that differ', () => {
  const NAMES = ['<script>', '[script]', '\u202Ex'];
  const plain = definition('{ name: a }\n{ name: b }\n{ name: c }');
  const tasks = plain.tasks.map((task, n) => ({ ...task, name: NAMES[n] ?? '' }));
  const shown = showPipeline(GUIDE, { ...nothing, definition: { ...plain, tasks } });
  const boxes = shown.picture?.right.boxes ?? [];
  expect(boxes.map(({ anchor }) => anchor)).toEqual(['task--script-', 'task--script-.2', 'task--x']);
  expect(boxes[2]?.text).toBe('⟨U+202E⟩x');
  expect(shown.tasks.map(({ wordsFile }) => wordsFile)).toEqual([null, null, null]);
});

test('a box has its whole name for who does not see it', () => {
  const shown = show(
    `{ name: a }\n{ name: b, runAfter: [a], matrix: { params: [{ name: P, value: ["$(params.places[*])"] }] }, when: [{ input: "$(params.go)", operator: in, values: ["true"] }] }`,
  );
  expect(shown.picture?.right.boxes.map(({ title }) => title)).toEqual([
    'a, step 1 of 2; waits for nothing',
    'b, step 2 of 2, runs once per places, runs only under a condition on go; runs after a',
  ]);
});

test('what is said of a task comes from its words, what it takes and gives also from its own definition', () => {
  const own: TaskDefinition = {
    ...{ schema: 1, name: 'build', version: '0.1', description: 'Builds.', workspaces: [], steps: [] },
    params: [{ name: 'HERMETIC', type: 'string', default: null, description: 'No network' }],
    results: [{ name: 'IMAGE', description: 'Where it is' }],
  };
  const shown = show(
    `{ name: b, taskRef: { name: build }, params: [{ name: HERMETIC, value: "$(params.hermetic)" }] }\n{ name: c, params: [{ name: I, value: "$(tasks.b.results.IMAGE)" }] }`,
    { tasks: new Map([['b', own]]), words: [words('build')] },
  );
  expect(shown.tasks[0]).toMatchObject({
    purpose: 'Does it.',
    own: 'Builds.',
    takes: [{ name: 'HERMETIC', value: '$(params.hermetic)', text: 'No network' }],
    gives: [{ name: 'IMAGE', text: 'Where it is', usedBy: [{ text: 'c', anchor: 'task-c' }] }],
  });
  expect(shown.tasks[1]).toMatchObject({ purpose: null, wordsFile: 'content/pipelines/tasks/c.yaml' });
});

test('without a definition a recording is drawn: once per task, with what all legs were given', () => {
  const leg = (platform: string) => ({
    ...{ name: 'b', after: ['a'], status: 'Succeeded', startedAt: null, finishedAt: null, task: 'build', steps: [] },
    ...{ bundle: null, platform, params: { PLATFORM: platform, HERMETIC: 'true' }, results: {} },
  });
  const recording = Recording.parse({
    ...{ schema: 1, image: null, predicateType: null, isVerified: false, pipeline: 'p', run: 'r', namespace: null },
    ...{ logUrl: null, startedAt: null, finishedAt: null, params: {}, notRecorded: [] },
    tasks: [{ ...leg('linux/amd64'), name: 'a', after: [] }, leg('linux/amd64'), leg('linux/arm64')],
  });
  const shown = showPipeline(GUIDE, { ...nothing, recording });
  expect(shown.drawn).toBe('recording');
  expect(shown.tasks.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(shown.tasks[1]?.takes).toEqual([
    { name: 'platform', value: 'linux/amd64, linux/arm64', text: null },
    { name: 'HERMETIC', value: 'true', text: null },
  ]);
  expect(shown.picture?.right.boxes[1]?.note).toBe('once per platform (2)');
});

test.skipIf(lackingUpstream)(
  `upstream's pipeline as its page shows it${lackingUpstream ? `: ${lackingUpstream}` : ''}`,
  () => {
    const file = 'content/pipelines/tasks/buildah-remote-oci-ta.yaml';
    const buildah = parseTaskWords(readFileSync(file, 'utf8'), file);
    const shown = showPipeline(GUIDE, {
      ...nothing,
      definition: upstream('docker-build-multi-platform-oci-ta'),
      words: [buildah],
    });
    expect(shown.figures).toEqual([
      { count: 16, text: 'tasks' },
      { count: 4, text: 'run once per platform or value' },
      { count: 9, text: 'run only under a condition' },
    ]);
    expect(shown.picture?.fit).toBe('column');
    expect(shown.picture?.right.boxes.find(({ text }) => text === 'build-images')?.title).toBe(
      'build-images, step 4 of 16, runs once per build-platforms; runs after prefetch-dependencies',
    );
    expect(shown.tasks.find(({ name }) => name === 'build-images')?.purpose).toBe(buildah.purpose);
    expect(shown.faults).toEqual([]);
  },
);
