import { json, type Stored } from '#sim/bytes.ts';
import { type Place, STORAGE } from '#sim/place.ts';
import { reply, text, unknown } from '#sim/reply.ts';
import { isPublic, newRepo, type Repo, type Settled } from '#sim/settled.ts';
import { error } from './error.ts';
import { DOCKER_LIST, DOCKER_MANIFEST, INDEX, MANIFEST, SCHEMA_1 } from './media.ts';
import { push } from './push.ts';
import type { registry, Shelf } from './registry.ts';
import { isAlive, isHeld } from './tags.ts';
import { challenge, isAllowed, isOwn, mayPush, pushedTo, token } from './token.ts';

/** The OCI distribution API: quay.io's, and the plain one of a registry such as the mirror. */
// assumes: oci.anonymous, oci.accept, oci.referrers, registry.mirror

const TAGS_A_PAGE = 100;
const NAMED = /^\/v2\/(.+)\/(tags\/list|manifests\/[^/]+|blobs\/[^/]+|referrers\/[^/]+)$/;
const WRITTEN = /^\/v2\/(.+)\/(manifests)\/([^/]+)$/;
const UPLOADS = /^\/v2\/(.+)\/blobs\/(uploads)\/([^/]*)$/;

type Store = ReturnType<typeof registry>;

/** Answers requests to `/v2/…`, and to the storage that blobs are fetched from. */
export function oci(settled: Settled, store: Store, isForgetful: boolean) {
  const pushed = push(settled, store);
  return async (request: Request, place: Place, nowMs: number): Promise<Response> => {
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (place.path === '/v2/auth' && isReading) return tokenFor(request, place, nowMs);
    const [, target = '', ...what] = UPLOADS.exec(place.path) ?? (isReading ? [] : (WRITTEN.exec(place.path) ?? []));
    if (target) return written(request, place, target, what, nowMs);
    return isReading ? read(request, place, nowMs) : unknown(request);
  };

  /** Who asks for a token to push to a repository of Quay that is not there makes it, for himself alone. */
  function tokenFor(request: Request, place: Place, nowMs: number): Response {
    for (const name of pushedTo(request, place)) {
      const known = [...settled.hosts].find((host) => name.startsWith(`${host}/`));
      const key = known ? name : `${place.host}/${name}`;
      if (key.startsWith('quay.io/') && name.includes('/') && !settled.repos.has(key))
        settled.repos.set(key, newRepo('quay.io', key.slice('quay.io/'.length)));
    }
    return token(request, place, nowMs);
  }

  async function written(
    request: Request,
    place: Place,
    name: string,
    [what = '', reference = '']: readonly string[],
    nowMs: number,
  ): Promise<Response> {
    const repo = settled.repos.get(`${place.host}/${name}`);
    if (!mayPush(request, place, name, nowMs)) return denied(place, name, 'pull,push');
    if (!repo) return error(404, 'NAME_UNKNOWN', 'repository not found', { name });
    return pushed(request, { place, repo, name, nowMs }, what, reference);
  }

  async function read(request: Request, place: Place, nowMs: number): Promise<Response> {
    const isQuay = place.host === 'quay.io';
    if (place.host === STORAGE) return stored(request, place, nowMs);
    if (/^\/v2\/?$/.test(place.path)) return ping(request, place, nowMs);
    const [, name = '', rest = ''] = NAMED.exec(place.path) ?? [];
    if (!name) return unknown(request);
    const repo = settled.repos.get(`${place.host}/${name}`);
    const isReadable = repo !== undefined && (isPublic(repo, nowMs) || isOwn(request, place, name, nowMs));
    const isDenied = !isAllowed(request, place, name, repo?.challenge ?? false, nowMs);
    if (isDenied || (!isReadable && (isQuay || repo))) return denied(place, name);
    if (!isReadable) return error(404, 'NAME_UNKNOWN', 'repository name not known to registry', { name });
    const shelf = await store.shelf(repo, nowMs);
    const [verb, reference = ''] = rest.split('/');
    if (verb === 'tags') return tags(place, name, shelf, nowMs);
    if (verb === 'manifests') {
      const asked = decodeURIComponent(reference);
      const isForgotten = isForgetful && isQuay && asked.startsWith('sha256:') && !isHeld(shelf, asked, nowMs);
      return isForgotten ? manifestUnknown(asked) : manifest(request, shelf, asked, isQuay, nowMs);
    }
    if (verb === 'referrers') return referrers(shelf, reference, isQuay);
    return blob(request, place, repo, shelf, reference);
  }

  function ping(request: Request, place: Place, nowMs: number): Response {
    const asks =
      place.host === 'quay.io' || [...settled.repos.values()].some((one) => one.host === place.host && one.challenge);
    if (!isAllowed(request, place, null, asks, nowMs)) return denied(place, null);
    return reply({}, 200, { 'docker-distribution-api-version': 'registry/2.0' });
  }

  async function stored(request: Request, place: Place, nowMs: number): Promise<Response> {
    // As S3: a signed address and an Authorization header exclude each other. Under a path of the registry's own host
    // a client rightly keeps the header, so only the storage's own host can tell.
    if (request.headers.has('authorization') && new URL(request.url).hostname === STORAGE)
      return text(
        '<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed</Message></Error>',
        400,
        'application/xml',
      );
    const [, key = '', digest = ''] = /^\/(.+)\/(sha256:[0-9a-f]{64})$/.exec(place.path) ?? [];
    const repo = settled.repos.get(key);
    const found = repo && (await store.shelf(repo, nowMs)).blobs.get(digest);
    if (!found?.bytes) return text('<Error><Code>NoSuchKey</Code></Error>', 404, 'application/xml');
    return content(found.bytes, 'application/octet-stream', null);
  }
}

