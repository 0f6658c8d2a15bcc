import { digestOf } from '#sim/bytes.ts';
import type { Place } from '#sim/place.ts';
import { isPublic, type Repo, type Settled } from '#sim/settled.ts';
import { error } from './error.ts';
import type { registry } from './registry.ts';

/** Uploads of blobs: in one piece, in chunks, or mounted from another repository. */

/** Far above what a practice image holds; what is written stays in memory. */
const MAX_BYTES = 64 * 2 ** 20;
const RANGE = /^(\d+)-(\d+)$/;

interface Upload {
  key: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface Target {
  place: Place;
  repo: Repo;
  name: string;
  nowMs: number;
}

type Answer = (request: Request, target: Target, id: string) => Promise<Response>;

/** Answers requests below `/v2/<name>/blobs/uploads/`; `id` is empty where one begins. */
export function uploads(settled: Settled, store: ReturnType<typeof registry>): Answer {
  const open = new Map<string, Upload>();
  let count = 0;

  return async (request, target, id) => {
    const { query } = target.place;
    const key = `${target.repo.host}/${target.repo.name}`;
    if (id === '') {
      if (request.method !== 'POST') return error(405, 'UNSUPPORTED', 'The operation is unsupported.', {});
      const mount = query.get('mount');
      if (mount && (await mounted(mount, query.get('from'), target, key))) return done(target, mount);
      const digest = query.get('digest');
      return digest ? finish(await bytesOf(request), digest, target, key) : begin(target, key);
    }
    const upload = open.get(id);
    if (upload?.key !== key) return error(404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry', {});
    if (request.method === 'GET' || request.method === 'HEAD') return progress(204, target, id, upload);
    if (request.method === 'DELETE') {
      open.delete(id);
      return new Response(null, { status: 204 });
    }
    return added(request, target, id, upload);
  };

  function begin(target: Target, key: string): Response {
    count += 1;
    const id = `sample-${String(count).padStart(6, '0')}`;
    const upload = { key, bytes: new Uint8Array(0) };
    open.set(id, upload);
    return progress(202, target, id, upload);
  }

  async function added(request: Request, target: Target, id: string, upload: Upload): Promise<Response> {
    const [, from] = RANGE.exec(request.headers.get('content-range') ?? '') ?? [];
    if (from !== undefined && Number(from) !== upload.bytes.length) return progress(416, target, id, upload);
    const piece = await bytesOf(request);
    if (upload.bytes.length + piece.length > MAX_BYTES) return tooLarge();
    const bytes = new Uint8Array(upload.bytes.length + piece.length);
    bytes.set(upload.bytes);
    bytes.set(piece, upload.bytes.length);
    upload.bytes = bytes;
    if (request.method === 'PATCH') return progress(202, target, id, upload);
    const digest = target.place.query.get('digest');
    if (request.method !== 'PUT' || digest === null)
      return error(400, 'BLOB_UPLOAD_INVALID', 'blob upload invalid', { reason: 'Missing digest arg' });
    open.delete(id);
    return finish(bytes, digest, target, upload.key);
  }

  async function finish(
    bytes: Uint8Array<ArrayBuffer>,
    digest: string,
    target: Target,
    key: string,
  ): Promise<Response> {
    if (bytes.length > MAX_BYTES) return tooLarge();
    if ((await digestOf(bytes)) !== digest)
      return error(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content', {});
    store.writes.addBlob(key, { mediaType: 'application/octet-stream', digest, size: bytes.length, bytes });
    return done(target, digest);
  }

  /** Whether the blob could be taken from a repository that everybody may read. */
  async function mounted(digest: string, from: string | null, target: Target, key: string): Promise<boolean> {
    const { place, nowMs } = target;
    const name = from?.startsWith(place.prefix) ? from.slice(place.prefix.length) : from;
    const repo = settled.repos.get(`${place.host}/${name}`);
    const blob = repo && isPublic(repo, nowMs) ? (await store.shelf(repo, nowMs)).blobs.get(digest) : undefined;
    if (blob) store.writes.addBlob(key, blob);
    return blob !== undefined;
  }
}

const tooLarge = (): Response => error(413, 'UNSUPPORTED', `sample: a blob may have ${MAX_BYTES} bytes here`, {});

const bytesOf = async (request: Request): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await request.arrayBuffer());

function progress(status: number, { place, name }: Target, id: string, { bytes }: Upload): Response {
  const headers = {
    location: `${place.base}/v2/${place.prefix}${name}/blobs/uploads/${id}`,
    range: `0-${Math.max(0, bytes.length - 1)}`,
    'docker-upload-uuid': id,
  };
  return new Response(null, { status, headers });
}

function done({ place, name }: Target, digest: string): Response {
  const location = `${place.base}/v2/${place.prefix}${name}/blobs/${digest}`;
  return new Response(null, { status: 201, headers: { location, 'docker-content-digest': digest } });
}
