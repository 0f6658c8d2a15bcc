import { expect, test } from 'vitest';
import { TaskDefinition } from '#pipeline/definition.ts';
import { readTask } from '#pipeline/tekton/read.ts';

const TASK = `apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: build
  labels: { app.kubernetes.io/version: "0.10.5" }
spec:
  description: builds
  params: [{ name: IMAGE }, { name: ARGS, type: array, default: [] }]
  results: [{ name: DIGEST, description: of it }, { name: URL, type: string }]
  workspaces: [{ name: source, optional: true, mountPath: /x }]
  volumes: [{ name: v, emptyDir: {} }]
  stepTemplate: { image: other }
  steps:
    - name: push
      image: quay.io/a/b@sha256:0
      script: |
        #!/bin/bash
        # not: yaml: at all
        echo "{% neither %}"
    - image: $(params.IMAGE)
`;

test('a task is read with its version, what it takes, gives and does', () => {
  const { value, faults } = readTask(TASK);
  expect(faults).toEqual([]);
  expect(TaskDefinition.parse(value)).toEqual({
    ...{ schema: 1, name: 'build', version: '0.10.5', description: 'builds' },
    params: [
      { name: 'IMAGE', type: 'string', default: null, description: null },
      { name: 'ARGS', type: 'array', default: '[]', description: null },
    ],
    results: [
      { name: 'DIGEST', description: 'of it' },
      { name: 'URL', description: null },
    ],
    workspaces: [{ name: 'source', isOptional: true }],
    steps: [
      { name: 'push', image: 'quay.io/a/b@sha256:0' },
      { name: 'unnamed-1', image: '$(params.IMAGE)' },
    ],
  });
});

const SEVERAL = `${TASK}---
${TASK.replace('name: build', 'name: other').replace('tekton.dev/v1', 'tekton.dev/v1beta1')}---
apiVersion: v1
kind: ServiceAccount
metadata: { name: nobody }
`;

test.each([
  ['other', 'other', []],
  [undefined, 'build', ['The text holds 2 tasks; the first is read.']],
  ['third', undefined, ['The text holds the task “build”, “other”, not “third”.']],
])('of several tasks %s is chosen', (wanted, found, faults) => {
  const read = readTask(SEVERAL, wanted);
  expect([read.value?.name, read.faults]).toEqual([found, faults]);
});

test('a task that a pipeline holds is found by its name there', () => {
  const spec = (name: string) => ({
    name,
    taskSpec: { metadata: { labels: { 'app.kubernetes.io/version': '1.2' } }, steps: [{ name: 's', image: 'i' }] },
  });
  const pipelineSpec = { tasks: [{ name: 'ref', taskRef: { name: 'r' } }, spec('one')], finally: [spec('last')] };
  const text = JSON.stringify({
    apiVersion: 'tekton.dev/v1',
    kind: 'PipelineRun',
    metadata: { name: 'run' },
    spec: { pipelineSpec },
  });
  expect(readTask(text, 'last')).toMatchObject({
    value: { name: 'last', version: '1.2', steps: [{ name: 's' }] },
    faults: [],
  });
  expect(readTask(text, 'ref').value).toBe(null);
});

test('lists of Kubernetes are opened, and give their items what these leave out', () => {
  const item = { metadata: { name: 'a' }, spec: { steps: [{ name: 's' }] } };
  const listed = (kind: string, more: object = {}) =>
    readTask(JSON.stringify({ apiVersion: 'tekton.dev/v1', kind, items: [{ ...item, ...more }] }));
  expect(listed('TaskList')).toMatchObject({ value: { name: 'a' }, faults: [] });
  expect(listed('List', { apiVersion: 'tekton.dev/v1', kind: 'Task' })).toMatchObject({
    value: { name: 'a' },
    faults: [],
  });
});

test('a task without steps says so', () => {
  expect(readTask('apiVersion: tekton.dev/v1\nkind: Task\nmetadata: { name: a }\n')).toMatchObject({
    value: { name: 'a', steps: [] },
    faults: ['The task has no steps that can be read.'],
  });
});
