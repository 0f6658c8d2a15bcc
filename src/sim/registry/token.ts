import type { Place } from '#sim/place.ts';
import { reply } from '#sim/reply.ts';

/** The token dance of a registry: a 401 with a challenge, an anonymous token, an hour of access. */

const HOUR_MS = 3_600_000;

/** What `WWW-Authenticate` says; `name` null for the registry as a whole. */
export function challenge(place: Place, name: string | null): string {
  const scope = name ? `,scope="repository:${place.prefix}${name}:pull"` : '';
  return `Bearer realm="${place.base}/v2/auth",service="${place.host}"${scope}`;
}

/** Answers the request for a token; without a scope nothing is given to an anonymous client. */
export function token({ query, prefix, host }: Place, nowMs: number): Response {
  const scopes = query.getAll('scope').flatMap((scope) => scope.split(' '));
  if (scopes.length === 0) return reply({ error: `No anonymous token for the whole of ${host}` }, 401);
  const names = scopes.map((scope) => scope.split(':')[1] ?? '');
  return reply({ token: `sim.${btoa(`${nowMs + HOUR_MS} ${prefix}${names.join(' ')}`).replaceAll('=', '')}.sim` });
}

/** Whether a request may pass: without a token where none is needed, never with one that does not hold. */
export function isAllowed(
  request: Request,
  place: Place,
  name: string | null,
  isNeeded: boolean,
  nowMs: number,
): boolean {
  const authorization = request.headers.get('authorization');
  if (authorization === null) return !isNeeded;
  const [, payload] = /^Bearer sim\.([A-Za-z0-9+/]+)\.sim$/i.exec(authorization) ?? [];
  if (!payload) return false;
  const [until, ...names] = atob(payload).split(' ');
  const isNamed = name === null || names.some((one) => one === name || one === `${place.host}/${name}`);
  return Number(until) > nowMs && isNamed;
}
