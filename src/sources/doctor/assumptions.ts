import type { Walkthrough } from '#pipeline/walkthrough.ts';
import type { Clients } from '#sources/clients.ts';
import type { Ask } from '#sources/http.ts';
import { isAlive, type QuayTag } from '#sources/registry/quay.ts';
import { namespaceOf } from '#sources/registry/repository.ts';
import type { Target, TargetsFile } from '#status/targets.ts';
import { iso } from '#status/time.ts';

/** What the simulator takes for granted about the real services, each with the question that settles it. */

export interface Surgery {
  clients: Clients;
  targets: readonly Target[];
  services?: TargetsFile['services'];
  /** Whose pipelines are read; none when left out. */
  walkthroughs?: readonly Walkthrough[];
  isMultiplexed(origin: string): boolean;
  nowMs: number;
}

/** One target that is expected to exist, and what Quay says of its repository. */
export interface Patient extends Surgery {
  example: Target;
  rows(): Promise<QuayTag[]>;
  listing(namespace: string): Promise<Map<string, number | null>>;
  head(path: string, more?: Partial<Ask>): Promise<{ status: number; headers: Headers }>;
}

interface Finding {
  holds: boolean;
  detail: string;
}

export interface Assumption {
  id: string;
  what: string;
  /** Pages that are wrong where it does not hold. */
  pages: string[];
  ask(patient: Patient): Promise<Finding>;
}

const WEEK_MS = 7 * 86_400_000;
const BOARD = '/status/';
const SOURCES = '/status/sources/';
const API: Omit<Ask, 'source'> = { pace: 'api', maxBytes: 5 << 20 };

const UNNAMED = 'the targets file does not name the service';
const found = (holds: boolean, detail: string): Finding => ({ holds, detail });

