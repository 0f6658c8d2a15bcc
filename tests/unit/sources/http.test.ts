import { expect, test } from 'vitest';
import { pretendClock } from '#host/clock.ts';
import { SourceError } from '#sources/error.ts';
import { type Ask, type Fetch, http } from '#sources/http.ts';

const ASK: Ask = { source: 'quay', pace: 'free', maxBytes: 1_000 };
const URL_ = 'https://quay.io/api/v1/x';

function client(fetch: Fetch, speed = 50) {
  const clock = pretendClock(Date.parse('2026-11-21T14:07:00Z'), speed);
  return { ...http({ fetch, clock, random: () => 0.5 }), clock };
}

/** Answers in order, the last one for ever. */
function answers(...given: (Response | Error | ((request: Request) => Response))[]): Fetch & { seen: Request[] } {
  const seen: Request[] = [];
  const fetch = async (request: Request) => {
    seen.push(request);
    const next = given[Math.min(seen.length, given.length) - 1];
    if (next instanceof Error) throw next;
    return typeof next === 'function' ? next(request) : (next?.clone() ?? new Response());
  };
  return Object.assign(fetch, { seen });
}

const refused = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const redirect = (location: string) => new Response(null, { status: 302, headers: { location } });
const failure = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SourceError)) throw new Error(`expected a SourceError, got ${error}`);
  return error;
};

test.each([200, 400, 401, 403, 404])('hands %i to the caller without a retry', async (status) => {
  const fetch = answers(new Response('{}', { status }));
  expect((await client(fetch).ask(URL_, ASK)).status).toBe(status);
  expect(fetch.seen).toHaveLength(1);
});

test.each([408, 429, 500, 502, 503, 504, 520])('asks again after %i', async (status) => {
  const fetch = answers(new Response('<html>', { status }), new Response('good'));
  expect(new TextDecoder().decode((await client(fetch).ask(URL_, ASK)).bytes)).toBe('good');
  expect(fetch.seen).toHaveLength(2);
});

test.each([
  [429, 'rate-limited'],
  [408, 'timeout'],
  [502, 'server-error'],
])('gives up after four times %i', async (status, kind) => {
  const fetch = answers(new Response('<html>', { status }));
  expect(await failure(client(fetch).ask(URL_, ASK))).toMatchObject({ kind, status });
  expect(fetch.seen).toHaveLength(4);
});

test('waits as long as Retry-After asks, and gives up where that is too long', async () => {
  const patient = answers(new Response('', { status: 429, headers: { 'retry-after': '7' } }), new Response('good'));
  const first = client(patient);
  const began = first.clock.now();
  await first.ask(URL_, ASK);
  expect(first.clock.now() - began).toBeGreaterThanOrEqual(6_900);
  const long = answers(new Response('', { status: 503, headers: { 'retry-after': '3600' } }));
  expect(await failure(client(long).ask(URL_, ASK))).toMatchObject({ kind: 'server-error' });
  expect(long.seen).toHaveLength(1);
});

test('gives a host up after a handful of refused connections, for all that is asked of it', async () => {
  const fetch = answers(refused());
  const { ask } = client(fetch);
  const failures = await Promise.all(Array.from({ length: 40 }, (_, index) => failure(ask(`${URL_}${index}`, ASK))));
  expect(new Set(failures.map(({ kind }) => kind))).toEqual(new Set(['unreachable']));
  expect(fetch.seen.length).toBeLessThanOrEqual(6);
  expect(failures[0]?.message).toContain('ECONNREFUSED');
});

test('one host that is lost does not hinder another', async () => {
  const fetch = answers(({ url }) => {
    if (url.includes('dead')) throw refused();
    return new Response('good');
  });
  const { ask } = client(fetch);
  const [dead, alive] = await Promise.all([failure(ask('https://dead.example/', ASK)), ask(URL_, ASK)]);
  expect(dead.kind).toBe('unreachable');
  expect(alive.status).toBe(200);
});

