import type { SourceId } from '#status/model.ts';
import { bucket, pour, type Sink } from './body.ts';
import { because, SourceError } from './error.ts';
import { type Clock, type PaceClass, pacer } from './pace.ts';
import { reach } from './reach.ts';
import { refusal } from './redirect.ts';

/** The only way out: pace, retries, time and size limits, redirects and giving up, in one place. */

export type Fetch = (request: Request) => Promise<Response>;

export interface Ask {
  source: SourceId;
  pace: PaceClass;
  maxBytes: number;
  method?: 'GET' | 'HEAD';
  accept?: string;
  headers?: Readonly<Record<string, string>>;
  /** Sent to the origin first asked, never past a redirect to another one. */
  authorization?: string | undefined;
  /** For what is too large to be held: takes a 200 answer part by part, anew at each try; the answer's bytes are empty. */
  sink?: () => Sink;
  /** How long the body may take; 30 s when left out. */
  bodyMs?: number;
  /** Any status is handed on at once: whoever asks tries again by itself. */
  isSingle?: boolean;
}

export interface Answer {
  status: number;
  headers: Headers;
  bytes: Uint8Array<ArrayBuffer>;
  /** Where it came from; without its query after a redirect. */
  url: string;
}

/** A request on its way to the answer. */
interface Hop {
  url: URL;
  /** Its address as messages may name it. */
  from: string;
  authorization: string | undefined;
}

export interface Usage {
  requests: number;
  bytes: number;
}

export interface Http {
  /** One answer of any status that is not worth a retry; throws a SourceError otherwise. */
  ask(url: string, ask: Ask): Promise<Answer>;
  usage(source: SourceId): Usage;
}

export interface HttpOptions {
  fetch: Fetch;
  clock: Clock;
  /** 0 ≤ x < 1, for jitter. */
  random?: () => number;
  isMultiplexed?: (origin: string) => boolean;
}

const RETRIED = new Set([408, 429, 500, 502, 503, 504, 520]);
const TRIES = 4;
const NETWORK_TRIES = 2;
const ANSWER_MS = 10_000;
const BODY_MS = 30_000;
const BACKOFF_MS = 400;
const PATIENCE_MS = 30_000;
const HOPS = 3;
const AGENT = 'slipway (status board for Fedora bootc images)';

