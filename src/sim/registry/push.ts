import { digestOf, type Stored } from '#sim/bytes.ts';
import type { Settled } from '#sim/settled.ts';
import { error } from './error.ts';
import { DOCKER_LIST, DOCKER_MANIFEST, INDEX, MANIFEST } from './media.ts';
import type { Referrer, registry, Shelf } from './registry.ts';
import { isAlive, isHeld } from './tags.ts';
import { type Target, uploads } from './uploads.ts';

/** What a client that may push does to a repository: blobs, manifests, and taking them away again. */

const MAX_BYTES = 4 * 2 ** 20;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const TYPES: readonly string[] = [INDEX, MANIFEST, DOCKER_LIST, DOCKER_MANIFEST];

type Answer = (request: Request, target: Target, what: string, reference: string) => Promise<Response>;

/** Answers PUT and DELETE of manifests, and uploads; the caller has seen that the client may. */
export function push(settled: Settled, store: ReturnType<typeof registry>): Answer {
  const upload = uploads(settled, store);
  return async (request, target, what, reference) => {
    if (what === 'uploads') return upload(request, target, reference);
    const name = decoded(reference);
    if (what === 'manifests' && request.method === 'PUT') return put(request, target, name);
    if (what === 'manifests' && request.method === 'DELETE') return remove(target, name);
    return error(405, 'UNSUPPORTED', 'The operation is unsupported.', {});
  };

  async function put(request: Request, target: Target, reference: string): Promise<Response> {
    const { repo, nowMs } = target;
    const bytes = new Uint8Array(await request.arrayBuffer());
    const mediaType = request.headers.get('content-type') ?? '';
    if (!TYPES.includes(mediaType)) return invalid('manifest schema version not supported', 415);
    if (bytes.length > MAX_BYTES) return invalid(`sample: a manifest may have ${MAX_BYTES} bytes`);
    const wire = wireOf(bytes);
    if (!wire) return invalid('failed to parse manifest');
    const stored: Stored = { mediaType, bytes, digest: await digestOf(bytes) };
    const isTagged = !DIGEST.test(reference);
    if (!isTagged && reference !== stored.digest) return invalid('manifest digest mismatch');
    if (isTagged && !TAG.test(reference)) return error(400, 'TAG_INVALID', 'manifest tag did not match URI', {});
    const shelf = await store.shelf(repo, nowMs);
    const lacks = missing(wire, shelf);
    if (lacks) return invalid(`Unknown blob or manifest: ${lacks}`);
    const key = `${repo.host}/${repo.name}`;
    const children = wire.manifests.map(({ digest }) => ({ digest, isPresent: true }));
    const refers = refersTo(wire, stored);
    store.writes.addManifest(key, stored, { isTagged, refers, children: children.map(({ digest }) => digest) });
    const isIndex = wire.config === null;
    const size = isIndex ? null : wire.layers.reduce((sum, layer) => sum + layer.size, 0);
    if (isTagged)
      store.writes.put(key, { tag: reference, startMs: nowMs, digest: stored.digest, isIndex, size, children });
    const { place, name } = target;
    const headers = {
      location: `${place.base}/v2/${place.prefix}${name}/manifests/${stored.digest}`,
      'docker-content-digest': stored.digest,
      ...(refers ? { 'oci-subject': refers[0] } : {}),
    };
    return new Response(null, { status: 201, headers });
  }

  /** By digest all tags of it go, by tag that one. */
  async function remove({ repo, nowMs }: Target, reference: string): Promise<Response> {
    const shelf = await store.shelf(repo, nowMs);
    const key = `${repo.host}/${repo.name}`;
    const isDigest = DIGEST.test(reference);
    const isThere = shelf.rows.some(
      (row) => isAlive(row, nowMs) && (isDigest ? row.digest === reference : row.tag === reference),
    );
    const isLoose = isDigest && isHeld(shelf, reference, nowMs) && shelf.untagged.has(reference);
    if (!isThere && !isLoose) return error(404, 'MANIFEST_UNKNOWN', 'manifest unknown', { reference });
    if (isDigest) store.writes.remove(key, reference, nowMs);
    else store.writes.untag(key, reference, nowMs);
    return new Response(null, { status: 202 });
  }
}

/** The reference as it was meant; as it came where it is no encoding, and is then no tag either. */
function decoded(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference;
  }
}

const invalid = (message: string, status = 400): Response =>
  error(status, 'MANIFEST_INVALID', 'manifest invalid', { message });

interface Piece {
  digest: string;
  size: number;
}

interface Wire {
  config: (Piece & { mediaType: string }) | null;
  layers: Piece[];
  manifests: Piece[];
  subject: string | null;
  artifactType: string | null;
  annotations: Record<string, string>;
}

/** A manifest or an index; null for anything else. */
function wireOf(bytes: Uint8Array): Wire | null {
  const value = parsed(bytes);
  if (!isObject(value) || value['schemaVersion'] !== 2) return null;
  const config = pieceOf(value['config']);
  const [layers, manifests] = [piecesOf(value['layers']), piecesOf(value['manifests'])];
  if (!layers || !manifests || (!config && !Array.isArray(value['manifests']))) return null;
  const text = (of: unknown): string | null => (typeof of === 'string' ? of : null);
  const { artifactType, annotations } = value;
  return {
    config: config && {
      ...config,
      mediaType: isObject(value['config']) ? (text(value['config']['mediaType']) ?? '') : '',
    },
    ...{ layers, manifests, subject: pieceOf(value['subject'])?.digest ?? null, artifactType: text(artifactType) },
    annotations: Object.fromEntries(
      Object.entries(isObject(annotations) ? annotations : {}).map(([name, one]) => [name, text(one) ?? '']),
    ),
  };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function pieceOf(value: unknown): Piece | null {
  if (!isObject(value)) return null;
  const { digest, size } = value;
  return typeof digest === 'string' && DIGEST.test(digest) && typeof size === 'number' ? { digest, size } : null;
}

/** Null where one of them is none. */
function piecesOf(value: unknown): Piece[] | null {
  if (value === undefined) return [];
  const pieces = Array.isArray(value) ? value.map(pieceOf) : [null];
  const found = pieces.flatMap((one) => one ?? []);
  return found.length === pieces.length ? found : null;
}

/** What it names and the repository does not have. */
function missing({ config, layers, manifests }: Wire, { blobs, claimed, manifests: held }: Shelf): string | undefined {
  const blob = [...(config ? [config] : []), ...layers].find(
    ({ digest }) => !blobs.has(digest) && !claimed.has(digest),
  );
  return (blob ?? manifests.find(({ digest }) => !held.has(digest)))?.digest;
}

function refersTo({ subject, artifactType, config, annotations }: Wire, { mediaType, digest, bytes }: Stored) {
  if (subject === null) return null;
  const type = artifactType ?? config?.mediaType ?? '';
  const referrer: Referrer = { mediaType, digest, size: bytes.length, artifactType: type, annotations };
  const pair: [of: string, Referrer] = [subject, referrer];
  return pair;
}
