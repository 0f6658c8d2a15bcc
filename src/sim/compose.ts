import type { World } from '#world/model.ts';
import type { Place } from './place.ts';
import { unknown } from './reply.ts';

/** Fedora's composes as kojipkgs serves them, and CoreOS's stream metadata. */

/** Answers requests to it; what is not pretended says so. */
export function compose(_world: World) {
  return (request: Request, _place: Place, _nowMs: number): Response | Promise<Response> => unknown(request);
}
