import { base64 } from '#sim/bytes.ts';
import { offsetMs } from '#sim/clock.ts';
import { KUBEARCHIVE, type Place } from '#sim/place.ts';
import type { registry } from '#sim/registry/registry.ts';
import { reply, text, unknown } from '#sim/reply.ts';
import type { Settled } from '#sim/settled.ts';
import type { World } from '#world/model.ts';
import { pageOf, refused, selected } from './list.ts';
import { type Detail, madeBy, pipelineRun, type Thing } from './objects.ts';
import { componentObject, leadsOn, releaseObject, snapshotObject } from './outcomes.ts';
import { type Build, buildsOf, isOpen } from './runs.ts';
import { logOf, podOf, taskRun } from './tasks.ts';

/** The Kubernetes API of the pretend cluster, and the archive that remembers what the cluster forgot. */

const KEY_PATH = '/api/v1/namespaces/openshift-pipelines/secrets/public-key';
const OBJECTS =
  /^\/apis\/(tekton\.dev\/v1|appstudio\.redhat\.com\/v1alpha1)\/namespaces\/([^/]+)\/([a-z]+)(?:\/([^/]+))?$/;
const LOGS = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/log$/;
const OF_RUN = /(?:^|,)tekton\.dev\/pipelineRun==?([^,]+)/;
const WINDOW_MS = 14 * 86_400_000;
const KINDS: Readonly<Record<string, string>> = {
  pipelineruns: 'PipelineRun',
  taskruns: 'TaskRun',
  snapshots: 'Snapshot',
  releases: 'Release',
  components: 'Component',
};

type Answer = (request: Request, place: Place, nowMs: number) => Promise<Response>;

