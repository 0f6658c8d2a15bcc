import type { World } from '#world/model.ts';
import type { Place } from './place.ts';
import { unknown } from './reply.ts';

/** GitLab's REST API: issues, merge requests, pipelines. */

/** Answers requests to it; what is not pretended says so. */
export function gitlab(_world: World) {
  return (request: Request, _place: Place, _nowMs: number): Response | Promise<Response> => unknown(request);
}