test('a hung socket is a timeout and is aborted', async () => {
  const signals: AbortSignal[] = [];
  const hang: Fetch = (request) => {
    signals.push(request.signal);
    return new Promise(() => undefined);
  };
  expect(await failure(client(hang, 200).ask(URL_, ASK))).toMatchObject({ kind: 'timeout' });
  expect(signals.length).toBeGreaterThan(0);
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
});

test('a body that stops midway is a timeout', async () => {
  const body = () => new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(10)) });
  expect(
    await failure(
      client(
        answers(() => new Response(body())),
        400,
      ).ask(URL_, ASK),
    ),
  ).toMatchObject({ kind: 'timeout' });
});

test('an endless body is left at its limit', async () => {
  let sent = 0;
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (stream) => {
      sent += 100;
      stream.enqueue(new Uint8Array(100));
    },
    cancel: () => {
      isCancelled = true;
    },
  });
  expect(await failure(client(answers(() => new Response(body))).ask(URL_, ASK))).toMatchObject({ kind: 'too-large' });
  expect(sent).toBeLessThan(2_000);
  expect(isCancelled).toBe(true);
});

test('a body that announces 2 GB is not read at all', async () => {
  const response = () => new Response('x', { headers: { 'content-length': String(2 ** 31) } });
  expect(await failure(client(answers(response)).ask(URL_, ASK))).toMatchObject({ kind: 'too-large' });
});

