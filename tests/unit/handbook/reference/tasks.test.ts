import { expect, test } from 'vitest';
import { taskTable } from '#handbook/reference/tasks.ts';
import { TaskDefinition } from '#pipeline/definition.ts';
import { TaskWords } from '#pipeline/walkthrough.ts';

const words = TaskWords.parse({
  ...{ schema: 1, task: 'build', purpose: 'Builds.', sources: [{ title: 'here' }] },
  takes: [{ name: 'b', text: 'Our words of b.' }],
  gives: [{ name: 'DIGEST', text: 'Our words of it.' }],
});
const definition = TaskDefinition.parse({
  ...{ schema: 1, name: 'build', version: null, description: null, workspaces: [], steps: [] },
  params: [
    { name: 'a', type: 'array', default: '[]', description: 'Its words of a.' },
    { name: 'b', type: 'string', default: null, description: 'Its words of b.' },
  ],
  results: [{ name: 'URL', description: null }],
});
const use = {
  title: 'Pipeline',
  href: '/p/',
  params: [
    { name: 'b', value: ['x', 'y'] },
    { name: 'c', value: '' },
  ],
  definition,
};

test('the definition says which parameters there are, we say what they mean, a pipeline says what it passes', () => {
  const { parameters, results, isRead } = taskTable(words, [use]);
  expect(isRead).toBe(true);
  expect(parameters).toEqual([
    { name: 'a', text: 'Its words of a.', type: 'array', byDefault: '[]', given: [] },
    {
      ...{ name: 'b', text: 'Our words of b.', type: 'string', byDefault: null },
      given: [{ title: 'Pipeline', href: '/p/', value: 'x, y' }],
    },
    { name: 'c', text: null, type: null, byDefault: null, given: [{ title: 'Pipeline', href: '/p/', value: '' }] },
  ]);
  expect(results).toEqual([
    { name: 'URL', text: null },
    { name: 'DIGEST', text: 'Our words of it.' },
  ]);
});

test('a task that no pipeline runs is told by our words alone', () => {
  const { parameters, isRead } = taskTable(words, []);
  expect(isRead).toBe(false);
  expect(parameters).toEqual([{ name: 'b', text: 'Our words of b.', type: null, byDefault: null, given: [] }]);
  expect(taskTable(null, [])).toEqual({ parameters: [], results: [], isRead: false });
});
