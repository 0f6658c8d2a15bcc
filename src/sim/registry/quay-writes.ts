import type { Place } from '#sim/place.ts';
import { reply, unknown } from '#sim/reply.ts';
import type { Repo } from '#sim/settled.ts';
import { API_TOKEN } from './account.ts';
import type { Fault } from './quay.ts';
import type { Row, registry, Shelf } from './registry.ts';
import { isAlive, isHeld } from './tags.ts';

/** What Quay's API changes: where a tag points, whether it is there, and who may read the repository. */

const PATH = /^\/api\/v1\/repository\/(.+?)\/(?:tag\/([^/]+)(\/restore)?|(changevisibility))$/;
const TAG = /^\w[\w.-]{0,127}$/;

interface Asked {
  request: Request;
  place: Place;
  repo: Repo;
  tag: string;
  nowMs: number;
}

type Answer = (request: Request, place: Place, nowMs: number) => Promise<Response>;

/** Answers what is not GET; needs the token of the API. An expiry cannot be set here: such a request gets a 501. */
export function quayWrites(repos: ReadonlyMap<string, Repo>, store: ReturnType<typeof registry>, fault: Fault): Answer {
  return async (request, place, nowMs) => {
    const [, name = '', tag = '', restore, visibility] = PATH.exec(place.path) ?? [];
    if (!name) return unknown(request);
    const repo = repos.get(`quay.io/${name}`);
    if (request.headers.get('authorization') !== `Bearer ${API_TOKEN}` || !repo)
      return fault(place, 'invalid_token', 'Requires authentication');
    const asked = { request, place, repo, tag, nowMs };
    if (visibility && request.method === 'POST') return makeVisible(asked);
    if (!visibility && !TAG.test(tag)) return fault(place, 'invalid_request', 'Invalid tag name');
    if (restore && request.method === 'POST') return point(asked, true);
    if (!restore && !visibility && request.method === 'PUT') return point(asked, false);
    if (!restore && !visibility && request.method === 'DELETE') return untag(asked);
    return unknown(request);
  };

  /** Only a restored tag may point at what no tag holds any more. */
  async function point({ request, place, repo, tag, nowMs }: Asked, isRestored: boolean): Promise<Response> {
    const body = await bodyOf(request);
    const digest = body['manifest_digest'];
    if ('expiration' in body) return unknown(request);
    if (typeof digest !== 'string') return fault(place, 'invalid_request', 'Missing manifest_digest');
    const shelf = await store.shelf(repo, nowMs);
    if (!shelf.manifests.has(digest) || (!isRestored && !isHeld(shelf, digest, nowMs)))
      return fault(place, 'not_found', 'Not Found');
    store.writes.put(keyOf(repo), { ...madeOf(shelf, digest), tag, startMs: nowMs });
    return isRestored ? reply({}) : reply('Updated', 201);
  }

  async function untag({ place, repo, tag, nowMs }: Asked): Promise<Response> {
    const { rows } = await store.shelf(repo, nowMs);
    if (!rows.some((row) => row.tag === tag && isAlive(row, nowMs))) return fault(place, 'not_found', 'Not Found');
    store.writes.untag(keyOf(repo), tag, nowMs);
    return new Response(null, { status: 204 });
  }

  async function makeVisible({ request, place, repo, nowMs }: Asked): Promise<Response> {
    const { visibility } = await bodyOf(request);
    if (visibility !== 'public' && visibility !== 'private')
      return fault(place, 'invalid_request', 'visibility: public or private');
    repo.privateFromMs = visibility === 'public' ? Number.POSITIVE_INFINITY : nowMs;
    return reply({ success: true });
  }
}

const keyOf = ({ host, name }: Repo): string => `${host}/${name}`;

/** What a row says of a manifest: as the row that had it said, or one of its index. */
function madeOf({ rows, manifests }: Shelf, digest: string): Pick<Row, 'digest' | 'isIndex' | 'size' | 'children'> {
  const before = rows.find((row) => row.digest === digest);
  if (before) return before;
  const { layers = [] }: { layers?: { size: number }[] } = JSON.parse(
    new TextDecoder().decode(manifests.get(digest)?.bytes),
  );
  return { digest, isIndex: false, size: layers.reduce((sum, { size }) => sum + size, 0), children: [] };
}

async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(await request.text());
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