/** Answers requests to both; what is not pretended says so. */
export function kubernetes(world: World, settled: Settled, store: ReturnType<typeof registry>): Answer {
  const { cluster } = world;
  if (!cluster) return async (request) => unknown(request);
  const builds = buildsOf(world, settled);
  const namespaces = new Set(builds.map(({ namespace }) => namespace));
  const forgetsMs = offsetMs(cluster.forgets);

  async function digestOf({ place, tag, pushedMs }: Build, nowMs: number): Promise<string | null> {
    const repo = settled.repos.get(place);
    if (!repo || pushedMs === null) return null;
    const { rows } = await store.shelf(repo, nowMs);
    return rows.find((row) => row.tag === tag && row.startMs === pushedMs)?.digest ?? null;
  }

  async function detailOf(build: Build, nowMs: number): Promise<Detail> {
    const made = madeBy(build, await digestOf(build, nowMs));
    const pins = await store.pinsOf({ inputs: { base: null, compose: null, pipeline: build.pipeline } });
    return { made, pins };
  }

  /** Builds that the one or the other knows at a moment. */
  function known(isArchive: boolean, namespace: string, nowMs: number): Build[] {
    return builds.filter((build) => {
      if (build.namespace !== namespace || nowMs < build.startMs) return false;
      if (build.isGhost) return isArchive;
      if (isArchive) return !isOpen(build, nowMs);
      return isOpen(build, nowMs) || nowMs < build.endMs + forgetsMs;
    });
  }

  // A refresh asks many times at one moment; a moment later everything may differ.
  let moment = { nowMs: Number.NaN, lists: new Map<string, Promise<Thing[]>>() };

  function objects(
    kind: string,
    isArchive: boolean,
    namespace: string,
    nowMs: number,
    labels: string,
  ): Promise<Thing[]> {
    // Task runs are many, and asked for run by run.
    const [, run] = OF_RUN.exec(labels) ?? [];
    if (kind === 'taskruns' && run)
      return taskRuns(
        known(isArchive, namespace, nowMs).filter(({ name }) => name === run),
        nowMs,
      );
    if (moment.nowMs !== nowMs) moment = { nowMs, lists: new Map() };
    const key = `${kind} ${isArchive} ${namespace}`;
    const list = moment.lists.get(key) ?? made(kind, isArchive, namespace, nowMs);
    moment.lists.set(key, list);
    return list;
  }

  async function taskRuns(of: readonly Build[], nowMs: number): Promise<Thing[]> {
    const lists = of.map(async (build) => {
      if (build.isGhost || build.ends === 'queued') return [];
      const detail = await detailOf(build, nowMs);
      return build.legs.flatMap((leg) => (leg.createdMs <= nowMs ? [taskRun(build, leg, detail, nowMs)] : []));
    });
    return (await Promise.all(lists)).flat();
  }

  async function made(kind: string, isArchive: boolean, namespace: string, nowMs: number): Promise<Thing[]> {
    const runs = known(isArchive, namespace, nowMs);
    if (kind === 'pipelineruns')
      return Promise.all(runs.map(async (build) => pipelineRun(build, await detailOf(build, nowMs), nowMs)));
    if (kind === 'taskruns') return taskRuns(runs, nowMs);
    // These stay where they are for days, and components for ever; the archive gets them only when they go.
    if (isArchive) return [];
    const own = builds.filter((build) => build.namespace === namespace && build.startMs <= nowMs);
    const done = own.filter((build) => leadsOn(build, nowMs) && nowMs - build.endMs < WINDOW_MS);
    if (kind === 'snapshots')
      return Promise.all(done.map(async (build) => snapshotObject(build, await digestOf(build, nowMs), nowMs)));
    if (kind === 'releases') return done.flatMap((build) => releaseObject(build, nowMs) ?? []);
    const groups = [...Map.groupBy(own, ({ component }) => component).values()];
    const components = groups.map(async (group) => {
      const good = group.find((build) => leadsOn(build, nowMs));
      return componentObject(group, good ? await digestOf(good, nowMs) : null, nowMs);
    });
    return (await Promise.all(components)).flatMap((one) => one ?? []);
  }

  function log(isArchive: boolean, namespace: string, pod: string, { query }: Place, nowMs: number): Response {
    for (const build of known(isArchive, namespace, nowMs))
      for (const leg of build.legs)
        if (podOf(build, leg) === pod) {
          const lines = logOf(build, leg).split('\n');
          const tail = Number(query.get('tailLines') ?? lines.length);
          return text(lines.slice(-tail - 1).join('\n'), 200);
        }
    return refused(404, 'NotFound', `pods "${pod}" not found`);
  }

  return async (request, place, nowMs) => {
    const isArchive = place.host === KUBEARCHIVE;
    const authorization = request.headers.get('authorization');
    if (isArchive && authorization === null) return refused(400, 'BadRequest', 'authorization header is missing');
    if (authorization !== `Bearer ${cluster.token}`) return refused(401, 'Unauthorized', 'Unauthorized');
    if (place.path === KEY_PATH && !isArchive) return keyOf(cluster.key);
    const [, namespaceOfPod = '', pod = ''] = LOGS.exec(place.path) ?? [];
    if (pod && namespaces.has(namespaceOfPod)) return log(isArchive, namespaceOfPod, pod, place, nowMs);
    const [, group = '', namespace = '', plural = '', name] = OBJECTS.exec(place.path) ?? [];
    const kind = KINDS[plural];
    if (!kind || !namespaces.has(namespace))
      return refused(403, 'Forbidden', `User "sample" cannot read ${place.path}`);
    const labels = place.query.get('labelSelector') ?? '';
    const all = await objects(plural, isArchive, namespace, nowMs, labels);
    if (name === undefined)
      return pageOf(selected(all, place.query, isArchive), place.query, {
        ...{ kind: isArchive ? 'List' : `${kind}List`, apiVersion: isArchive ? 'v1' : group, isArchive },
        ...{ nowMs, maxItems: isArchive ? 1_000 : cluster.pageItems },
      });
    const found = all.filter((one) => one.metadata.name === name);
    if (isArchive && found.length > 1) return refused(500, 'InternalError', 'more than one resource found');
    return found[0] ? reply(found[0]) : refused(404, 'NotFound', `${plural} "${name}" not found`);
  };
}

function keyOf(pem: string | undefined): Response {
  if (pem === undefined) return refused(404, 'NotFound', 'secrets "public-key" not found');
  const metadata = { name: 'public-key', namespace: 'openshift-pipelines' };
  return reply({ apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data: { 'cosign.pub': base64(pem) } });
}
