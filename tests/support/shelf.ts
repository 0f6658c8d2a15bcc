import { existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Handler } from '#host/serve.ts';

/** Quay's questions answered from the files of a docker-registry: which repositories, which tags, since when. It scans nothing. */

interface Row {
  name: string;
  manifest_digest: string;
  start_ts: number;
  end_ts?: number;
}

/** A handler of `/api/v1/repository…` over the storage of a registry; what it does not know it answers as Quay does. */
export function shelf(storage: string): Handler {
  const root = join(storage, 'docker/registry/v2/repositories');
  return async ({ url }) => {
    const { pathname, searchParams: query } = new URL(url);
    const name = /^\/api\/v1\/repository\/(.+)\/tag\/$/.exec(pathname)?.[1];
    if (pathname.endsWith('/security')) return Response.json({ status: 'queued', data: null });
    if (pathname === '/api/v1/repository') return Response.json(list(root, query.get('namespace') ?? ''));
    if (!name) return new Response(`${pathname} is not answered here`, { status: 501 });
    if (!existsSync(join(root, name))) return Response.json({ error_type: 'invalid_token' }, { status: 401 });
    return Response.json(page(rowsOf(join(root, name)), query));
  };
}

function list(root: string, namespace: string) {
  const names = existsSync(join(root, namespace)) ? readdirSync(join(root, namespace)) : [];
  const repositories = names.map((name) => {
    const alive = rowsOf(join(root, namespace, name)).filter((row) => row.end_ts === undefined);
    return { namespace, name, last_modified: Math.max(...alive.map((row) => row.start_ts)) };
  });
  return { repositories };
}

/** Every digest that each tag has pointed at, newest first: the registry keeps one file for each, of the time of its push. */
function rowsOf(repository: string): Row[] {
  const tags = join(repository, '_manifests/tags');
  const rows = readdirSync(tags).flatMap((name) => {
    const links = globSync('*/link', { cwd: join(tags, name, 'index/sha256') }).map((link) => {
      const file = join(tags, name, 'index/sha256', link);
      return { digest: readFileSync(file, 'utf8'), start: Math.floor(statSync(file).mtimeMs / 1_000) };
    });
    const newestFirst = links.sort((a, b) => b.start - a.start);
    return newestFirst.map(({ digest, start }, index): Row => {
      const next = newestFirst[index - 1];
      return { name, manifest_digest: digest, start_ts: start, ...(next ? { end_ts: next.start } : {}) };
    });
  });
  return rows.sort((a, b) => b.start_ts - a.start_ts || a.name.localeCompare(b.name));
}

function page(rows: Row[], query: URLSearchParams) {
  const specific = query.get('specificTag');
  const like = query.get('filter_tag_name')?.replace('like:', '') ?? '';
  const isOnlyActive = query.get('onlyActiveTags') === 'true';
  const found = rows.filter(
    (row) =>
      (!specific || row.name === specific) && row.name.includes(like) && !(isOnlyActive && row.end_ts !== undefined),
  );
  const limit = Number(query.get('limit') ?? 50);
  const end = Number(query.get('page') ?? 1) * limit;
  return { tags: found.slice(end - limit, end), page: end / limit, has_additional: found.length > end };
}
