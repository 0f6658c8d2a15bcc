import type { World } from '#world/model.ts';
import type { Place } from './place.ts';
import { unknown } from './reply.ts';

/** The Kubernetes API of the pretend cluster, and the archive that remembers what the cluster forgot. */

/** Answers requests to it; what is not pretended says so. */
export function kubernetes(_world: World) {
  return (request: Request, _place: Place, _nowMs: number): Response | Promise<Response> => unknown(request);
}
