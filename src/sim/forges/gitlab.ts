import { instant, offsetMs } from '#sim/clock.ts';
import type { Place } from '#sim/place.ts';
import { reply, unknown } from '#sim/reply.ts';
import type { Change, Project } from '#world/forges.ts';
import type { World } from '#world/model.ts';
import type { FilesOf, StoredFile } from './files.ts';
import { bearer, listed, page, type Thing, tagged, thingsOf } from './forge.ts';
import { type gitlabChanges, shownOf } from './gitlab-changes.ts';
import type { MergeRequest, MergeRequests } from './merge-requests.ts';
import { type DigestAt, reportsOf } from './test-report.ts';

/** GitLab's REST API: issues, merge requests with their pipelines, releases, test reports. */

const WEB = 'https://gitlab.com';
/** The token of a world that names none. */
const TOKEN = 'sample-token';
const NOTHING: Project = { issues: [], changes: [], releases: [], reports: [] };

/** What was made here since the world began. */
interface Made {
  requests: MergeRequests;
  answer: ReturnType<typeof gitlabChanges>;
}

/** Answers requests to it; what is not pretended says so. */
export function gitlab(
  world: World,
  digestAt: DigestAt,
  files: FilesOf,
  { requests, answer }: Made,
): (request: Request, place: Place, nowMs: number) => Promise<Response> {
  const forges = world.forges;
  const originMs = Date.parse(world.now);
  return async (request, place, nowMs) => {
    const who = bearer(request, forges?.token ?? TOKEN);
    if (who === 'wrong') return reply({ message: '401 Unauthorized' }, 401);
    const [, id = '', rest = ''] = /^(?:\/api\/v4)?\/projects\/([^/]+)\/(.+)$/.exec(place.path) ?? [];
    const name = decodeURIComponent(id);
    const changed = await answer({ request, place, project: name, rest, nowMs, isKnown: who === 'right' });
    if (changed) return changed;
    if (!['GET', 'HEAD'].includes(request.method)) return unknown(request);
    const repository = /^repository\/(.+)$/.exec(rest)?.[1];
    if (repository && files.has(name)) return stored(request, name, repository, place, files, nowMs);
    const project = forges?.gitlab[name] ?? (files.has(name) ? NOTHING : null);
    if (!forges && !project) return unknown(request);
    if (!project) return reply({ message: '404 Project Not Found' }, 404);
    const [, kind = rest, number] = /^(issues|merge_requests)\/(\d+)$/.exec(rest) ?? [];
    if (kind !== 'issues' && kind !== 'merge_requests')
      return kind === 'releases' ? page(releasesOf(project, originMs, nowMs), place, request) : unknown(request);
    const things = thingsOf(project, originMs, nowMs).filter(({ change }) => (kind === 'issues') === (change === null));
    if (number) {
      const thing = things.find((one) => one.number === Number(number));
      return thing
        ? tagged({ ...wireOf(thing, name), ...pipelineOf(thing.change) }, request)
        : reply({ message: '404 Not found' }, 404);
    }
    const reports = kind === 'issues' ? await reportsOf(project.reports, originMs, nowMs, digestAt) : [];
    const rows = listed([...things, ...reports], place.query);
    const own = kind === 'merge_requests' ? requests.of(name).filter(isAsked(place.query)) : [];
    const bodies = new Map(reports.map((report) => [report.number, report.body]));
    return page(
      [
        ...own.map(shownOf),
        ...rows.map((thing) => ({ ...wireOf(thing, name), description: bodies.get(thing.number) ?? 'Sample' })),
      ],
      place,
      request,
    );
  };
}

/** Whether a list asks for a merge request that was made here. */
const isAsked =
  (query: URLSearchParams) =>
  ({ state, source, target }: MergeRequest): boolean =>
    Object.entries({ state, source_branch: source, target_branch: target }).every(([name, value]) =>
      [null, 'all', value].includes(query.get(name)),
    );

/** `files/<path>?ref=` and `commits/<sha>`. */
async function stored(
  request: Request,
  project: string,
  rest: string,
  { query }: Place,
  files: FilesOf,
  nowMs: number,
): Promise<Response> {
  const [, path, sha] = /^(?:files\/([^/]+)|commits\/([0-9a-f]{40}))$/.exec(rest) ?? [];
  if (path) {
    const file = await files.file(project, decodeURIComponent(path), query.get('ref'), nowMs);
    return file ? tagged(fileOf(file), request) : reply({ message: '404 File Not Found' }, 404);
  }
  if (!sha) return unknown(request);
  const commit = await files.commit(project, sha, nowMs);
  if (!commit) return reply({ message: '404 Commit Not Found' }, 404);
  const { committedAt, title } = commit;
  return tagged({ id: sha, short_id: sha.slice(0, 8), title, committed_date: committedAt }, request);
}

function fileOf({ path, branch, bytes, base64, sha256, blob, commit: { sha } }: StoredFile) {
  return {
    file_name: path.split('/').at(-1),
    file_path: path,
    size: bytes.length,
    encoding: 'base64',
    content: base64,
    content_sha256: sha256,
    ref: branch,
    ...{ blob_id: blob, commit_id: sha, last_commit_id: sha, execute_filemode: false },
  };
}

function wireOf(thing: Thing, name: string) {
  const { number, title, labels, assignees, author, createdAt, updatedAt, closedAt, mergedAt, change } = thing;
  return {
    iid: number,
    title,
    state: mergedAt ? 'merged' : closedAt ? 'closed' : 'opened',
    labels,
    assignees: assignees.map((username) => ({ username })),
    author: { username: author },
    created_at: createdAt,
    updated_at: updatedAt,
    closed_at: mergedAt ? null : closedAt,
    web_url: `${WEB}/${name}/-/${change ? 'merge_requests' : 'issues'}/${number}`,
    ...(change ? { merged_at: mergedAt, source_branch: change.branch, sha: `sample-${number}`, draft: false } : {}),
  };
}

/** Only a single merge request tells of its pipeline. */
function pipelineOf(change: Change | null) {
  if (!change) return {};
  return { head_pipeline: change.pipeline === 'none' ? null : { id: change.number, status: change.pipeline } };
}

function releasesOf({ releases }: Project, originMs: number, nowMs: number) {
  return releases
    .map((release) => ({ ...release, ms: originMs + offsetMs(release.at) }))
    .filter(({ ms }) => ms <= nowMs)
    .sort((a, b) => b.ms - a.ms)
    .map(({ tag, name = tag, ms }) => ({
      tag_name: tag,
      name,
      created_at: instant(ms),
      released_at: instant(ms),
      upcoming_release: false,
    }));
}
