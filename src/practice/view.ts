import type { Lab } from '#lab/model.ts';
import { fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import { GITLAB, KONFLUX } from '#sim/place.ts';
import type { Practice } from './open.ts';
import type { View } from './protocol.ts';

/** What the side shows of the world, asked from its services as a client would. */

/** Newest PipelineRuns, merge requests and Releases; a Release tells little by itself. */
const MOST = 8;
const MOST_RELEASES = 4;
const INDEX = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');
/** Fedora's names of the architectures that OCI calls otherwise. */
const ARCHES: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64' };

type World = Pick<Practice, 'fetch' | 'nowMs'>;

/** What does not answer is left out: the lists are as long as what is there. */
export async function viewOf(world: World, { view }: Pick<Lab, 'view'>): Promise<View> {
  const { namespaces, images, projects } = view;
  const [runs, releases, seen, changes] = await Promise.all([
    Promise.all(namespaces.map((namespace) => runsOf(world, namespace))),
    Promise.all(namespaces.map((namespace) => releasesOf(world, namespace))),
    Promise.all(images.map((image) => imageOf(world, image))),
    Promise.all(projects.map((project) => changesOf(world, project))),
  ]);
  return {
    nowMs: world.nowMs(),
    ...{ runs: runs.flat(), images: seen, changes: changes.flat(), releases: releases.flat() },
  };
}

async function runsOf(world: World, namespace: string): Promise<View['runs']> {
  const [runs, tasks] = await Promise.all([
    clusterList(world, 'apis/tekton.dev/v1', namespace, 'pipelineruns'),
    clusterList(world, 'apis/tekton.dev/v1', namespace, 'taskruns'),
  ]);
  const byRun = Map.groupBy(tasks, (task) => labelOf(task, 'tekton.dev/pipelineRun'));
  return newest(runs).map((run) => {
    const { name, created } = aboutOf(run);
    const status = fieldsOf(run['status']);
    const { reason, state } = stateOf(run);
    return {
      ...{ namespace, name, state, reason },
      component: labelOf(run, 'appstudio.openshift.io/component') || null,
      startedAt: textOf(status['startTime']) || created || null,
      endedAt: textOf(status['completionTime']) || null,
      tasks: tasksOf(byRun.get(name) ?? []),
    };
  });
}

/** In the order in which they began. */
const tasksOf = (tasks: readonly Thing[]): { name: string; state: string }[] =>
  tasks
    .toSorted((a, b) => startOf(a).localeCompare(startOf(b)))
    .map((task) => {
      const [short, whole] = [labelOf(task, 'tekton.dev/pipelineTask'), aboutOf(task).name];
      const arch = /-(x86-64|x86_64|aarch64|ppc64le|s390x|amd64|arm64)$/.exec(whole)?.[1] ?? '';
      return {
        name: short && arch && !short.endsWith(arch) ? `${short}, ${arch}` : short || whole,
        state: stateOf(task).state,
      };
    });

const startOf = (thing: Thing): string => textOf(fieldsOf(thing['status'])['startTime']) || '~';

async function releasesOf(world: World, namespace: string): Promise<View['releases']> {
  const releases = await clusterList(world, 'apis/appstudio.redhat.com/v1alpha1', namespace, 'releases');
  return newest(releases, MOST_RELEASES).map((release) => {
    const released = conditionOf(release, 'Released');
    return {
      namespace,
      name: aboutOf(release).name,
      state: wordOf(textOf(released['status']), textOf(released['reason'])),
    };
  });
}

type Thing = Record<string, unknown>;

async function clusterList(world: World, group: string, namespace: string, kind: string): Promise<Thing[]> {
  const url = `https://${KONFLUX}:6443/${group}/namespaces/${namespace}/${kind}`;
  const { body } = await asked(world, url, { authorization: 'Bearer sample-viewer' });
  return listOf(fieldsOf(body)['items']).map(fieldsOf);
}

function newest(things: readonly Thing[], most = MOST): Thing[] {
  return things.toSorted((a, b) => aboutOf(b).created.localeCompare(aboutOf(a).created)).slice(0, most);
}

function aboutOf(thing: Thing): { name: string; created: string } {
  const { name, creationTimestamp } = fieldsOf(thing['metadata']);
  return { name: textOf(name), created: textOf(creationTimestamp) };
}

const labelOf = (thing: Thing, label: string): string => textOf(fieldsOf(fieldsOf(thing['metadata'])['labels'])[label]);

function conditionOf(thing: Thing, type: string): Thing {
  const conditions = listOf(fieldsOf(thing['status'])['conditions']).map(fieldsOf);
  return conditions.find((one) => one['type'] === type) ?? {};
}

function stateOf(thing: Thing): { state: string; reason: string } {
  const { status, reason } = conditionOf(thing, 'Succeeded');
  const asked = textOf(fieldsOf(thing['spec'])['status']);
  const why = textOf(reason) || (asked === 'PipelineRunPending' ? asked : '');
  return { state: wordOf(textOf(status), why), reason: why };
}

/** Of a condition that tells how a thing ended. */
function wordOf(status: string, reason: string): string {
  if (/Pending/.test(reason)) return 'Pending';
  if (status === 'True') return 'Succeeded';
  if (status === 'False')
    return /Cancel|StoppedRun/.test(reason) ? 'Cancelled' : reason === 'Progressing' ? 'Running' : 'Failed';
  if (status === 'Unknown' || reason !== '') return 'Running';
  return 'Pending';
}

async function imageOf(world: World, image: string): Promise<View['images'][number]> {
  const [, host = '', repository = '', tag = 'latest'] = /^([^/]+)\/([^:]+)(?::(.+))?$/.exec(image) ?? [];
  const { body, headers, ok } = await asked(world, `https://${host}/v2/${repository}/manifests/${tag}`, {
    accept: INDEX,
  });
  if (!ok) return { image, digest: null, arches: [], pushedAt: null };
  const manifests = listOf(fieldsOf(body)['manifests']).map((one) => fieldsOf(fieldsOf(one)['platform']));
  const arches = manifests.map(({ architecture }) => textOf(architecture)).filter((arch) => arch && arch !== 'unknown');
  return {
    image,
    digest: headers.get('docker-content-digest'),
    arches: arches.map((arch) => ARCHES[arch] ?? arch),
    pushedAt: host === 'quay.io' ? await pushedAt(world, repository, tag) : null,
  };
}

async function pushedAt(world: World, repository: string, tag: string): Promise<string | null> {
  const query = new URLSearchParams({ specificTag: tag, onlyActiveTags: 'true' });
  const { body } = await asked(world, `https://quay.io/api/v1/repository/${repository}/tag/?${query}`, {});
  const seconds = fieldsOf(listOf(fieldsOf(body)['tags'])[0])['start_ts'];
  return typeof seconds === 'number' ? new Date(seconds * 1_000).toISOString() : null;
}

async function changesOf(world: World, project: string): Promise<View['changes']> {
  const requests = `https://${GITLAB}/api/v4/projects/${encodeURIComponent(project)}/merge_requests`;
  const { body } = await asked(world, `${requests}?state=all`, {});
  return Promise.all(
    listOf(body)
      .slice(0, MOST)
      .map(async (one) => {
        const { iid, title, source_branch, state } = fieldsOf(one);
        const id = typeof iid === 'number' ? iid : 0;
        // A list does not tell of pipelines.
        const single = await asked(world, `${requests}/${id}`, {});
        const pipeline = textOf(fieldsOf(fieldsOf(single.body)['head_pipeline'])['status']) || null;
        return { project, id, title: textOf(title), branch: textOf(source_branch), state: textOf(state), pipeline };
      }),
  );
}

/** A service that fails answers nothing. */
async function asked({ fetch }: World, url: string, headers: Record<string, string>) {
  const answer = await fetch(url, { headers }).catch(() => new Response(null, { status: 503 }));
  const body: unknown = answer.ok ? await answer.json().catch(() => null) : null;
  return { body, headers: answer.headers, ok: answer.ok };
}
