import type { Forge } from '#sim/forges/repositories.ts';
import { labelOf, noteOf, placeOf, specOf, statusOf, withSpec } from '#sim/kube/controllers/parts.ts';
import { newRun, RUNS } from '#sim/kube/controllers/runs.ts';
import type { Inside, KubeObject } from '#sim/kube/kind.ts';
import { PIPELINE_RUN } from '#sim/kube/kinds/tekton.ts';
import { faultsOf } from '#sim/kube/schema.ts';
import { type Fields, fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import { type Definition, definitionsIn, type GitEvent, isFor, webOf } from './files.ts';

/** Pipelines as Code starts the PipelineRuns of a commit in the namespaces that watch its repository. */

const PAC = 'pipelinesascode.tekton.dev';
const REPOSITORIES = `repositories.${PAC}`;

export interface Told {
  /** Of the PipelineRun, or the path of a file that cannot be used. */
  name: string;
  state: 'pending' | 'running' | 'success' | 'failed' | 'canceled';
  description: string;
  /** Where the run is; null where there is none. */
  run: { namespace: string; name: string } | null;
  atMs: number;
}

/** Starts what an event asks for, of those that are `wanted`; gives what went wrong. */
export async function started(
  event: GitEvent,
  inside: Inside,
  isWanted: (name: string, runs: readonly KubeObject[]) => boolean = () => true,
): Promise<Told[]> {
  const watching = await watchersOf(event.forge, event.project, inside);
  if (watching.length === 0) return [];
  const { definitions, faults } = definitionsIn(event);
  const told = faults.map(({ path, message }) =>
    failure(path, `There was an issue validating the commit: ${message}`, inside),
  );
  for (const repository of watching) {
    const before = await runsOf(event.commit, placeOf(repository), inside);
    for (const definition of definitions) {
      try {
        if (!isFor(definition, event) || !isWanted(definition.name, before)) continue;
        await stopOlder(definition, event, repository, inside);
        await inside.write(await runOf(definition, event, repository, inside));
      } catch (error) {
        const message = error instanceof Error ? error.message : '';
        told.push(failure(definition.name, `There was an error creating the PipelineRun: ${message}`, inside));
      }
    }
  }
  return told;
}

const failure = (name: string, description: string, { nowMs }: Inside): Told => ({
  ...{ name, state: 'failed', description, run: null, atMs: nowMs },
});

/** Runs of a commit, the newest first. */
export async function runsOf(commit: string, namespace: string, inside: Inside): Promise<KubeObject[]> {
  const all = await inside.list(RUNS, namespace);
  return all.filter((run) => labelOf(run, `${PAC}/sha`) === commit);
}

export const isFailed = (run: KubeObject): boolean =>
  fieldOf(listOf(statusOf(run, 'conditions'))[0], 'status') === 'False';

export async function watchersOf(forge: Forge, project: string, inside: Inside): Promise<KubeObject[]> {
  const plain = (url: string) => url.replace(/(\.git)?\/*$/, '').toLowerCase();
  const url = plain(webOf(forge, project));
  const all = await inside.list(REPOSITORIES, '');
  return all.filter((one) => plain(textOf(specOf(one, 'url'))) === url);
}

/** Cancels what still runs of the same name for the same change, where the file asks for that. */
async function stopOlder(
  { name, object }: Definition,
  event: GitEvent,
  repository: KubeObject,
  inside: Inside,
): Promise<void> {
  const notes = fieldOf(fieldOf(object, 'metadata'), 'annotations');
  if (textOf(fieldOf(notes, `${PAC}/cancel-in-progress`)) !== 'true') return;
  const all = await inside.list(RUNS, placeOf(repository));
  const number = event.number === null ? '' : String(event.number);
  const older = all.filter(
    (run) =>
      noteOf(run, `${PAC}/original-prname`) === name &&
      noteOf(run, `${PAC}/source-branch`) === event.sourceBranch &&
      labelOf(run, `${PAC}/pull-request`) === number &&
      statusOf(run, 'completionTime') === undefined,
  );
  for (const run of older) await inside.write(withSpec(run, { status: 'CancelledRunFinally' }));
}

async function runOf(
  { name, object }: Definition,
  event: GitEvent,
  repository: KubeObject,
  inside: Inside,
): Promise<KubeObject> {
  const spec = fieldsOf(fieldOf(object, 'spec'));
  const faults = faultsOf(PIPELINE_RUN, { ...object, metadata: { name } });
  const [fault] = faults;
  if (fault) throw new Error(`${fault.field}: ${fault.message}`);
  const metadata = fieldOf(object, 'metadata');
  const both = shared(name, event, repository);
  return newRun(
    inside,
    {
      ...{ namespace: placeOf(repository), prefix: name, spec },
      labels: { ...texts(fieldOf(metadata, 'labels')), 'app.kubernetes.io/managed-by': PAC, ...labels(both) },
      annotations: { ...texts(fieldOf(metadata, 'annotations')), ...both, ...notesOf(event) },
    },
    inside.nowMs,
  );
}

const texts = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(fieldsOf(value)).map(([name, one]) => [name, textOf(one)] as const));

/** What stands in both labels and annotations. */
function shared(name: string, event: GitEvent, repository: KubeObject): Record<string, string> {
  const { project, commit, number, type } = event;
  return prefixed({
    ...{ sha: commit, 'event-type': type, 'original-prname': name, repository: repository.metadata.name },
    ...{ 'url-org': project.replace(/\/[^/]*$/, ''), 'url-repository': project.replace(/^.*\//, '') },
    ...{ sender: 'sample', state: 'started', ...(number === null ? {} : { 'pull-request': String(number) }) },
  });
}

function notesOf({ forge, project, commit, title, sourceBranch, targetBranch }: GitEvent): Record<string, string> {
  const url = webOf(forge, project);
  const commitUrl = forge === 'gitlab' ? `${url}/-/commit/${commit}` : `${url}/commit/${commit}`;
  return prefixed({
    ...{ branch: targetBranch, 'source-branch': sourceBranch, 'git-provider': forge, 'repo-url': url },
    ...{ 'source-repo-url': url, 'sha-title': title, 'sha-url': commitUrl },
  });
}

const prefixed = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${PAC}/${name}`, value]));

/** Values with what no label may have taken out. */
const labels = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value.replace(/[^\w.-]/g, '-').slice(0, 63)]),
  );

/** What the runs of a commit tell its forge, the newest of each name. */
export function toldOf(runs: readonly KubeObject[], faults: readonly Told[]): Told[] {
  const rows = [...faults, ...runs.map(ofRun)].toSorted((a, b) => b.atMs - a.atMs);
  return rows.filter(({ name }, at) => rows.findIndex((one) => one.name === name) === at);
}

function ofRun(run: KubeObject): Told {
  const condition: Fields = fieldsOf(listOf(statusOf(run, 'conditions'))[0]);
  const [status, reason] = [textOf(condition['status']), textOf(condition['reason'])];
  const state =
    status === 'True' ? 'success' : status === 'False' ? (reason === 'Cancelled' ? 'canceled' : 'failed') : 'running';
  return {
    ...{ name: noteOf(run, `${PAC}/original-prname`) || run.metadata.name, description: reason },
    state: status === '' ? 'pending' : state,
    run: { namespace: placeOf(run), name: run.metadata.name },
    atMs: Date.parse(run.metadata.creationTimestamp),
  };
}
