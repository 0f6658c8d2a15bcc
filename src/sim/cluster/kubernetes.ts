import { callers } from '#sim/kube/caller.ts';
import { kubernetes, withKinds } from '#sim/kube/index.ts';
import { type Allows, type Kind, type KubeObject, resourceOf } from '#sim/kube/kind.ts';
import { Refusal } from '#sim/kube/status.ts';
import type { Place } from '#sim/place.ts';
import type { registry } from '#sim/registry/registry.ts';
import { unknown } from '#sim/reply.ts';
import type { Settled } from '#sim/settled.ts';
import type { World } from '#world/model.ts';
import { kubeArchive } from './archive.ts';
import { type Derived, derivedFrom } from './derived.ts';

/** A world's cluster: its Kubernetes API, and the archive that remembers what the cluster forgot. */

type Answer = (request: Request, place: Place, nowMs: number) => Promise<Response>;

export interface ClusterOptions {
  /** Definitions in the place of our own of the same resources. */
  kinds: readonly Kind[];
  now: () => number;
}

/** Both services; what is not pretended says so. */
export function clusterOf(
  world: World,
  settled: Settled,
  store: ReturnType<typeof registry>,
  { kinds: others, now }: ClusterOptions,
): { konflux: Answer; kubearchive: Answer } {
  const { cluster } = world;
  if (!cluster) {
    const nothing: Answer = async (request) => unknown(request);
    return { konflux: nothing, kubearchive: nothing };
  }
  const derived = derivedFrom(world, cluster, settled, store);
  const kinds = withKinds(KINDS, others);
  const callerOf = callers(cluster, allows, derived.namespaces);
  const given = async (kind: Kind, namespace: string | null, nowMs: number, labels: string) =>
    builtOf(derived, kind, namespace, nowMs, labels);
  return {
    konflux: kubernetes({ cluster, kinds, controllers: CONTROLLERS, given, logOf: derived.log, callerOf, now }),
    kubearchive: kubeArchive(derived, (authorization, resource, namespace) => {
      try {
        return callerOf(authorization).may('get', resource, namespace);
      } catch (error) {
        if (error instanceof Refusal) return null;
        throw error;
      }
    }),
  };
}

const BUILT = new Set([
  ...['pipelineruns.tekton.dev', 'taskruns.tekton.dev'],
  ...['snapshots', 'releases', 'components'].map((plural) => `${plural}.appstudio.redhat.com`),
]);

/** What follows from the builds of the world. */
async function builtOf(
  { namespaces, objects }: Derived,
  kind: Kind,
  namespace: string | null,
  nowMs: number,
  labels: string,
): Promise<KubeObject[]> {
  if (!BUILT.has(resourceOf(kind))) return [];
  const places = namespace === null ? [...namespaces] : [namespace].filter((one) => namespaces.has(one));
  const lists = await Promise.all(places.map((place) => objects(kind.plural, false, place, nowMs, labels)));
  return lists.flat();
}

// FALLBACK until the kinds land
const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const open = (group: string, version: string, kind: string, plural: string, isCustom = true): Kind => ({
  ...{
    group,
    version,
    kind,
    plural,
    singular: kind.toLowerCase(),
    shortNames: [],
    isNamespaced: plural !== 'namespaces',
  },
  ...{
    columns: [{ name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' }],
    isCustom,
    hasStatus: isCustom,
    verbs: VERBS,
  },
  schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
});
const KINDS: readonly Kind[] = [
  open('tekton.dev', 'v1', 'PipelineRun', 'pipelineruns'),
  open('tekton.dev', 'v1', 'TaskRun', 'taskruns'),
  open('appstudio.redhat.com', 'v1alpha1', 'Snapshot', 'snapshots'),
  open('appstudio.redhat.com', 'v1alpha1', 'Release', 'releases'),
  open('appstudio.redhat.com', 'v1alpha1', 'Component', 'components'),
  open('', 'v1', 'Pod', 'pods', false),
  open('', 'v1', 'Secret', 'secrets', false),
  open('', 'v1', 'ConfigMap', 'configmaps', false),
  open('', 'v1', 'ServiceAccount', 'serviceaccounts', false),
  open('', 'v1', 'Namespace', 'namespaces', false),
  open('', 'v1', 'Event', 'events', false),
  open('rbac.authorization.k8s.io', 'v1', 'RoleBinding', 'rolebindings', false),
];
const CONTROLLERS: readonly never[] = [];
const allows: Allows = (role, verb, resource) =>
  role === 'admin' || (['get', 'list', 'watch'].includes(verb) && !/^(secrets|events)/.test(resource));
