import { rfc2822, seconds } from '#sim/clock.ts';
import { isTrue, type Place } from '#sim/place.ts';
import { reply, unknown } from '#sim/reply.ts';
import { isPublic, type Repo, type Settled } from '#sim/settled.ts';
import type { World } from '#world/model.ts';
import { quayWrites } from './quay-writes.ts';
import type { registry, Shelf } from './registry.ts';
import { security } from './security.ts';
import { isAlive, newestFirst, tagPage } from './tags.ts';

/** Quay's REST API v1. */
// assumes: quay.missing-is-401, quay.namespace-list, quay.last-modified, quay.cors

const REPOSITORIES_A_PAGE = 100;
const TAGS_IN_DETAIL = 500;
const TOKEN_MS = 2 * 86_400_000;
const BROWSER = /mozilla|chrome|safari|firefox|opera|msie/i;

const ERRORS = {
  invalid_request: [400, 'Bad Request'],
  invalid_token: [401, 'Requires authentication'],
  not_found: [404, 'Not Found'],
} as const;

type Store = ReturnType<typeof registry>;
type Answer = (request: Request, place: Place, nowMs: number) => Promise<Response>;

/** Answers requests to `/api/v1/…`. */
export function quay(world: World, settled: Settled, store: Store): Answer {
  const write = quayWrites(settled.repos, store, fault);
  return async (request, place, nowMs) => {
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    const answer = await (isReading ? route : write)(request, place, nowMs);
    if (world.quay.cors) answer.headers.set('access-control-allow-origin', '*');
    return answer;
  };

  async function route(request: Request, place: Place, nowMs: number): Promise<Response> {
    const isBrowser = BROWSER.test(request.headers.get('user-agent') ?? '');
    if (isBrowser && request.headers.get('x-requested-with') !== 'XMLHttpRequest')
      return fault(
        place,
        'invalid_request',
        'API calls must be invoked with an X-Requested-With header if called from a browser',
      );
    const path = place.path.replace(/^\/api\/v1\//, '');
    if (path === 'repository') return list(place, settled, store, nowMs);
    const [, name = '', rest] = /^repository\/(.+?)(?:\/(tag\/?|manifest\/[^/]+(?:\/.*)?))?$/.exec(path) ?? [];
    if (!name) return unknown(request);
    const repo = settled.repos.get(`quay.io/${name}`);
    if (!repo || !isPublic(repo, nowMs)) return fault(place, 'invalid_token', 'Requires authentication');
    const shelf = await store.shelf(repo, nowMs);
    if (rest === undefined) return detail(place, repo, shelf, nowMs);
    if (rest.startsWith('tag')) return tags(place, world, shelf, nowMs);
    const [, scanned] = /^manifest\/([^/]+)\/security$/.exec(rest) ?? [];
    if (scanned) {
      const body = security(world, name, shelf, scanned);
      return body ? reply(body) : fault(place, 'not_found', 'Not Found');
    }
    return rest.split('/').length === 2 ? manifest(place, shelf, rest.slice('manifest/'.length)) : unknown(request);
  }
}

export type Fault = typeof fault;

function fault(place: Place, type: keyof typeof ERRORS, message: string): Response {
  const [status, title] = ERRORS[type];
  const address = `${place.base}/api/v1/error/${type}`;
  const body = { detail: message, error_message: message, error_type: type, title, type: address, status };
  return reply(body, status);
}

function list(place: Place, settled: Settled, store: Store, nowMs: number): Response {
  const { query } = place;
  const namespace = query.get('namespace');
  if (!namespace && !isTrue(query, 'public') && !isTrue(query, 'starred'))
    return fault(place, 'invalid_request', 'namespace, starred, or public are required for this API call');
  const kind = query.get('repo_kind') ?? 'image';
  const visible = [...settled.repos.values()]
    .filter((repo) => repo.host === 'quay.io' && isPublic(repo, nowMs) && isTrue(query, 'public'))
    .filter((repo) => (!namespace || repo.name.startsWith(`${namespace}/`)) && repo.kind === kind);
  const start = readToken(query.get('next_page'), nowMs);
  const shown = visible.slice(start, start + REPOSITORIES_A_PAGE);
  const next = start + shown.length;
  return reply({
    repositories: shown.map((repo) => ({
      ...nameOf(repo),
      description: repo.description,
      is_public: true,
      kind: repo.kind,
      state: 'NORMAL',
      ...(isTrue(query, 'last_modified') ? { last_modified: secondsOrNull(store.lastModified(repo, nowMs)) } : {}),
      ...(isTrue(query, 'popularity') ? { popularity: 0 } : {}),
    })),
    ...(next < visible.length ? { next_page: writeToken(next, nowMs) } : {}),
  });
}

function nameOf({ name }: Repo): { namespace: string; name: string } {
  const [namespace = '', ...rest] = name.split('/');
  return { namespace, name: rest.join('/') };
}

const secondsOrNull = (ms: number | null): number | null => (ms === null ? null : seconds(ms));
function writeToken(start: number, nowMs: number): string {
  return btoa(`sim ${start} ${nowMs}`).replaceAll('=', '');
}

/** An unreadable or old token means the first page, as Quay has it. */
function readToken(token: string | null, nowMs: number): number {
  try {
    const [mark, start, at] = atob(token ?? '').split(' ');
    return mark === 'sim' && nowMs - Number(at) <= TOKEN_MS ? Number(start) : 0;
  } catch {
    return 0;
  }
}

function detail(place: Place, repo: Repo, shelf: Shelf, nowMs: number): Response {
  const isWanted = place.query.get('includeTags') === null || isTrue(place.query, 'includeTags');
  const alive = newestFirst(shelf.rows.filter((row) => isAlive(row, nowMs))).slice(0, TAGS_IN_DETAIL);
  const tags = alive.map((row) => [
    row.tag,
    { name: row.tag, size: row.size, last_modified: rfc2822(row.startMs), manifest_digest: row.digest },
  ]);
  return reply({
    ...nameOf(repo),
    kind: repo.kind,
    description: repo.description,
    is_public: true,
    is_organization: true,
    is_starred: false,
    status_token: '',
    trust_enabled: false,
    tag_expiration_s: 1_209_600,
    is_free_account: false,
    state: 'NORMAL',
    can_write: false,
    can_admin: false,
    ...(isWanted ? { tags: Object.fromEntries(tags) } : {}),
  });
}

function tags(place: Place, world: World, shelf: Shelf, nowMs: number): Response {
  const page = tagPage(place, world, shelf, nowMs);
  return page ? reply(page) : fault(place, 'invalid_request', 'Unsupported filter_tag_name operator');
}

interface WireManifest {
  config?: { mediaType: string };
  layers?: { digest: string; size: number }[];
}

function manifest(place: Place, shelf: Shelf, digest: string): Response {
  const stored = shelf.manifests.get(digest);
  if (!stored) return fault(place, 'not_found', 'Not Found');
  const text = new TextDecoder().decode(stored.bytes);
  const { config, layers }: WireManifest = JSON.parse(text);
  return reply({
    digest,
    is_manifest_list: !config,
    manifest_data: text,
    config_media_type: config?.mediaType ?? null,
    layers_compressed_size: (layers ?? []).reduce((sum, layer) => sum + layer.size, 0),
    layers:
      layers?.map((layer, index) => ({
        index,
        compressed_size: layer.size,
        is_remote: false,
        urls: null,
        command: null,
        comment: null,
        author: null,
        blob_digest: layer.digest,
        created_datetime: null,
      })) ?? null,
  });
}
