import { expect, test } from 'vitest';
import { type Handler, simulate } from '#sim/index.ts';
import { API, hash, INDEX, MANIFEST, NOW_MS, REPOSITORY, type TagPage, V2, worldOf } from './world.ts';

const AUTH = 'https://quay.io/v2/auth';
const BASIC = `Basic ${btoa('sample+robot:sample-password')}`;
const BEARER = 'Bearer sample-quay-token';
const OTHER = 'fedora/other';
const NEW = 'fedora/made-by-push';

const TAGS = [
  { repository: REPOSITORY, tags: { '45': ['-29h', '-5h'], '44': [{ at: '-28h', copy: `${REPOSITORY}:45` }] } },
  { repository: OTHER, tags: { latest: ['-5h'] } },
];
const world = worldOf(TAGS, { quay: { forgetful: true } });

interface Sent {
  status: number;
  headers: Headers;
  text: string;
}

async function send(handler: Handler, method: string, url: string, more: RequestInit = {}): Promise<Sent> {
  const answer = await handler(new Request(url, { method, ...more }));
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

async function tokenFor(handler: Handler, name = REPOSITORY, authorization: string | null = BASIC): Promise<string> {
  const headers = new Headers(authorization === null ? {} : { authorization });
  const { text } = await send(handler, 'GET', `${AUTH}?scope=repository:${name}:pull,push`, { headers });
  return `Bearer ${JSON.parse(text).token}`;
}

/** A handler, and a way to ask as the robot. */
async function robot(name = REPOSITORY) {
  const handler = simulate(world);
  const authorization = await tokenFor(handler, name);
  const ask = (method: string, path: string, body: BodyInit | null = null, headers: Record<string, string> = {}) =>
    send(handler, method, path.startsWith('https:') ? path : `https://quay.io/v2/${name}/${path}`, {
      ...{ body, headers: { authorization, ...headers } },
    });
  return { handler, ask };
}

const tagsOf = async (handler: Handler, name = REPOSITORY): Promise<TagPage['tags']> =>
  JSON.parse((await send(handler, 'GET', `${API}/repository/${name}/tag/`)).text).tags;

type Ask = Awaited<ReturnType<typeof robot>>['ask'];

async function pushed(ask: Ask, tag: string, config = '{"sample":true}') {
  const digest = await hash(config);
  await ask('POST', `blobs/uploads/?digest=${digest}`, config);
  const text = JSON.stringify({
    ...{ schemaVersion: 2, mediaType: MANIFEST, layers: [] },
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: config.length },
  });
  const answer = await ask('PUT', `manifests/${tag}`, text, { 'content-type': MANIFEST });
  return { answer, text, digest: await hash(text) };
}

test('a blob comes in pieces, and is there under its digest', async () => {
  const { ask } = await robot();
  const begun = await ask('POST', 'blobs/uploads/');
  const place = begun.headers.get('location') ?? '';
  const first = await ask('PATCH', place, 'sample ', { 'content-range': '0-6' });
  const gap = await ask('PATCH', place, 'x', { 'content-range': '20-20' });
  const asked = await ask('GET', place);
  const digest = await hash('sample blob');
  const done = await ask('PUT', `${place}?digest=${digest}`, 'blob');
  const head = await ask('HEAD', `blobs/${digest}`);
  expect([begun, first, gap, asked, done, head].map(({ status }) => status)).toEqual([202, 202, 416, 204, 201, 200]);
  expect(first.headers.get('range')).toBe('0-6');
  expect(head.headers.get('content-length')).toBe('11');
});

test('a blob with another digest, an upload that is none, and one of another repository are refused', async () => {
  const { ask } = await robot();
  const wrong = await ask('POST', `blobs/uploads/?digest=sha256:${'0'.repeat(64)}`, 'sample');
  const none = await ask('PATCH', 'blobs/uploads/nothing', 'x');
  const bare = await ask('PUT', (await ask('POST', 'blobs/uploads/')).headers.get('location') ?? '', 'x');
  expect([wrong.status, none.status, bare.status]).toEqual([400, 404, 400]);
  expect([wrong.text, none.text]).toEqual([
    expect.stringContaining('DIGEST_INVALID'),
    expect.stringContaining('BLOB_UPLOAD_UNKNOWN'),
  ]);
});