/** A client over the fetch, clock and randomness that it is handed. */
export function http({ fetch, clock, random = Math.random, isMultiplexed = () => false }: HttpOptions): Http {
  const pace = pacer(clock, isMultiplexed);
  const hosts = reach((place) => (isMultiplexed(place.split(' ')[0] ?? '') ? 64 : 16), isNetworkFailure);
  const used = new Map<SourceId, Usage>();

  function usage(source: SourceId): Usage {
    const found = used.get(source) ?? { requests: 0, bytes: 0 };
    used.set(source, found);
    return found;
  }

  /** One request, no redirect followed. */
  async function once({ url, from, authorization }: Hop, ask: Ask): Promise<Answer> {
    if (url.username || url.password)
      throw new SourceError(ask.source, 'redirect', `${url.host} was given with a name or password`);
    if (authorization && !/^[\x20-\x7e]+$/.test(authorization))
      throw new SourceError(
        ask.source,
        'unreadable',
        `the token for ${url.host} holds characters that no header can carry`,
      );
    const headers = new Headers({ 'user-agent': AGENT, accept: ask.accept ?? 'application/json', ...ask.headers });
    if (authorization) headers.set('authorization', authorization);
    const stop = new AbortController();
    const request = new Request(url, { method: ask.method ?? 'GET', headers, redirect: 'manual', signal: stop.signal });
    return hosts.attempt(placeOf(url, ask.source), async () => {
      // Within the gate: a request that was paced and then waited for others would leave in a burst with them.
      await pace(url.origin, ask.pace);
      usage(ask.source).requests += 1;
      const response = await within(fetch(request), ANSWER_MS, stop, from, ask.source);
      const held = bucket();
      const inner = response.status === 200 ? (ask.sink?.() ?? held) : held;
      const sink: Sink = {
        write(part) {
          // As it comes: what the rest never followed was moved all the same.
          usage(ask.source).bytes += part.length;
          return inner.write(part);
        },
        end: () => inner.end(),
      };
      await within(pour(response, from, ask, sink), ask.bodyMs ?? BODY_MS, stop, from, ask.source);
      const bytes = held.bytes();
      return { status: response.status, headers: response.headers, bytes, url: from };
    });
  }

  async function within<T>(
    work: Promise<T>,
    ms: number,
    stop: AbortController,
    from: string,
    source: SourceId,
  ): Promise<T> {
    const timer = new AbortController();
    const late = clock.sleep(ms, timer.signal).then((): never => {
      throw new SourceError(source, 'timeout', `${from} gave no complete answer within ${ms / 1_000} s`);
    });
    try {
      return await Promise.race([work, late]);
    } catch (cause) {
      stop.abort();
      if (cause instanceof SourceError) throw cause;
      throw new SourceError(source, 'unreachable', `${from} (${because(cause)})`, { cause });
    } finally {
      // Whichever lost the race may still reject.
      for (const loser of [work, late]) loser.catch(() => undefined);
      timer.abort();
    }
  }

  /** One request with retries. */
  async function patiently(hop: Hop, ask: Ask): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await once(hop, ask);
        if (!RETRIED.has(answer.status) || ask.isSingle) return answer;
        const wait = pause(answer, attempt);
        if (attempt >= TRIES || wait > PATIENCE_MS) throw exhausted(answer, ask.source);
        await clock.sleep(wait);
      } catch (error) {
        if (!isNetworkFailure(error) || attempt >= NETWORK_TRIES || hosts.isLost(placeOf(hop.url, ask.source)))
          throw error;
        await clock.sleep(BACKOFF_MS * random());
      }
    }
  }

  function pause(answer: Answer, attempt: number): number {
    const after = answer.headers.get('retry-after');
    const asked = after ? (/^\d+$/.test(after) ? Number(after) * 1_000 : Date.parse(after) - clock.now()) : 0;
    return Math.max(Number.isFinite(asked) ? asked : 0, BACKOFF_MS * 2 ** (attempt - 1) * (0.5 + random()));
  }

  async function ask(address: string, options: Ask): Promise<Answer> {
    if (!URL.canParse(address))
      throw new SourceError(options.source, 'unreachable', 'its address is none; see the targets file');
    const first = new URL(address);
    let url = first;
    let { authorization } = options;
    for (let hop = 0; ; hop++) {
      const isElsewhere = url.origin !== first.origin;
      // An address that we were sent to may be signed for us: its query is for nobody else.
      const from = url.href === first.href ? url.href : `${url.origin}${url.pathname}`;
      const paced = isElsewhere ? { ...options, pace: 'free' as const } : options;
      const answer = await patiently({ url, from, authorization }, paced);
      const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null;
      if (!location) return answer;
      if (hop === HOPS || !URL.canParse(location, url))
        throw new SourceError(options.source, 'redirect', `${first} led on and on, or to no address`);
      const next = new URL(location, url);
      const why = refusal(first, url, next);
      if (why) throw new SourceError(options.source, 'redirect', `${first} led to ${next.origin}: ${why}`);
      if (next.origin !== first.origin) authorization = undefined;
      url = next;
    }
  }

  return { ask, usage };
}

const isNetworkFailure = (error: unknown): boolean =>
  error instanceof SourceError && (error.kind === 'unreachable' || error.kind === 'timeout');

/** A host may serve two sources, and lose one of them. */
const placeOf = (url: URL, source: SourceId): string => `${url.origin} ${source}`;

function exhausted({ status, url }: Answer, source: SourceId): SourceError {
  const kind = status === 429 ? 'rate-limited' : status === 408 ? 'timeout' : 'server-error';
  return new SourceError(source, kind, `${url} answered ${status} again and again`, { status });
}
