import type { World } from '#world/model.ts';
import type { Place } from './place.ts';
import { unknown } from './reply.ts';

/** GitHub's REST API: issues, pull requests, releases. */

/** Answers requests to it; what is not pretended says so. */
export function github(_world: World) {
  return (request: Request, _place: Place, _nowMs: number): Response | Promise<Response> => unknown(request);
}