test('a blob is mounted from a repository that has it, and uploaded where it has not', async () => {
  const { handler, ask } = await robot();
  const manifest = await handler(
    new Request(`${V2.replace(REPOSITORY, OTHER)}/manifests/latest`, { headers: { accept: MANIFEST } }),
  );
  const { config } = JSON.parse(await manifest.text());
  const mounted = await ask('POST', `blobs/uploads/?mount=${config.digest}&from=${OTHER}`);
  const absent = await ask('POST', `blobs/uploads/?mount=sha256:${'1'.repeat(64)}&from=${OTHER}`);
  expect([mounted.status, absent.status]).toEqual([201, 202]);
  expect((await ask('HEAD', `blobs/${config.digest}`)).status).toBe(200);
});

test('a pushed tag is in the list, and what it was before has ended', async () => {
  const { handler, ask } = await robot();
  const before = (await tagsOf(handler)).find(({ name, end_ts }) => name === '45' && !end_ts);
  const { answer, digest } = await pushed(ask, '45');
  const rows = (await tagsOf(handler)).filter(({ name }) => name === '45');
  expect([answer.status, answer.headers.get('docker-content-digest')]).toEqual([201, digest]);
  expect(rows.map(({ manifest_digest, end_ts }) => [manifest_digest, end_ts])).toEqual([
    [digest, undefined],
    [before?.manifest_digest, NOW_MS / 1_000],
    [expect.any(String), expect.any(Number)],
  ]);
});

test('at a clock that stands, the last push to a tag counts', async () => {
  const { handler, ask } = await robot();
  await pushed(ask, 'new');
  const { digest, text } = await pushed(ask, 'new', '{"sample":2}');
  const got = await send(handler, 'GET', `${V2}/manifests/new`, { headers: { accept: MANIFEST } });
  expect(got.text).toBe(text);
  expect((await tagsOf(handler)).find(({ name }) => name === 'new')?.manifest_digest).toBe(digest);
});

test.each([
  ['what is no JSON', 'nonsense', MANIFEST, 'failed to parse manifest'],
  ['a version that is none', '{"schemaVersion":1}', MANIFEST, 'failed to parse manifest'],
  ['a type that is none', '{}', 'text/plain', 'not supported'],
  [
    'a blob that is not there',
    `{"schemaVersion":2,"layers":[],"config":{"mediaType":"x","size":1,"digest":"sha256:${'2'.repeat(64)}"}}`,
    MANIFEST,
    'Unknown blob or manifest',
  ],
  [
    'a manifest that is not there',
    `{"schemaVersion":2,"manifests":[{"mediaType":"x","size":1,"digest":"sha256:${'3'.repeat(64)}"}]}`,
    INDEX,
    'Unknown blob or manifest',
  ],
  ['layers that are none', '{"schemaVersion":2,"manifests":[],"layers":[7]}', INDEX, 'failed to parse manifest'],
])('a manifest is refused: %s', async (_, body, type, message) => {
  const { ask } = await robot();
  const answer = await ask('PUT', 'manifests/x', body, { 'content-type': type });
  expect([answer.status >= 400, answer.text]).toEqual([true, expect.stringContaining(message)]);
  expect(answer.text).toContain('MANIFEST_INVALID');
});

test('a manifest under a digest that is not its own is refused, and a tag that is none', async () => {
  const { ask } = await robot();
  const other = await pushed(ask, `sha256:${'4'.repeat(64)}`);
  const statuses = await Promise.all(
    ['-x', '%zz', 'x'.repeat(129)].map(async (tag) => (await pushed(ask, tag)).answer.status),
  );
  expect([other.answer.text, ...statuses]).toEqual([expect.stringContaining('digest mismatch'), 400, 400, 400]);
});

