import type { Answers } from './answers.ts';
import { type Block, explained, type Part, type Tree } from './explained.ts';
import { application, component, imageRepository, PLAN, releasePlan, scenario } from './objects.ts';
import { pipelineRun, runPath } from './pipeline-run.ts';

/** The files of a component: objects for the repository of the tenants, runs for the repository of the sources. */

export interface OnboardFile {
  path: string;
  /** `tenants`: the repository that holds the cluster's tenants; `source`: the one that is built. */
  home: 'tenants' | 'source';
  /** What it holds, in a few words. */
  title: string;
  text: string;
  blocks: Block[];
  /** What a cluster is given; nothing for what only kustomize reads. */
  objects: Tree[];
}

const CLUSTER = 'kflux-fedora-01';

/** All files in the order in which they are read; `answers` are without faults. */
export function filesOf(answers: Answers): OnboardFile[] {
  return [...objectFiles(answers), ...runFiles(answers)];
}

/** Folder of the application in the repository of the tenants. */
export const folderOf = ({ tenant, application: name }: Answers): string =>
  `clusters/${CLUSTER}/tenants/${tenant}/applications/${name}`;

function objectFiles(answers: Answers): OnboardFile[] {
  const folder = folderOf(answers);
  const { component: name, isReleased, policy } = answers;
  const own = ['application.yaml', 'components', ...(policy ? ['conforma.yaml'] : [])];
  const entries = isReleased ? [...own, `releaseplans/${PLAN}`] : own;
  const file = (path: string, title: string, ...documents: readonly Part[][]): OnboardFile =>
    written({ path: `${folder}/${path}`, home: 'tenants', title }, documents);
  const list = (path: string, title: string, resources: readonly string[]): OnboardFile => ({
    ...written({ path: `${folder}/${path}kustomization.yaml`, home: 'tenants', title }, [kustomization(resources)]),
    objects: [],
  });
  return [
    list('', 'What belongs to the application', entries),
    file('application.yaml', 'The Application', application(answers)),
    list('components/', 'Its components', [`${name}.yaml`]),
    file(
      `components/${name}.yaml`,
      'The Component and the place of its images',
      component(answers),
      imageRepository(answers),
    ),
    ...(policy ? [file('conforma.yaml', 'The check against a policy', scenario(answers))] : []),
    ...(isReleased
      ? [
          list(`releaseplans/${PLAN}/`, 'The plan’s folder', ['releaseplan.yaml']),
          file(`releaseplans/${PLAN}/releaseplan.yaml`, 'The ReleasePlan', releasePlan(answers)),
        ]
      : []),
  ];
}

function runFiles(answers: Answers): OnboardFile[] {
  const file = (event: 'pull-request' | 'push', title: string): OnboardFile =>
    written({ path: runPath(answers, event), home: 'source', title }, [pipelineRun(answers, event)]);
  return [file('pull-request', 'The run for a merge request'), file('push', 'The run for the branch')];
}

function kustomization(resources: readonly string[]): Part[] {
  return [
    {
      says: 'Kustomize puts the files of a folder together; Argo CD applies the result to the cluster.',
      adds: { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' },
    },
    { says: 'Files and folders beside this one. What is not named here is not applied.', adds: { resources } },
  ];
}

function written(
  told: Pick<OnboardFile, 'path' | 'home' | 'title'>,
  documents: readonly (readonly Part[])[],
): OnboardFile {
  const made = documents.map(explained);
  const blocks = made.flatMap((one, index) =>
    one.blocks.map((block, at) => (index > 0 && at === 0 ? { ...block, text: `---\n${block.text}` } : block)),
  );
  return {
    ...told,
    text: blocks.map(({ text }) => text).join(''),
    blocks,
    objects: made.map(({ tree }) => tree),
  };
}

/** Everything that a cluster is given, as one file of several documents. */
export const allObjects = (files: readonly OnboardFile[]): string =>
  files
    .filter(({ home, objects }) => home === 'tenants' && objects.length > 0)
    .map(({ text }) => text)
    .join('---\n');
