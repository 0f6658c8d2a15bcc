import { parseWalkthrough } from '#pipeline/content.ts';
import type { PipelineDefinition } from '#pipeline/definition.ts';
import type { Walkthrough } from '#pipeline/walkthrough.ts';
import { inMemory } from '#sources/content.ts';
import { memoryShelf, pipelineName, records } from '#sources/records.ts';
import type { Snapshot } from '#status/model.ts';
import type { SeenPipeline } from '#status/pipeline.ts';
import type { World } from '#world/model.ts';
import { type Asked, collectWorld, smallWorld } from './world.ts';

/** Pipelines of a world as refreshes read them. */

/** A walkthrough of kind pipeline; `more` are lines as in its file. */
export function walkOf(id: string, more: string): Walkthrough {
  return parseWalkthrough(
    `schema: 1
kind: pipeline
title: Sample
summary: Sample
order: 1
intro: Sample
guide: [{ title: Sample, at: [init], text: Sample }]
sources: [{ title: Sample }]
${more}`,
    `${id}.yaml`,
  );
}

const CATALOG = 'quay.io/sample/catalog';
const PUSH = 'forge: gitlab, project: fe/dora/base, branch: main, path: .tekton/push.yaml';
const CODE = 'forge: github, project: up/stream, branch: main, path: pipelines/all.yaml';
export const WALKS = {
  bundle: walkOf('bundle', `reads: { bundle: "${CATALOG}/pipeline-all:devel", name: all }`),
  run: walkOf('run', `reads: { run: { ${PUSH} } }`),
  file: walkOf('file', `reads: { file: { ${CODE} } }`),
};
export const ALL = Object.values(WALKS);

const indented = (text: string) => text.trimEnd().replaceAll('\n', '\n      ');

/** A pipeline with one task from each of these bundles. */
export const pipelineText = (name: string, bundles: readonly string[], more = '') => `apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: ${name}
spec:
  tasks:
${bundles
  .map(
    (bundle, index) => `    - name: task-${index}
      taskRef:
        resolver: bundles
        params:
          - { name: name, value: one }
          - { name: bundle, value: "${bundle}" }
          - { name: kind, value: task }
`,
  )
  .join('')}${more}`;

export const taskText = (name: string) => `apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: ${name}
spec:
  steps: [{ name: work, image: "quay.io/sample/tool" }]
`;

/** A PipelineRun that names the pipeline of a bundle. */
export const runText = (bundle: string) => `apiVersion: tekton.dev/v1
kind: PipelineRun
metadata:
  name: push
spec:
  params: [{ name: hermetic, value: "true" }]
  pipelineRef:
    resolver: bundles
    params:
      - { name: name, value: all }
      - { name: bundle, value: "${bundle}" }
      - { name: kind, value: pipeline }
`;

const held = (bundle: string, at: string, text: string, tag = '1') =>
  `  - bundle: ${CATALOG}/${bundle}
    tag: "${tag}"
    at: ${at}
    text: |
      ${indented(text)}
`;
const committed = (place: string, at: string, text: string) =>
  `  - ${place.replaceAll(', ', '\n    ')}
    at: ${at}
    text: |
      ${indented(text)}
`;

export interface Changed {
  /** More rows of `tekton`, of `files`. */
  tekton?: string;
  files?: string;
  faults?: string;
}

/** A world with one pipeline in a bundle of which the run file names the same, and one in a file. */
export function pipelineWorld({ tekton = '', files = '', faults = '' }: Changed = {}): World {
  const named = [`${CATALOG}/task-one:1`, `${CATALOG}/task-two:1`];
  return smallWorld(`tekton:
${held('task-one', '-9d', taskText('one'))}${held('task-two', '-9d', taskText('two'))}${held(
  'pipeline-all',
  '-8d',
  pipelineText('all', named),
  'devel',
)}${tekton}files:
${committed(PUSH, '-7d', runText(`${CATALOG}/pipeline-all:devel`))}${committed(
  CODE,
  '-6d',
  pipelineText('coded', [`${CATALOG}/task-two:1`]),
)}${files}${faults && `faults:\n${faults}`}`);
}

/** Another push of the pipeline in the bundle, and another commit to the run file. */
export const pushed = (at: string, text: string) => held('pipeline-all', at, text, 'devel');
export const pushedRun = (at: string) => committed(PUSH, at, `${runText(`${CATALOG}/pipeline-all:devel`)}# again\n`);
export const committedFile = (at: string, text: string) => committed(CODE, at, text);

/** A machine that refreshes again and again: what it keeps stays. */
export function machine() {
  const shelf = memoryShelf();
  const upstream = memoryShelf();
  const content = inMemory();
  let previous: Snapshot | null = null;
  return {
    records: shelf.texts,
    upstream: upstream.texts,
    async refresh(world: World, asked: Asked = {}) {
      const kept = { content, records: records(shelf), upstream, previous, walkthroughs: ALL };
      const { collected, requests } = await collectWorld(world, { ...kept, ...asked });
      if (!collected.hasAnswer) throw new Error('no source has answered');
      const { snapshot } = collected;
      previous = snapshot;
      const asks = requests.filter((one) => /sample\/catalog|\/projects\/|\/repos\//.test(one));
      return { snapshot, pipelines: snapshot.pipelines, asks, problems: problemsOf(snapshot) };
    },
    /** What the cache of this machine loses. */
    forget: (name: string) => upstream.write(name, ''),
    damage: (name: string) => shelf.write(name, '{'),
    definition(seen: SeenPipeline | undefined): PipelineDefinition | null {
      const text = shelf.texts.get(pipelineName(seen?.digest ?? ''));
      return text ? JSON.parse(text) : null;
    },
  };
}

const problemsOf = ({ problems }: Snapshot) =>
  problems
    .filter(({ message }) => /: (pipeline \S+( was read|:)|task bundle )/.test(message))
    .map(({ source, kind, message }) => ({ source, kind, message }));