const manifestUnknown = (reference: string): Response =>
  error(404, 'MANIFEST_UNKNOWN', 'manifest unknown', { reference });

function denied(place: Place, name: string | null, actions = 'pull'): Response {
  const answer = error(401, 'UNAUTHORIZED', 'access to the requested resource is not authorized', {});
  answer.headers.set('www-authenticate', challenge(place, name, actions));
  return answer;
}

function content(bytes: Uint8Array<ArrayBuffer>, type: string, digest: string | null): Response {
  const headers = { 'content-type': type, 'content-length': String(bytes.length) };
  return new Response(bytes, { headers: digest ? { ...headers, 'docker-content-digest': digest } : headers });
}

function tags(place: Place, name: string, shelf: Shelf, nowMs: number): Response {
  const last = place.query.get('last') ?? '';
  const asked = Number.parseInt(place.query.get('n') ?? '', 10);
  const size = asked > 0 ? Math.min(asked, TAGS_A_PAGE) : TAGS_A_PAGE;
  const names = [...new Set(shelf.rows.filter((row) => isAlive(row, nowMs)).map(({ tag }) => tag))].sort();
  const rest = names.filter((tag) => tag > last);
  const page = rest.slice(0, size);
  const query = new URLSearchParams({ n: String(size), last: page.at(-1) ?? '' });
  const link = `<${place.base}/v2/${place.prefix}${name}/tags/list?${query}>; rel="next"`;
  return reply({ name, tags: page }, 200, rest.length > size ? { link } : {});
}

async function manifest(
  request: Request,
  shelf: Shelf,
  reference: string,
  isQuay: boolean,
  nowMs: number,
): Promise<Response> {
  const isDigest = reference.startsWith('sha256:');
  const rows = shelf.rows.filter(({ tag }) => tag === reference);
  const digest = isDigest ? reference : rows.find((row) => isAlive(row, nowMs))?.digest;
  const found = digest && shelf.manifests.get(digest);
  if (!found) {
    if (isQuay && !isDigest && rows.length > 0)
      return error(404, 'TAG_EXPIRED', `Tag ${reference} was deleted or has expired.`, {});
    return manifestUnknown(reference);
  }
  const accept = request.headers.get('accept') ?? '*/*';
  const isTaken = accept.includes(found.mediaType) || (!isQuay && accept.includes('*/*'));
  const as = isDigest || isTaken ? found : await converted(found, shelf, accept, reference, isQuay);
  return as
    ? content(as.bytes, as.mediaType, as.digest)
    : error(404, 'MANIFEST_UNKNOWN', 'OCI index found, but Accept does not name it', {});
}

/** What Quay makes for a client that does not say that it reads indexes: another manifest with another digest. */
async function converted(
  found: Stored,
  shelf: Shelf,
  accept: string,
  name: string,
  isQuay: boolean,
): Promise<Stored | undefined> {
  if (!isQuay) return undefined;
  const isIndex = found.mediaType === INDEX;
  if (isIndex && accept.includes(DOCKER_LIST)) return found;
  const { manifests = [] }: { manifests?: { digest: string; platform: { architecture: string } }[] } = JSON.parse(
    new TextDecoder().decode(found.bytes),
  );
  const child = manifests.find(({ platform }) => platform.architecture === 'amd64');
  const plain = isIndex ? shelf.manifests.get(child?.digest ?? '') : found;
  if (!plain || accept.includes(MANIFEST) || accept.includes(DOCKER_MANIFEST)) return plain;
  return json(SCHEMA_1, {
    schemaVersion: 1,
    name: 'sample',
    tag: name,
    architecture: 'amd64',
    fsLayers: [],
    history: [],
  });
}

function referrers(shelf: Shelf, digest: string, isQuay: boolean): Response {
  if (!isQuay) return text('404 page not found\n', 404);
  if (!shelf.manifests.has(digest)) return error(400, 'MANIFEST_INVALID', 'manifest invalid', {});
  const manifests = shelf.referrers.get(digest) ?? [];
  return reply({ schemaVersion: 2, mediaType: INDEX, manifests }, 200, { 'content-type': INDEX });
}

function blob(request: Request, place: Place, repo: Repo, shelf: Shelf, digest: string): Response {
  if (shelf.claimed.has(digest))
    return reply(
      { error: `Layer ${digest} has a size and no bytes: the simulator holds manifests and configs only.` },
      501,
    );
  const found = shelf.blobs.get(digest);
  if (!found?.bytes) return error(404, 'BLOB_UNKNOWN', 'blob unknown to registry', { digest });
  if (place.host !== 'quay.io' || request.method === 'HEAD')
    return content(found.bytes, 'application/octet-stream', digest);
  const location = `${place.baseOf(STORAGE)}/${repo.host}/${repo.name}/${digest}?X-Sample-Signature=sample`;
  const headers = { location, 'docker-content-digest': digest, 'cache-control': 'max-age=31536000' };
  return new Response(null, { status: 302, headers });
}