export const ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'quay.missing-is-401',
    what: 'A repository that does not exist answers 401, as a private one does',
    pages: [BOARD],
    async ask({ clients, example }) {
      const url = `${example.api}/repository/${namespaceOf(example.repository)}/no-such-repository/tag/?limit=1`;
      const { status } = await clients.http.ask(url, { ...API, source: 'quay' });
      return found(status === 401, `it answered ${status}`);
    },
  },
  {
    id: 'quay.namespace-list',
    what: 'One list names all public repositories of a namespace',
    pages: [BOARD],
    async ask({ example, listing }) {
      const names = await listing(namespaceOf(example.repository));
      return found(
        names.has(example.repository),
        `${names.size} repositories, ${example.repository} ${names.has(example.repository) ? 'among' : 'not among'} them`,
      );
    },
  },
  {
    id: 'quay.last-modified',
    what: 'last_modified of a repository is the start of its newest tag',
    pages: [BOARD, SOURCES],
    async ask({ example, listing, rows, nowMs }) {
      const modified = (await listing(namespaceOf(example.repository))).get(example.repository);
      const newest = Math.max(...(await rows()).filter((row) => isAlive(row, nowMs)).map((row) => row.start_ts));
      return found(modified === newest, `last_modified ${modified}, newest tag ${newest}`);
    },
  },
  {
    id: 'quay.tag-history',
    what: 'The tag list also has tags that were moved or removed',
    pages: ['/status/images/'],
    async ask({ rows, nowMs }) {
      const all = await rows();
      const dead = all.filter((row) => !isAlive(row, nowMs)).length;
      return found(dead > 0, `${dead} of ${all.length} rows are of the past`);
    },
  },
  {
    id: 'quay.sparse-fields',
    what: 'The tag list tells which arches of an index are absent',
    pages: ['/status/images/'],
    async ask({ rows }) {
      const told = (await rows()).some((row) => row.is_sparse !== undefined && row.is_sparse !== null);
      return found(told, told ? 'is_sparse is there' : 'no row has is_sparse; absent arches show when they are read');
    },
  },
  {
    id: 'quay.security',
    what: 'The scanner takes no index, so that every arch is asked for',
    pages: ['/status/images/'],
    async ask({ clients, example }) {
      const digest = await clients.oci(example.registry).resolve(example.repository, example.tag);
      if (!digest) return found(false, `${example.repository}:${example.tag} is not there`);
      const { state } = await clients.scanner(example.repository, digest);
      return found(state === 'unsupported', `the scan of ${digest} is ${state}`);
    },
  },
  {
    id: 'quay.cors',
    what: 'A page of another origin may read the API',
    pages: [],
    async ask({ clients, example }) {
      const headers = { origin: 'https://example.org', 'x-requested-with': 'XMLHttpRequest' };
      const url = `${example.api}/repository/${example.repository}/tag/?limit=1`;
      const answer = await clients.http.ask(url, { ...API, source: 'quay', headers });
      const allowed = answer.headers.get('access-control-allow-origin');
      return found(
        allowed === '*' || allowed === 'https://example.org',
        `Access-Control-Allow-Origin: ${allowed ?? 'absent'}`,
      );
    },
  },
  {
    id: 'oci.anonymous',
    what: 'A public repository is read without a token',
    pages: [BOARD],
    async ask({ example, head }) {
      const { status } = await head(`manifests/${example.tag}`);
      return found(status === 200, `it answered ${status}`);
    },
  },
  {
    id: 'oci.accept',
    what: 'With our Accept list the registry gives the same digest as the tag list',
    pages: [BOARD],
    async ask({ clients, example, rows, nowMs }) {
      const listed = (await rows()).find((row) => row.name === example.tag && isAlive(row, nowMs))?.manifest_digest;
      const given = await clients.oci(example.registry).resolve(example.repository, example.tag);
      return found(listed === given, `tag list ${listed ?? 'nothing'}, registry ${given ?? 'nothing'}`);
    },
  },
  {
    id: 'oci.referrers',
    what: 'The registry lists the referrers of a digest',
    pages: ['/status/images/'],
    async ask({ clients, example, head }) {
      const digest = await clients.oci(example.registry).resolve(example.repository, example.tag);
      const { status } = await head(`referrers/${digest}`, { method: 'GET' });
      return found(status === 200, `it answered ${status}`);
    },
  },
  {
    id: 'oci.http2',
    what: 'The registry speaks HTTP/2',
    pages: [SOURCES],
    async ask({ example, head, isMultiplexed }) {
      await head(`manifests/${example.tag}`);
      const holds = isMultiplexed(new URL(example.registry).origin);
      return found(holds, holds ? 'HTTP/2' : 'HTTP/1.1: a refresh takes longer');
    },
  },
  {
    id: 'bodhi.states',
    what: 'Bodhi names current releases and the branch of rawhide',
    pages: [BOARD, '/status/releases/'],
    async ask({ clients }) {
      const releases = await clients.bodhi();
      const current = releases.filter(({ state }) => state === 'current').map(({ name }) => name);
      const rawhide = releases.find(({ branch }) => branch === 'rawhide')?.name;
      return found(
        current.length > 0 && rawhide !== undefined,
        `current: ${current.join(', ') || 'none'}; rawhide: ${rawhide ?? 'none'}`,
      );
    },
  },
  {
    id: 'bodhi.updates',
    what: 'Bodhi lists the stable security updates of a release that were pushed since a moment',
    pages: ['/status/images/'],
    async ask({ clients, nowMs }) {
      const name = (await clients.bodhi()).find(({ state }) => state === 'current')?.name;
      if (!name) return found(false, 'no release is current');
      const since = iso(nowMs - WEEK_MS);
      const updates = await clients.updates(name, since);
      const strays = updates.filter(({ pushedAt, builds }) => pushedAt === null || pushedAt < since || !builds[0]);
      return found(strays.length === 0, `${updates.length} for ${name} since ${since}, ${strays.length} do not fit`);
    },
  },
  {
    id: 'endoflife.fedora',
    what: 'endoflife.date lists Fedora releases with their ends',
    pages: ['/status/releases/'],
    async ask({ clients }) {
      const cycles = await clients.endoflife();
      const dated = cycles.filter(({ eol }) => eol !== null).length;
      return found(dated > 0, `${dated} of ${cycles.length} releases have an end`);
    },
  },
  {
    id: 'compose.list',
    what: 'A directory of composes lists all of them, also those that failed or are running',
    pages: ['/status/images/'],
    async ask({ clients: { composes } }) {
      if (!composes) return found(true, UNNAMED);
      const ids = await composes.list('rawhide');
      return found(
        ids.length > 0,
        `${ids.length} composes of rawhide, the last by name ${ids.sort().at(-1) ?? 'none'}`,
      );
    },
  },
  {
    id: 'compose.status',
    what: 'STATUS of a compose is one of pungi’s words, and is dated by the moment at which it was written',
    pages: ['/status/images/'],
    async ask({ clients: { composes } }) {
      if (!composes) return found(true, UNNAMED);
      const id = await composes.latest('rawhide', 'latest-Fedora-Rawhide');
      if (!id) return found(false, 'there is no link to the newest compose of rawhide');
      const { state, stateAt } = await composes.status('rawhide', id);
      return found(state !== 'unknown' && stateAt !== null, `${id}: ${state}, since ${stateAt ?? 'no date'}`);
    },
  },
  {
    id: 'streams.release',
    what: 'The metadata of a CoreOS stream names a release by arch, and can be asked for only when it has changed',
    pages: ['/status/images/'],
    async ask({ clients: { streams } }) {
      if (!streams) return found(true, UNNAMED);
      const answer = await streams.read('stable', null);
      const isDated = Boolean(answer?.validators.etag ?? answer?.validators.modified);
      return found(
        isDated && answer?.stream.version !== null,
        `${answer?.stream.version ?? 'no release'}, ${isDated ? 'with' : 'without'} a date or tag`,
      );
    },
  },
  {
    id: 'registry.mirror',
    what: 'The mirror answers the distribution API',
    pages: [BOARD],
    async ask({ clients, targets }) {
      const mirror = targets.find(({ api }) => api === null);
      if (!mirror) return found(true, 'no target is on another registry');
      const digest = await clients.oci(mirror.registry).resolve(mirror.repository, mirror.tag);
      return found(digest !== null, `${mirror.repository}:${mirror.tag} is ${digest ?? 'absent'}`);
    },
  },
  {
    id: 'targets.exist',
    what: 'Every repository of the targets file exists',
    pages: [BOARD, '/handbook/what-we-watch/'],
    async ask({ targets, listing }) {
      const asked = targets.filter(({ api, plan }) => api !== null && plan === 'planned');
      const namespaces = [...new Set(asked.map(({ repository }) => namespaceOf(repository)))];
      const names = new Set((await Promise.all(namespaces.map(listing))).flatMap((list) => [...list.keys()]));
      const absent = unique(asked.filter((one) => one.confirmed && !names.has(one.repository)));
      const settled = unique(asked.filter((one) => one.confirmed));
      const doubted = unique(asked.filter((one) => !one.confirmed && names.has(one.repository))).filter(
        (name) => !settled.includes(name),
      );
      const detail = [
        absent.length > 0 ? `not public or not there: ${absent.join(', ')}` : 'all that are confirmed are there',
        doubted.length > 0 ? `in doubt, but there: ${doubted.join(', ')}` : 'none of those in doubt is there',
      ];
      return found(absent.length === 0, detail.join('; '));
    },
  },
];

const unique = (targets: readonly Target[]) => [...new Set(targets.map(({ repository }) => repository))];
