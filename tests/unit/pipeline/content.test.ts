import { existsSync, globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseTaskWords, parseWalkthrough } from '#pipeline/content.ts';
import { graphOfPath } from '#pipeline/graph/graph.ts';
import { readPipeline, readTask } from '#pipeline/tekton/read.ts';
import { parseTargets } from '#status/parse.ts';

const ROOT = new URL('../../../', import.meta.url);
const DATA = new URL('../shared/data/konflux/', ROOT);
const read = (file: string) => readFileSync(new URL(file, ROOT), 'utf8');
const filesOf = (pattern: string) => globSync(pattern, { cwd: ROOT }).sort();

const files = filesOf('content/pipelines/*.yaml');
const walks = files.map((file) => parseWalkthrough(read(file), file));
const taskFiles = filesOf('content/pipelines/tasks/*.yaml');
const words = taskFiles.map((file) => parseTaskWords(read(file), file));
const names = words.flatMap(({ task, also }) => [task, ...also]);
const pipelines = walks.flatMap((walk) => (walk.kind === 'pipeline' ? [walk] : []));
const paths = walks.flatMap((walk) => (walk.kind === 'path' ? [walk] : []));
const withoutData = existsSync(DATA) ? null : 'the recorded YAML of upstream lies outside this repository';

test('the walkthroughs that others link to are there, each under its own place in the list', () => {
  expect(walks.map(({ id }) => id).sort()).toEqual([
    'compose-image',
    'coreos',
    'fedora-base-image',
    'life-of-a-change',
    'pungi',
    'push-to-external-registry',
    'upstream-multi-platform',
  ]);
  expect(new Set(walks.map(({ order }) => order)).size).toBe(walks.length);
});

test.each(paths)('each step of $id stands at a stage, and its stages come one after another', ({ stages, guide }) => {
  const ids = stages.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(guide.flatMap(({ at }) => at).filter((at) => !ids.includes(at))).toEqual([]);
  expect(graphOfPath(stages).faults).toEqual([]);
  const before = stages.map(({ after }, index) => after.filter(({ stage }) => !ids.slice(0, index).includes(stage)));
  expect(before.flat()).toEqual([]);
});

test.each(paths)('in $id all stages but the first say what they follow', ({ stages }) => {
  expect(stages.slice(1).filter(({ after }) => after.length === 0)).toEqual([]);
});

test.each(paths)(
  'each arrow of $id names what links its two ends, or leads to what nobody has confirmed',
  ({ stages }) => {
    const bare = stages.filter(({ after, isUnverified }) => !isUnverified && after.some(({ label }) => label === null));
    expect(bare.map(({ id }) => id)).toEqual([]);
  },
);

test.each(pipelines)('$id speaks only of tasks that have words', ({ guide, moments }) => {
  const named = [...guide.flatMap(({ at }) => at), ...moments.map(({ task }) => task)];
  expect(named.filter((name) => !names.includes(name))).toEqual([]);
});

test.each(pipelines)('$id is read, or drawn from a recording, or says that it was not seen', (walk) => {
  expect(walk.reads ?? walk.recording ?? walk.unknown[0]).toBeDefined();
});

test.each(pipelines)('$id is compared with, and recorded from, what exists', ({ id, compare, recording }) => {
  const targets = parseTargets(read('content/status/targets.yaml'), 'targets.yaml').targets.map((one) => one.id);
  if (recording) expect(targets).toContain(recording);
  if (compare) expect(pipelines.map((one) => one.id).filter((other) => other !== id)).toContain(compare);
});

test('a task has one place for its words', () => {
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test.each([...files, ...taskFiles])('the links of %s go to a full commit, not to a branch that moves', (file) => {
  const links = [...read(file).matchAll(/url: "?(https?:[^"\s}]+)/g)].map(([, link = '']) => link);
  expect(links.filter((link) => !link.startsWith('https:'))).toEqual([]);
  const moving = links.filter((link) => /\/(?:blob|tree|raw)\//.test(link) && !/\/[0-9a-f]{40}(?:\/|$)/.test(link));
  expect(moving).toEqual([]);
});

