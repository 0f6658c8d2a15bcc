import type { Place } from '#sim/place.ts';
import { reply } from '#sim/reply.ts';
import { login } from './account.ts';
import { error } from './error.ts';

/** The token dance of a registry: a 401 with a challenge, a token, an hour of access. Only the robot's allows to push. */

const HOUR_MS = 3_600_000;
const PUSH = 'push:';
/** In a token of the robot, which reads what is private. */
const OWN = 'own:';
/** Without a colon, so that nobody asks for the words above. */
const NAME = /^[\w./-]+$/;

/** What `WWW-Authenticate` says; `name` null for the registry as a whole. */
export function challenge(place: Place, name: string | null, actions = 'pull'): string {
  const scope = name ? `,scope="repository:${place.prefix}${name}:${actions}"` : '';
  return `Bearer realm="${place.base}/v2/auth",service="${place.host}"${scope}`;
}

/** Repositories, without their registry, that a request for a token wants to push to and may. */
export function pushedTo(request: Request, { query }: Pick<Place, 'query'>): string[] {
  if (login(request) !== 'robot') return [];
  return scopesOf(query).flatMap(({ name, actions }) =>
    actions.some((one) => one === 'push' || one === '*') ? [name] : [],
  );
}

/** Answers the request for a token; without a scope nothing is given to an anonymous client. */
export function token(request: Request, { query, prefix, host }: Place, nowMs: number): Response {
  const who = login(request);
  if (who === 'wrong') return error(401, 'UNAUTHORIZED', 'Invalid username or password', {});
  const scopes = scopesOf(query);
  if (scopes.length === 0 && who === 'none')
    return reply({ error: `No anonymous token for the whole of ${host}` }, 401);
  const names = scopes.map(({ name }) => name);
  const more = who === 'robot' ? [OWN, ...pushedTo(request, { query }).map((name) => `${PUSH}${name}`)] : [];
  const text = [`${nowMs + HOUR_MS} ${prefix}${names.join(' ')}`, ...more].join(' ');
  return reply({ token: `sim.${btoa(text).replaceAll('=', '')}.sim` });
}

function scopesOf(query: URLSearchParams): { name: string; actions: readonly string[] }[] {
  return query
    .getAll('scope')
    .flatMap((scope) => scope.split(' '))
    .flatMap((scope) => {
      const [, name = '', actions = ''] = /^[^:]*:(.*?)(?::([^:]*))?$/.exec(scope) ?? [];
      return NAME.test(name) ? [{ name, actions: actions.split(',') }] : [];
    });
}

/** Whether a request may pass: without a token where none is needed, never with one that does not hold. */
export function isAllowed(
  request: Request,
  place: Place,
  name: string | null,
  isNeeded: boolean,
  nowMs: number,
): boolean {
  if (!request.headers.has('authorization')) return !isNeeded;
  const names = namesIn(request, nowMs);
  return names !== null && (name === null || isAmong(names, place, name));
}

/** Whether it may read a repository that is private. */
export function isOwn(request: Request, place: Place, name: string, nowMs: number): boolean {
  const names = namesIn(request, nowMs) ?? [];
  return names.includes(OWN) && isAmong(names, place, name);
}

/** Whether it may write to a repository. */
export function mayPush(request: Request, place: Place, name: string, nowMs: number): boolean {
  const names = namesIn(request, nowMs) ?? [];
  return isAmong(
    names.flatMap((one) => (one.startsWith(PUSH) ? [one.slice(PUSH.length)] : [])),
    place,
    name,
  );
}

/** What a token that holds is for; null without one. */
function namesIn(request: Request, nowMs: number): string[] | null {
  const [, payload] = /^Bearer sim\.([A-Za-z0-9+/]+)\.sim$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (!payload) return null;
  // One letter more than full groups of four is no base64.
  if (payload.length % 4 === 1) return null;
  const [until, ...names] = atob(payload).split(' ');
  return Number(until) > nowMs ? names : null;
}

const isAmong = (names: readonly string[], place: Place, name: string): boolean =>
  names.some((one) => one === name || one === `${place.host}/${name}`);
