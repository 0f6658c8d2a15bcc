import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readRunbooks } from '#host/runbooks.ts';
import {
  checkTogether,
  parseOwners,
  parseRedirects,
  parseReviews,
  parseRunbook,
  parseVariables,
} from '#runbook/catalog.ts';
import { ContentError } from '#status/parse.ts';
import { SAMPLE, SAMPLE_FILE } from './sample.ts';
import { owners, variables } from './shown.ts';

const FILE = SAMPLE_FILE;
const text = SAMPLE;
const shared = { variables, owners };
const lineOf = (of: string, part: string): number => of.slice(0, of.indexOf(part)).split('\n').length;

/** The fault of the example with one part replaced; the expectation names the line of what it was replaced by. */
function faultOf(part: string, by: string): { message: string; line: number } {
  expect(text).toContain(part);
  const broken = text.replace(part, by);
  try {
    parseRunbook(broken, FILE, shared);
  } catch (error) {
    if (error instanceof ContentError) return { message: error.message, line: lineOf(broken, by) };
    throw error;
  }
  throw new Error('It was taken.');
}

test.each([
  ['YAML that is none', 'title: Start', 'title: {} Start', /:2: This cannot stand here\. Put a text .* in quotes/],
  ['a field that does not exist', 'summary:', 'sumary:', /summary.*Correct this field/s],
  ['an unknown kind', 'kind: task', 'kind: job', /kind: .*incident.*Correct this field\.$/],
  [
    'an unknown owner',
    'owner: bootc',
    'owner: nobody',
    /escalate\.owner: content\/owners\.yaml has no "nobody": it has bootc/,
  ],
  ['an unknown step', 'step: watch }', 'step: nowhere }', /steps\.0\.branches\.0\.step: there is no step "nowhere"/],
  [
    'a variable that no file has',
    'variables: [namespace, component]',
    'variables: [namespace, component, nonsense]',
    /variables\.2: content\/variables\.yaml has no "nonsense": add it there/,
  ],
  [
    'a variable that no step uses',
    'variables: [namespace, component]',
    'variables: [namespace, component, digest]',
    /variables\.2: no step uses "digest": take it out/,
  ],
  [
    'a variable that is not named',
    'variables: [namespace, component]',
    'variables: [namespace]',
    /variables: a step uses \{\{component\}\}: add component/,
  ],
])('%s stops with file, line, field and remedy', (_, part, by, expected) => {
  const { message, line } = faultOf(part, by);
  expect(message).toMatch(expected);
  if (by !== 'sumary:') expect(message.split('\n')[0]).toMatch(new RegExp(`^${FILE}:${line}: `));
});

test('a step that changes something says how one sees it and how to take it back', () => {
  const first = text.replace('    risk: read', '    risk: change');
  expect(() => parseRunbook(first, FILE, shared)).toThrow(/steps\.0\.verify: .*say how one sees that it worked/);
  expect(() => parseRunbook(first, FILE, shared)).toThrow(/steps\.0\.undo: .*say how to take it back/);
});

test('what the lint finds has the line of its command', () => {
  const lint = () => [{ path: ['steps', 1, 'run'], row: 2, message: 'sample' }];
  const line = lineOf(text, 'kubectl annotate');
  expect(() => parseRunbook(text, FILE, shared, lint)).toThrow(`${FILE}:${line}: steps.1.run: sample`);
});

test('two files cannot have one id', () => {
  const twins = [FILE, FILE.replace('.yaml', '.yml')].map((file) => parseRunbook(text, file, shared));
  expect(() => checkTogether(twins)).toThrow('Two runbooks have the id "sample". Rename one of the files.');
});

test('a runbook leads only to runbooks that are there', () => {
  const runbook = { ...parseRunbook(text, FILE, shared), related: ['nowhere'] };
  expect(() => checkTogether([runbook])).toThrow(/leads to the runbook "nowhere", which is not there/);
  expect(() => checkTogether([{ ...runbook, related: [runbook.id] }])).not.toThrow();
});

