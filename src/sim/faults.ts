import type { Fault, World } from '#world/model.ts';
import { offsetMs } from './clock.ts';
import { tooMany } from './limits.ts';
import type { Place } from './place.ts';
import { reply, text } from './reply.ts';
import { spoil } from './spoil.ts';

/** What a world says goes wrong, done to the answers of its services. */

export type Source = Fault['source'];
type Serve = (request: Request, place: Place) => Promise<Response>;

const HUGE_BYTES = 2 * 2 ** 30;
const CHUNK = new Uint8Array(64 * 1_024).fill(32);
const ZERO_DIGEST = `sha256:${'0'.repeat(64)}`;

/** Gives a request to `serve`, unless a fault of the world stands in the way. */
export function faults(
  world: World,
): (request: Request, place: Place, source: Source, nowMs: number, serve: Serve) => Promise<Response> {
  const used = new Map<Fault, number>();
  const originMs = Date.parse(world.now);
  return async (request, place, source, nowMs, serve) => {
    const fault = world.faults.find(
      (one) =>
        one.source === source &&
        isHere(one, place) &&
        isTime(one, nowMs - originMs) &&
        (used.get(one) ?? 0) < (one.times ?? Infinity),
    );
    if (!fault) return serve(request, place);
    const count = (used.get(fault) ?? 0) + 1;
    used.set(fault, count);
    return typeof fault.kind === 'number'
      ? failure(fault.kind, source)
      : misbehave(fault, request, place, count, serve);
  };
}

function isHere({ repository, path }: Fault, place: Place): boolean {
  const address = `${place.path}?${place.query}`;
  return (!repository || `${place.path}/`.includes(`/${repository}/`)) && (!path || address.includes(path));
}

function isTime({ from, to }: Fault, offset: number): boolean {
  return (!from || offset >= offsetMs(from)) && (!to || offset < offsetMs(to));
}

function failure(status: number, source: Source): Response {
  const message = `sample failure ${status}`;
  if (status >= 500 && status !== 520)
    return text(`<html><body><h1>${message}</h1></body></html>`, status, 'text/html');
  if (source === 'oci')
    return reply({ errors: [{ code: status === 403 ? 'DENIED' : 'UNKNOWN', message, detail: {} }] }, status);
  return reply(
    { detail: message, error_message: message, error_type: 'downstream_issue', title: message, status },
    status,
  );
}

async function misbehave(fault: Fault, request: Request, place: Place, count: number, serve: Serve): Promise<Response> {
  switch (fault.kind) {
    case 'html429':
      return tooMany();
    case 'refuse':
      throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
    case 'hang':
      return silence(request.signal);
    case 'html':
      return text('<!doctype html><title>Sign in</title><p>Sample page', 200, 'text/html');
    case 'redirect':
      return new Response(null, { status: 302, headers: { location: fault.location ?? '/' } });
    case 'huge-body':
      return new Response(huge(), { headers: { 'content-type': 'application/json' } });
    case 'endless-pages':
      return endless(place, request, count, serve);
    default:
      return altered(String(fault.kind), await serve(request, place), request.signal);
  }
}

/** Never answers; ends when the client gives up. */
function silence(signal: AbortSignal): Promise<Response> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function huge(): ReadableStream<Uint8Array<ArrayBuffer>> {
  let sent = 0;
  return new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{"repositories":[')),
    pull: (controller) => {
      sent += CHUNK.length;
      if (sent > HUGE_BYTES) controller.close();
      else controller.enqueue(CHUNK.slice());
    },
  });
}

async function altered(kind: string, answer: Response, signal: AbortSignal): Promise<Response> {
  const headers = new Headers(answer.headers);
  headers.delete('content-length');
  const options = { status: answer.status, headers };
  if (kind === 'digest-header') headers.set('docker-content-digest', ZERO_DIGEST);
  const body = await answer.text();
  if (kind === 'digest-header' || body === '') return new Response(body || null, options);
  if (kind === 'wrong-digest') return new Response(`${body} `, options);
  if (kind === 'broken-json') return new Response(body.slice(0, Math.ceil(body.length * 0.6)), options);
  if (kind === 'stall') return new Response(stalled(body, signal), options);
  return new Response(JSON.stringify(spoil(kind, JSON.parse(body))), options);
}

function stalled(body: string, signal: AbortSignal): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode(body.slice(0, body.length / 2)));
      signal.addEventListener('abort', () => controller.error(signal.reason), { once: true });
    },
  });
}

/** The first page again and again, with other names, and always one more to come. */
async function endless(place: Place, request: Request, count: number, serve: Serve): Promise<Response> {
  const query = new URLSearchParams(place.query);
  for (const name of ['page', 'next_page', 'last']) query.delete(name);
  const answer = await serve(request, { ...place, query });
  const body = spoil(`page-${count}`, await answer.json());
  const next = `<${place.base}${place.path}?last=page-${count}>; rel="next"`;
  return reply(body, answer.status, place.path.endsWith('/tags/list') ? { link: next } : {});
}