test.each([...files, ...taskFiles])(
  'the texts of %s are plain: no markup but code, and no sentence without an end',
  (file) => {
    const text = read(file);
    expect(text).not.toMatch(/\*[A-Za-z]|\]\(http|<[a-z]+>/);
    expect((text.match(/`/g) ?? []).length % 2).toBe(0);
    for (const [, sentence = ''] of text.matchAll(/^(?:summary|purpose): (.+)$/gm)) expect(sentence).toMatch(/\.$/);
  },
);

test('backticks stand only where they are set as code', () => {
  const bare = [
    ...walks.flatMap((walk) => [
      walk.title,
      walk.summary,
      ...walk.guide.map(({ title }) => title),
      ...(walk.kind === 'pipeline'
        ? walk.unknown
        : walk.stages.flatMap(({ title, actor = '', object = '', seen = '' }) => [title, actor, object, seen])),
    ]),
    ...words.flatMap(({ purpose, takes, gives }) => [purpose, ...[...takes, ...gives].map(({ text }) => text)]),
  ];
  expect(bare.filter((text) => text.includes('`'))).toEqual([]);
});

test('no sentence is longer than a breath', () => {
  const proses = walks.flatMap((walk) => [
    walk.intro,
    ...walk.guide.map(({ text }) => text),
    ...(walk.kind === 'path' ? walk.stages.map(({ text }) => text) : []),
  ]);
  const sentences = [...proses, ...words.map(({ fedora }) => fedora ?? '')].flatMap((text) =>
    text.replace(/`[^`]*`/g, 'code').split(/[.:;?!](?:\s|$)/),
  );
  expect(sentences.length).toBeGreaterThan(200);
  expect(sentences.filter((sentence) => sentence.trim().split(/\s+/).length > 40)).toEqual([]);
});

test.each(pipelines)('the guide of $id can be walked in one sitting', ({ guide }) => {
  expect(guide.length).toBeGreaterThanOrEqual(4);
  expect(guide.length).toBeLessThanOrEqual(9);
});

test('both templates are what they explain', () => {
  const walk = 'content/pipelines/template.yaml.txt';
  expect(parseWalkthrough(read(walk), walk).kind).toBe('pipeline');
  const task = read('content/pipelines/tasks/template.yaml.txt');
  expect(parseTaskWords(task, 'my-task.yaml').task).toBe('my-task');
});

test('the example on the page for contributors is one', () => {
  const page = read('content/docs/contribute/index.md');
  const example = /```yaml wrap\n(schema: 1\ntask: ([a-z-]+)\n[\s\S]*?)```/.exec(page);
  expect(parseTaskWords(example?.[1] ?? '', `${example?.[2]}.yaml`).fails).toHaveLength(1);
});

test("each task of upstream's pipeline has words", ({ skip }) => {
  if (withoutData) return skip(withoutData);
  const { value } = readPipeline(
    readFileSync(new URL('derived/docker-build-multi-platform-oci-ta.rendered.yaml', DATA), 'utf8'),
  );
  expect(value?.tasks).toHaveLength(16);
  expect(value?.tasks.filter(({ name }) => !names.includes(name)).map(({ name }) => name)).toEqual([]);
  expect(value?.tasks.filter(({ ref }) => !names.includes(ref.task ?? '')).map(({ ref }) => ref.task)).toEqual([]);
});

test('what a task is said to take and give, it takes and gives', ({ skip }) => {
  if (withoutData) return skip(withoutData);
  const found = globSync('tasks/*.yaml', { cwd: DATA }).flatMap(
    (file) => readTask(readFileSync(new URL(file, DATA), 'utf8')).value ?? [],
  );
  const known = words.filter(({ task }) => found.some(({ name }) => name === task));
  expect(known.length).toBeGreaterThanOrEqual(14);
  for (const { task, takes, gives } of known) {
    const versions = found.filter(({ name }) => name === task);
    const params = versions.flatMap((one) => one.params.map(({ name }) => name));
    const results = versions.flatMap((one) => one.results.map(({ name }) => name));
    expect(
      takes.map(({ name }) => name).filter((name) => !params.includes(name)),
      `${task} takes`,
    ).toEqual([]);
    expect(
      gives.map(({ name }) => name).filter((name) => !results.includes(name)),
      `${task} gives`,
    ).toEqual([]);
  }
});