test.each([
  ['type: k8s-label, label: A, help: B, example: A_B', 'example: This is no k8s-label'],
  ['type: integer, label: A, help: B, example: "1", default: x', 'default: This is no integer'],
  ['type: choice, label: A, help: B, example: "$(id)", choices: ["$(id)"]', 'choices.0: write letters'],
  ['type: choice, label: A, help: B, example: a', 'choices: write choices for the type choice'],
  ['type: secret, label: A, help: B, example: a', 'type: write one of k8s-label, '],
])('a variable is refused: %s', (fields, expected) => {
  expect(() => parseVariables(`a: { ${fields} }`, 'content/variables.yaml')).toThrow(
    `content/variables.yaml:1: a.${expected}`,
  );
});

test('broken files beside the runbooks name their line too', () => {
  expect(() => parseOwners('a:\n  name: A', 'content/owners.yaml')).toThrow(/^content\/owners\.yaml:\d: a\.asks: /);
  expect(() => parseReviews('- { runbook: a }', 'content/reviews.yaml')).toThrow(/^content\/reviews\.yaml:1: 0\.by: /);
  expect(() => parseRedirects('/a: /b/', 'content/redirects.yaml')).toThrow(
    /content\/redirects\.yaml:1: .*address of this site/,
  );
});

test('the whole of content is read with its lint, and a forbidden command stops that', async () => {
  const root = mkdtempSync(join(tmpdir(), 'slipway-runbooks-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const name of ['variables', 'owners', 'reviews', 'redirects'])
    cpSync(`content/${name}.yaml`, join(root, `content/${name}.yaml`), { recursive: true });
  mkdirSync(join(root, 'content/runbooks'));
  const alone = (only: string) => writeFileSync(join(root, FILE), only);
  alone(text);
  expect((await readRunbooks(root)).runbooks.map(({ id }) => id)).toEqual(['sample']);
  const record = join(root, 'record.json');
  writeFileSync(record, '{');
  await expect(readRunbooks(root, record)).rejects.toThrow(/record\.json: .*Bring it back with git/);
  alone(text.replace('components.appstudio.redhat.com/{{component}} -n', 'component/{{component}} -n'));
  await expect(readRunbooks(root)).rejects.toThrow(/sample\.yaml:\d+: steps\.1\.run: .*two kinds.*\(rule full-names\)/);
});

test.each([
  [
    'a list of lists of lists',
    `a: &a [${'x,'.repeat(20)}]\nb: &b [${'*a,'.repeat(20)}]\nc: [${'*b,'.repeat(20)}]\n`,
    'Excessive alias',
  ],
  ['megabytes', `title: ${'x'.repeat(2_000_000)}`, 'longer than 300000 characters. Write it as several'],
])('names the file for %s', (_, broken, why) => {
  const read = () => parseRunbook(broken, FILE, shared);
  expect(read).toThrow(ContentError);
  expect(read).toThrow(`${FILE}: ${why}`);
});

test('the name of a file must be one that an address can hold', () => {
  expect(() => parseRunbook(text, 'content/runbooks/Bad Name.yaml', shared)).toThrow(
    'content/runbooks/Bad Name.yaml:1: file: its name is the id: write lower-case letters',
  );
});

test.each([
  [
    'title: Start a sample build',
    'title: Start a {{component}}',
    'title: no value is put in here: say it without {{component}}',
  ],
  ['says: "A build is', 'says: "{{digest}} is', 'steps.0.branches.0.says: {{digest}} is not among the variables'],
  ['variables: [', 'before: "See {{nonsense}}."\nvariables: [', 'before: {{nonsense}} is not among the variables'],
])('a value that no page would fill in is refused: %s', (part, by, why) => {
  expect(faultOf(part, by).message).toContain(why);
});

test('an alias of nothing is told at its line', () => {
  const read = () => parseRunbook('a: 1\nb: *nothing\n', FILE, shared);
  expect(read).toThrow(ContentError);
  expect(read).toThrow(`${FILE}:2: No &nothing stands above *nothing.`);
});
