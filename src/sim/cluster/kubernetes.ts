import type { Repositories } from '#sim/forges/repositories.ts';
import { callers } from '#sim/kube/caller.ts';
import { built } from '#sim/kube/controllers/built.ts';
import { controllers } from '#sim/kube/controllers/index.ts';
import { givenBy } from '#sim/kube/core/index.ts';
import { type Kubernetes, kubernetes, withKinds } from '#sim/kube/index.ts';
import type { Kind } from '#sim/kube/kind.ts';
import { KINDS } from '#sim/kube/kinds/index.ts';
import { Refusal } from '#sim/kube/status.ts';
import { imagesOf } from '#sim/live/images.ts';
import { liveOver } from '#sim/live/live.ts';
import { pushOf } from '#sim/live/push.ts';
import { type PipelinesAsCode, pipelinesAsCode } from '#sim/pac/service.ts';
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

export interface ClusterOf {
  konflux: Answer;
  kubearchive: Answer;
  /** Does what was to happen up to a moment. */
  settle: (nowMs: number) => Promise<void>;
  /** Null in a world without a cluster. */
  pac: PipelinesAsCode | null;
}

/** Both services, and what runs inside; what is not pretended says so. */
export function clusterOf(
  world: World,
  settled: Settled,
  store: ReturnType<typeof registry>,
  repositories: Repositories,
  { kinds: others, now }: ClusterOptions,
): ClusterOf {
  const { cluster } = world;
  if (!cluster) {
    const nothing: Answer = async (request) => unknown(request);
    return { konflux: nothing, kubearchive: nothing, settle: async () => {}, pac: null };
  }
  const { live, derived } = liveOver(derivedFrom(world, cluster, settled, store));
  const kinds = withKinds(KINDS, others);
  const callerOf = callers(cluster, derived.namespaces);
  const given = givenBy(cluster, derived, settled.nowMs);
  const images = imagesOf(settled, store, world.quay.forgetful);
  // The service acts in the cluster, whose controllers ask the service.
  const pac: PipelinesAsCode = pipelinesAsCode(repositories, (run, nowMs) => konflux.act(run, nowMs));
  const building = {
    ...{ cluster, images, live, treeOf: pac.treeOf, pinsOf: store.pinsOf, used: new Map<object, number>() },
    ...{ ended: built, push: pushOf(images) },
  };
  const konflux: Kubernetes = kubernetes({
    ...{ cluster, kinds, given, logOf: derived.log, callerOf, now },
    controllers: controllers({ building, images, incoming: pac.incoming }),
  });
  return {
    ...{ konflux: konflux.answer, settle: konflux.settle, pac },
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
