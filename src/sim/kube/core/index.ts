import type { Derived } from '#sim/cluster/derived.ts';
import { type Kind, type KubeObject, resourceOf } from '#sim/kube/kind.ts';
import { MANAGED_NAMESPACE } from '#sim/kube/roles.ts';
import { type Given, keyOf } from '#sim/kube/store.ts';
import { fieldOf, listOf, textOf } from '#sim/kube/value.ts';
import type { Cluster } from '#world/cluster.ts';
import { roleBindings, secrets, serviceAccounts } from './accounts.ts';
import {
  admission,
  applications,
  imageRepositories,
  onboarded,
  policies,
  releasePlans,
  repositories,
  scenarios,
} from './model.ts';
import { RELEASE_ACCOUNT } from './names.ts';
import { ownObjects } from './own.ts';
import { podOf } from './pod.ts';
import { applicationOf, type Tenant, thing } from './tenant.ts';

/** All that a world's cluster holds before anybody writes: what follows from its builds, and what it gives whole. */

const STUDIO = '.appstudio.redhat.com';
const AGE_MS = 90 * 86_400_000;

const OF_TENANT: Readonly<Record<string, (tenant: Tenant) => KubeObject[]>> = {
  serviceaccounts: serviceAccounts,
  secrets,
  'rolebindings.rbac.authorization.k8s.io': roleBindings,
  [`applications${STUDIO}`]: applications,
  [`imagerepositories${STUDIO}`]: imageRepositories,
  [`integrationtestscenarios${STUDIO}`]: scenarios,
  [`enterprisecontractpolicies${STUDIO}`]: policies,
  [`releaseplans${STUDIO}`]: releasePlans,
  'repositories.pipelinesascode.tekton.dev': repositories,
};

/** What follows from the builds: `startMs` is the moment at which the world begins. */
export function givenBy(cluster: Cluster, { namespaces, objects }: Derived, startMs: number): Given {
  const own = ownObjects(cluster, startMs);
  const bornMs = startMs - AGE_MS;
  const managed = { namespace: MANAGED_NAMESPACE, bornMs };

  async function tenantAt(namespace: string, nowMs: number): Promise<Tenant> {
    const components = await objects('components', false, namespace, nowMs, '');
    const snapshots = await objects('snapshots', false, namespace, nowMs, '');
    const byApplication = Map.groupBy(snapshots, applicationOf);
    const scenarios = new Map(
      [...byApplication].map(([name, all]) => [name, [...new Set(all.flatMap(scenariosOf))]] as const),
    );
    return { namespace, components, scenarios, bornMs };
  }

  async function ofTenant(resource: string, namespace: string, nowMs: number, labels: string): Promise<KubeObject[]> {
    const make = Object.hasOwn(OF_TENANT, resource) ? OF_TENANT[resource] : undefined;
    if (make) return make(await tenantAt(namespace, nowMs));
    const built = async (plural: string): Promise<KubeObject[]> => objects(plural, false, namespace, nowMs, labels);
    if (resource === 'pods') return (await built('taskruns')).flatMap((run) => podOf(run) ?? []);
    if (resource === `components${STUDIO}`) return (await built('components')).map(onboarded);
    return BUILT.has(resource) ? built(resource.replace(/\..*$/, '')) : [];
  }

  async function ofManaged(resource: string, nowMs: number): Promise<KubeObject[]> {
    if (resource === `enterprisecontractpolicies${STUDIO}`) return policies(managed);
    if (resource === 'taskruns.tekton.dev' || resource === 'pods') {
      const runs = await objects('taskruns', false, MANAGED_NAMESPACE, nowMs, '');
      return resource === 'pods' ? runs.flatMap((run) => podOf(run) ?? []) : runs;
    }
    if (resource === 'serviceaccounts') return [thing(managed, 'v1', 'ServiceAccount', RELEASE_ACCOUNT)];
    if (resource !== `releaseplanadmissions${STUDIO}`) return [];
    return Promise.all([...namespaces].map(async (namespace) => admission(await tenantAt(namespace, nowMs))));
  }

  async function derivedAt(kind: Kind, namespace: string | null, nowMs: number, labels: string): Promise<KubeObject[]> {
    const resource = resourceOf(kind);
    if (resource === 'namespaces')
      return [...namespaces, MANAGED_NAMESPACE].map((name) => namespaceNamed(name, bornMs));
    const places = [...namespaces, MANAGED_NAMESPACE].filter((one) => namespace === null || one === namespace);
    const lists = await Promise.all(
      places.map((place) =>
        place === MANAGED_NAMESPACE ? ofManaged(resource, nowMs) : ofTenant(resource, place, nowMs, labels),
      ),
    );
    return lists.flat();
  }

  return async (kind, namespace, nowMs, labels) => {
    const derived = await derivedAt(kind, namespace, nowMs, labels);
    const whole = own.filter(
      (one) =>
        one.kind === kind.kind &&
        groupOf(one.apiVersion) === kind.group &&
        (namespace === null || one.metadata.namespace === namespace),
    );
    if (whole.length === 0) return derived;
    const keys = new Set(whole.map(keyOf));
    return [...whole, ...derived.filter((one) => !keys.has(keyOf(one)))];
  };
}

const BUILT = new Set([
  ...['pipelineruns.tekton.dev', 'taskruns.tekton.dev'],
  ...[`snapshots${STUDIO}`, `releases${STUDIO}`],
]);

const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? apiVersion.replace(/\/.*$/, '') : '');

function namespaceNamed(name: string, bornMs: number): KubeObject {
  const labels = { 'kubernetes.io/metadata.name': name, 'konflux-ci.dev/type': 'tenant' };
  const object = thing({ namespace: '', bornMs }, 'v1', 'Namespace', name, { labels, status: { phase: 'Active' } });
  const { namespace: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function scenariosOf({ metadata }: KubeObject): string[] {
  const status = metadata.annotations?.['test.appstudio.openshift.io/status'];
  if (status === undefined) return [];
  return listOf(JSON.parse(status)).map((row) => textOf(fieldOf(row, 'scenario')));
}
