import { callers } from '#sim/kube/caller.ts';
import { controllers } from '#sim/kube/controllers/index.ts';
import { givenBy } from '#sim/kube/core/index.ts';
import { kubernetes, withKinds } from '#sim/kube/index.ts';
import type { Kind } from '#sim/kube/kind.ts';
import { KINDS } from '#sim/kube/kinds/index.ts';
import { Refusal } from '#sim/kube/status.ts';
import type { Place } from '#sim/place.ts';
import type { registry } from '#sim/registry/registry.ts';
import { unknown } from '#sim/reply.ts';
import type { Settled } from '#sim/settled.ts';
import type { World } from '#world/model.ts';
import { kubeArchive } from './archive.ts';
import { derivedFrom } from './derived.ts';

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
  const callerOf = callers(cluster, derived.namespaces);
  const given = givenBy(cluster, derived, settled.nowMs);
  return {
    konflux: kubernetes({ cluster, kinds, controllers: controllers(), given, logOf: derived.log, callerOf, now }),
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