test('follows a redirect and leaves the credentials behind when the origin changes', async () => {
  const fetch = answers(redirect('https://cdn.example/blob?sig=1'), new Response('blob'));
  const answer = await client(fetch).ask(URL_, { ...ASK, authorization: 'Bearer secret' });
  expect(answer.url).toBe('https://cdn.example/blob');
  expect(fetch.seen.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer secret', null]);
});

test('does not give credentials back to the first origin after a detour', async () => {
  const fetch = answers(redirect('https://cdn.example/'), redirect('https://quay.io/back'), new Response(''));
  await client(fetch).ask(URL_, { ...ASK, authorization: 'Bearer secret' });
  expect(fetch.seen.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer secret', null, null]);
});

test.each([
  'http://quay.io/x',
  'https://127.0.0.1/x',
  'https://localhost/x',
  'https://10.1.2.3/x',
  'https://172.20.0.1/x',
  'https://192.168.1.1/x',
  'https://169.254.169.254/latest/meta-data',
  'https://0x7f000001/x',
  'https://[::1]/x',
  'https://[fd00::1]/x',
  'https://[::ffff:10.0.0.1]/x',
  'file:///etc/passwd',
  'https://a:b@quay.io/x',
  'https://localhost./x',
  'https://198.18.0.1/x',
  'https://[64:ff9b::7f00:1]/x',
])('refuses to be led to %s', async (location) => {
  const fetch = answers(redirect(location));
  expect(await failure(client(fetch).ask(URL_, ASK))).toMatchObject({ kind: 'redirect' });
  expect(fetch.seen).toHaveLength(1);
});

test('a name that only begins like a loopback address is none', async () => {
  const fetch = answers(redirect('https://127.evil.example/blob'), new Response('blob'));
  expect((await client(fetch).ask(URL_, ASK)).status).toBe(200);
});

test.each(['https://a:b@quay.io/x', 'no address', 'http://['])(
  'an address like %s is refused before anything is sent',
  async (address) => {
    const fetch = answers(new Response(''));
    const { kind, message } = await failure(client(fetch).ask(address, ASK));
    expect(['redirect', 'unreachable']).toContain(kind);
    expect(message).not.toContain('a:b');
    expect(fetch.seen).toHaveLength(0);
  },
);

test.each(['Bearer a\nb', 'Bearer 中'])(
  'a token that no header can carry is refused and not repeated',
  async (authorization) => {
    const { kind, message } = await failure(client(answers(new Response(''))).ask(URL_, { ...ASK, authorization }));
    expect(kind).toBe('unreadable');
    expect(message).not.toContain(authorization.slice(7));
  },
);

test('a host that has answered one source needs no probe by the next, and can be lost to that one alone', async () => {
  let open = 0;
  let most = 0;
  const fetch: Fetch = async ({ url }) => {
    open += 1;
    most = Math.max(most, open);
    await new Promise((resolve) => setTimeout(resolve, 20));
    open -= 1;
    if (url.includes('/v2/')) throw refused();
    return new Response('good');
  };
  const { ask } = client(fetch);
  await ask(URL_, ASK);
  most = 0;
  const oci: Ask = { ...ASK, source: 'oci' };
  const failures = await Promise.all([1, 2, 3, 4].map((index) => failure(ask(`https://quay.io/v2/${index}`, oci))));
  expect(most).toBe(4);
  expect(new Set(failures.map(({ kind }) => kind))).toEqual(new Set(['unreachable']));
  expect((await ask(URL_, ASK)).status).toBe(200);
});

test('one place that answers too much does not lose its host for the others', async () => {
  const fetch = answers(({ url }) => new Response(url.includes('evil') ? 'x'.repeat(2_000) : 'good'));
  const { ask } = client(fetch);
  for (let index = 0; index < 8; index++)
    expect((await failure(ask(`${URL_}/evil${index}`, ASK))).kind).toBe('too-large');
  expect((await ask(`${URL_}/good`, ASK)).status).toBe(200);
});

test('lets a loopback service redirect to loopback', async () => {
  const fetch = answers(redirect('http://127.0.0.1:5001/blob'), new Response('blob'));
  expect((await client(fetch).ask('http://127.0.0.1:5000/x', ASK)).status).toBe(200);
});

test.each<[string, () => Response | Error]>([
  ['fails', () => new Response('', { status: 500 })],
  ['is refused', refused],
  ['is too large', () => new Response('x'.repeat(2_000))],
])('an address that we were sent to keeps its query to itself when it %s', async (_, last) => {
  const fetch = answers(redirect('https://cdn.example/blob?key=deadbeef'), last());
  const { message } = await failure(client(fetch).ask(`${URL_}?page=2`, ASK));
  expect(message).toContain('https://cdn.example/blob');
  expect(message).not.toContain('deadbeef');
});

test('an answer names where it came from; only the address that was asked keeps its query', async () => {
  const direct = await client(answers(new Response(''))).ask(`${URL_}?page=2`, ASK);
  expect(direct.url).toBe(`${URL_}?page=2`);
  const fetch = answers(redirect('https://cdn.example/blob?key=deadbeef'), new Response(''));
  expect((await client(fetch).ask(URL_, ASK)).url).toBe('https://cdn.example/blob');
  expect(fetch.seen[1]?.url).toContain('deadbeef');
});

test('a ring of redirects ends', async () => {
  expect(await failure(client(answers(redirect('https://quay.io/again'))).ask(URL_, ASK))).toMatchObject({
    kind: 'redirect',
  });
});

test('counts requests and bytes by source', async () => {
  const one = client(answers(new Response('12345')));
  await one.ask(URL_, ASK);
  await one.ask(URL_, { ...ASK, source: 'oci' });
  expect([one.usage('quay'), one.usage('oci'), one.usage('bodhi')]).toEqual([
    { requests: 1, bytes: 5 },
    { requests: 1, bytes: 5 },
    { requests: 0, bytes: 0 },
  ]);
});

test('what came of a body that was not whole counts too, at every try', async () => {
  const body = () => {
    const parts = [new Uint8Array(10)].values();
    return new ReadableStream<Uint8Array>({
      pull: (stream) => {
        const { value } = parts.next();
        if (value) stream.enqueue(value);
        else stream.error(new TypeError('terminated'));
      },
    });
  };
  const one = client(answers(() => new Response(body())));
  expect(await failure(one.ask(URL_, ASK))).toMatchObject({ kind: 'unreachable' });
  expect(one.usage('quay')).toEqual({ requests: 2, bytes: 20 });
});