test('deleting a digest ends all its tags; deleting a tag ends that one', async () => {
  const { handler, ask } = await robot();
  const { digest } = await pushed(ask, 'a');
  await pushed(ask, 'b');
  expect((await ask('DELETE', 'manifests/b')).status).toBe(202);
  const alive = async () => (await tagsOf(handler)).filter(({ end_ts }) => !end_ts).map(({ name }) => name);
  expect(await alive()).toContain('a');
  expect(await alive()).not.toContain('b');
  await pushed(ask, 'b');
  expect((await ask('DELETE', `manifests/${digest}`)).status).toBe(202);
  expect((await alive()).filter((name) => /^[ab]$/.test(name))).toEqual([]);
  const gone = await Promise.all([ask('GET', `manifests/${digest}`), ask('DELETE', `manifests/${digest}`)]);
  expect(gone.map(({ status }) => status)).toEqual([404, 404]);
});

test('what refers to an image is among its referrers', async () => {
  const { handler, ask } = await robot();
  const { digest: of } = await pushed(ask, 'of');
  const config = await hash('{"sample":true}');
  const text = JSON.stringify({
    ...{ schemaVersion: 2, mediaType: MANIFEST, artifactType: 'application/sample', layers: [] },
    config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: config, size: 15 },
    subject: { mediaType: MANIFEST, digest: of, size: 1 },
  });
  const put = await ask('PUT', `manifests/${await hash(text)}`, text, { 'content-type': MANIFEST });
  const { manifests } = JSON.parse((await send(handler, 'GET', `${V2}/referrers/${of}`)).text);
  expect([put.status, put.headers.get('oci-subject')]).toEqual([201, of]);
  expect(manifests).toMatchObject([{ digest: await hash(text), artifactType: 'application/sample' }]);
});

test('nobody but the robot may write, and only where its token is for', async () => {
  const handler = simulate(world);
  const put = (authorization: string | null, name = REPOSITORY) =>
    send(handler, 'POST', `https://quay.io/v2/${name}/blobs/uploads/`, {
      headers: new Headers(authorization === null ? {} : { authorization }),
    });
  const anonymous = await tokenFor(handler, REPOSITORY, null);
  const answers = await Promise.all([put(null), put(anonymous), put(await tokenFor(handler, OTHER)), put(BASIC)]);
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  expect(answers[0]?.headers.get('www-authenticate')).toContain(`repository:${REPOSITORY}:pull,push`);
  expect(answers[0]?.text).toContain('access to the requested resource is not authorized');
  const wrong = { headers: { authorization: `Basic ${btoa('sample+robot:other')}` } };
  expect((await send(handler, 'GET', `${AUTH}?scope=repository:${REPOSITORY}:pull`, wrong)).status).toBe(401);
});

test('a push makes a repository that only it can read, until somebody makes it public', async () => {
  const { handler, ask } = await robot(NEW);
  await pushed(ask, 'latest');
  const read = () =>
    send(handler, 'GET', `https://quay.io/v2/${NEW}/manifests/latest`, { headers: { accept: MANIFEST } });
  expect([(await read()).status, (await ask('GET', 'manifests/latest')).status]).toEqual([401, 200]);
  const open = await send(handler, 'POST', `${API}/repository/${NEW}/changevisibility`, {
    ...{ headers: { authorization: BEARER }, body: '{"visibility":"public"}' },
  });
  expect([open.status, (await read()).status]).toEqual([200, 200]);
});

async function change(handler: Handler, method: string, path: string, body: unknown, authorization = BEARER) {
  const text = body === null ? null : JSON.stringify(body);
  return send(handler, method, `${API}/repository/${REPOSITORY}/tag/${path}`, {
    headers: { authorization },
    body: text,
  });
}

