import { expect, test } from 'vitest';
import { History } from '#components/lab/history.ts';
import { changesBetween, markOf, partsOf } from '#components/lab/side-words.ts';
import { lineHtml, paragraphsHtml } from '#components/lab/text.ts';
import type { View } from '#practice/protocol.ts';
import { scriptWords } from '../../../support/script-words.ts';

const t = await scriptWords('lab.script');

const run = (name: string, state: string): View['runs'][number] => ({
  ...{ namespace: 'a-tenant', name, component: null, state, reason: state, tasks: [] },
  ...{ startedAt: '2026-11-20T13:05:00Z', endedAt: null },
});
const image = (arches: string[]) => ({ image: 'quay.io/a/b:latest', digest: 'sha256:aa', arches, pushedAt: null });
const view = (part: Partial<View>): View => ({ nowMs: 0, runs: [], images: [], changes: [], releases: [], ...part });

test('a change of state is told by name, and the first look tells nothing', () => {
  const before = view({ runs: [run('one', 'Running')] });
  expect(changesBetween(t, null, before)).toEqual([]);
  expect(changesBetween(t, before, before)).toEqual([]);
  expect(changesBetween(t, before, view({ runs: [run('one', 'Succeeded')] }))).toEqual(['one: Succeeded.']);
});

test('what is new is told, and of many changes the first three', () => {
  const runs = ['a', 'b', 'c', 'd', 'e'].map((name) => run(name, 'Pending'));
  expect(changesBetween(t, view({}), view({ runs }))).toEqual([
    'New: a, Pending.',
    'New: b, Pending.',
    'New: c, Pending.',
    'And 2 more.',
  ]);
});

test('an image that was pushed again is told', () => {
  const after = view({ images: [image(['x86_64', 'aarch64'])] });
  expect(changesBetween(t, view({ images: [image(['x86_64'])] }), after)).toEqual([
    'quay.io/a/b:latest has changed: x86_64, aarch64 · sha256:aa.',
  ]);
});

test('a run tells how its tasks are, as far as they have begun', () => {
  const tasks = ['Succeeded', 'Succeeded', 'Running', 'Failed'].map((state) => ({ name: 'a-task', state }));
  const about = (part: Partial<View['runs'][number]>) =>
    partsOf(t, view({ runs: [{ ...run('one', 'Running'), ...part }] }))[0]?.rows[0]?.about;
  expect(about({ tasks })).toBe('began 13:05 · tasks: 2 done, 1 running, 1 failed');
  expect(about({ tasks: [] })).toBe('began 13:05');
});

test('parts of which nothing is there are left out', () => {
  expect(partsOf(t, view({}))).toEqual([]);
  expect(partsOf(t, view({ images: [image([])] })).map(({ title }) => title)).toEqual(['Images']);
});

test('a state that nobody knows is drawn as unknown, neither good nor bad', () => {
  expect(markOf('Wobbling')).toEqual({ shape: 'question', bucket: 'no-signal' });
  expect(markOf('Succeeded').bucket).toBe('ok');
  expect(markOf('Failed').bucket).toBe('bad');
  expect(markOf('Running').bucket).toBe('none');
});

test('the arrow keys go back and forth, and a line that was begun is not lost', () => {
  const history = new History();
  expect(history.back('')).toBeNull();
  for (const line of ['one', 'two', 'two']) history.add(line);
  expect([history.back('begun'), history.back('two'), history.back('one')]).toEqual(['two', 'one', null]);
  expect([history.on(), history.on(), history.on()]).toEqual(['two', 'begun', null]);
});

test('texts of labs are escaped; code and links of this site are marked', () => {
  expect(lineHtml('Run `a < b`, see [the <board>](/status/).')).toBe(
    'Run <code>a &lt; b</code>, see <a href="/status/">the &lt;board&gt;</a>.',
  );
  expect(lineHtml('[x](https://evil.example/) [y](javascript:alert(1)) <script>')).not.toMatch(/<(a|script)/);
  expect(paragraphsHtml('one\n\ntwo `c`\n')).toEqual(['one', 'two <code>c</code>']);
});