test('the API moves a tag to what a tag still holds, and restores what none does', async () => {
  const handler = simulate(world);
  const rows = await tagsOf(handler);
  const [now, before] = rows.filter(({ name }) => name === '45');
  const copied = rows.find(({ name }) => name === '44');
  expect(copied?.manifest_digest).toBe(before?.manifest_digest);
  expect((await change(handler, 'DELETE', '44', null)).status).toBe(204);
  const body = { manifest_digest: before?.manifest_digest };
  expect((await change(handler, 'PUT', '45', body)).status).toBe(404);
  expect((await send(handler, 'GET', `${V2}/manifests/${before?.manifest_digest}`)).status).toBe(404);
  expect(await change(handler, 'POST', '45/restore', body)).toMatchObject({ status: 200, text: '{}' });
  const [after] = (await tagsOf(handler)).filter(({ name }) => name === '45');
  expect(after).toMatchObject({ manifest_digest: before?.manifest_digest, reversion: true });
  const moved = await change(handler, 'PUT', 'old', body);
  expect([moved.status, moved.text]).toEqual([201, '"Updated"']);
  expect((await change(handler, 'PUT', 'gone', { manifest_digest: now?.manifest_digest })).status).toBe(404);
});

test.each([
  ['PUT', '45', { manifest_digest: 'x' }, 'Bearer other', 401],
  ['PUT', '45', {}, BEARER, 400],
  ['PUT', '-x', { manifest_digest: 'x' }, BEARER, 400],
  ['PUT', '45', { manifest_digest: 'sha256:none' }, BEARER, 404],
  ['PUT', '45', { expiration: 1 }, BEARER, 501],
  ['DELETE', 'none', null, BEARER, 404],
  ['PATCH', '45', {}, BEARER, 501],
])('the API refuses %s of %s: %j', async (method, path, body, authorization, status) => {
  expect((await change(simulate(world), method, path, body, authorization)).status).toBe(status);
});

test.each([
  [true, 404],
  [false, 200],
])('where Quay forgets (%s), a digest that no tag holds any more answers %s', async (forgetful, status) => {
  const handler = simulate(
    worldOf([{ repository: REPOSITORY, tags: { '45': ['-29h', '-5h'] } }], { quay: { forgetful } }),
  );
  const [, before] = await tagsOf(handler);
  const headers = { accept: `${INDEX}, ${MANIFEST}` };
  const answer = await send(handler, 'GET', `${V2}/manifests/${before?.manifest_digest}`, { headers });
  expect(answer.status).toBe(status);
});

test('a token that is none, and a scope in any letters, get an answer', async () => {
  const handler = simulate(world);
  const headers = { authorization: 'Bearer sim.A.sim' };
  expect((await send(handler, 'GET', `${V2}/manifests/45`, { headers })).status).toBe(401);
  expect((await send(handler, 'GET', `${AUTH}?scope=repository:fedora/${encodeURIComponent('🐟')}:pull`)).status).toBe(
    401,
  );
});

test('nobody gets the rights of the robot by the name of a repository', async () => {
  const handler = simulate(world);
  const scope = `repository:${REPOSITORY}:pull repository:push:${REPOSITORY}:pull repository:own::pull`;
  const { text } = await send(handler, 'GET', `${AUTH}?scope=${encodeURIComponent(scope)}`);
  const headers = { authorization: `Bearer ${JSON.parse(text).token}` };
  expect((await send(handler, 'GET', `${V2}/manifests/45`, { headers })).status).toBe(200);
  expect((await send(handler, 'POST', `${V2}/blobs/uploads/`, { headers })).status).toBe(401);
});

test('annotations that are no texts are taken as empty', async () => {
  const { ask } = await robot();
  const { digest } = await pushed(ask, 'sample');
  const manifest = {
    schemaVersion: 2,
    manifests: [],
    annotations: { a: { toString: 1 } },
    subject: { digest, size: 1 },
  };
  const answer = await ask('PUT', 'manifests/sample-odd', JSON.stringify(manifest), { 'content-type': INDEX });
  expect(answer.status).toBe(201);
});

test('a blob that is too large is refused in one piece too', async () => {
  const { ask } = await robot();
  const answer = await ask('POST', `blobs/uploads/?digest=sha256:${'0'.repeat(64)}`, new Uint8Array(64 * 2 ** 20 + 1));
  expect(answer.status).toBe(413);
});
