import { instant, offsetMs, seconds } from '#sim/clock.ts';
import type { Place } from '#sim/place.ts';
import { reply, unknown } from '#sim/reply.ts';
import type { Change, Project } from '#world/forges.ts';
import type { World } from '#world/model.ts';
import type { FilesOf } from './files.ts';
import { bearer, listed, page, type Thing, tagged, thingsOf } from './forge.ts';

/** GitHub's REST API: issues, pull requests, releases, checks. */

const HOUR_MS = 3_600_000;
const WEB = 'https://github.com';
const TOKEN_PER_HOUR = 5_000;
const ANONYMOUS_PER_HOUR = 60;

/** Answers requests to it; what is not pretended says so. */
export function github(
  world: World,
  files: FilesOf,
): (request: Request, place: Place, nowMs: number) => Promise<Response> {
  const forges = world.forges;
  const originMs = Date.parse(world.now);
  const used = new Map<number, number>();
  return async (request, place, nowMs) => {
    if (!forges && world.files.length === 0) return unknown(request);
    const who = bearer(request, forges?.token);
    if (who === 'wrong') return reply({ message: 'Bad credentials', status: '401' }, 401);
    const hour = Math.floor(nowMs / HOUR_MS);
    const limit = who === 'right' ? TOKEN_PER_HOUR : (forges?.anonymousPerHour ?? ANONYMOUS_PER_HOUR);
    const count = used.get(hour) ?? 0;
    const left = (number: number) => ({
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, number)),
      'x-ratelimit-reset': String(seconds((hour + 1) * HOUR_MS)),
    });
    if (count >= limit) return reply({ message: 'API rate limit exceeded (sample)' }, 403, left(0));
    const [, name = '', rest = ''] = /^\/repos\/([^/]+\/[^/]+)\/(.+)$/.exec(place.path) ?? [];
    const project = forges?.github[name];
    const stored = files.has(name) ? await storedOf(request, name, rest, place, files, nowMs) : null;
    const answer = stored ?? (project ? serve(request, place, project, name, rest, originMs, nowMs) : missing());
    // What has not changed is not counted.
    if (answer.status !== 304) used.set(hour, count + 1);
    for (const [header, value] of Object.entries(left(limit - (used.get(hour) ?? 0))))
      answer.headers.set(header, value);
    return answer;
  };
}

const missing = (): Response => reply({ message: 'Not Found', status: '404' }, 404);

/** `contents/<path>?ref=` and `commits?path=&sha=`; null for what is no file. */
async function storedOf(
  request: Request,
  project: string,
  rest: string,
  place: Place,
  files: FilesOf,
  nowMs: number,
): Promise<Response | null> {
  const { query } = place;
  if (rest === 'commits') {
    const commits = await files.commits(project, query.get('path'), query.get('sha'), nowMs);
    const rows = commits.map(({ sha, committedAt, author, message }) => {
      const by = { name: author, date: committedAt };
      return {
        sha,
        html_url: `${WEB}/${project}/commit/${sha}`,
        commit: { message, author: by, committer: by },
      };
    });
    return page(rows, place, request);
  }
  const [, path] = /^contents\/(.+)$/.exec(rest) ?? [];
  if (path === undefined) return null;
  const file = await files.file(project, decodeURIComponent(path), query.get('ref'), nowMs);
  if (!file) return missing();
  const { bytes, blob, branch } = file;
  const lines = file.base64.replace(/.{60}/g, '$&\n');
  return tagged(
    {
      ...{ type: 'file', encoding: 'base64', size: bytes.length, name: file.path.split('/').at(-1), path: file.path },
      ...{ content: `${lines}\n`, sha: blob, html_url: `${WEB}/${project}/blob/${branch}/${file.path}` },
    },
    request,
  );
}

function serve(
  request: Request,
  place: Place,
  project: Project,
  name: string,
  rest: string,
  originMs: number,
  nowMs: number,
): Response {
  const things = thingsOf(project, originMs, nowMs);
  const [, kind = rest, number, sha] = /^(?:(issues|pulls)\/(\d+)|commits\/([^/]+)\/check-runs)$/.exec(rest) ?? [];
  if (number) {
    const thing = things.find((one) => one.number === Number(number) && (kind === 'issues' || one.change));
    return thing ? tagged(wireOf(thing, name, kind === 'pulls'), request) : missing();
  }
  if (sha) return tagged(checksOf(project.changes.find((change) => shaOf(change) === sha)), request);
  if (kind === 'issues' || kind === 'pulls') {
    const rows = listed(things, place.query).filter(({ change }) => kind === 'issues' || change);
    return page(
      rows.map((thing) => wireOf(thing, name, kind === 'pulls')),
      place,
      request,
    );
  }
  if (kind !== 'releases') return unknown(request);
  const releases = project.releases
    .map((release) => ({ ...release, ms: originMs + offsetMs(release.at) }))
    .filter(({ ms }) => ms <= nowMs)
    .sort((a, b) => b.ms - a.ms)
    .map(({ tag, name: title = tag, ms }) => ({
      tag_name: tag,
      name: title,
      html_url: `${WEB}/${name}/releases/tag/${encodeURIComponent(tag)}`,
      draft: false,
      prerelease: false,
      created_at: instant(ms),
      published_at: instant(ms),
    }));
  return page(releases, place, request);
}

const shaOf = ({ number, branch }: Change): string => `sample-${number}-${branch.replaceAll('/', '-')}`.slice(0, 60);

function wireOf(thing: Thing, name: string, isPull: boolean) {
  const { number, title, labels, assignees, author, createdAt, updatedAt, closedAt, mergedAt, change } = thing;
  const html_url = `${WEB}/${name}/${change ? 'pull' : 'issues'}/${number}`;
  return {
    number,
    title,
    html_url,
    state: closedAt ? 'closed' : 'open',
    user: { login: author, type: author.endsWith('[bot]') ? 'Bot' : 'User' },
    labels: labels.map((label) => ({ name: label, color: 'ededed' })),
    assignees: assignees.map((login) => ({ login })),
    created_at: createdAt,
    updated_at: updatedAt,
    closed_at: closedAt,
    ...(change && !isPull ? { pull_request: { html_url, merged_at: mergedAt } } : {}),
    ...(change && isPull
      ? { merged_at: mergedAt, draft: false, head: { ref: change.branch, sha: shaOf(change) } }
      : {}),
  };
}

function checksOf(change: Change | undefined) {
  const pipeline = change?.pipeline ?? 'none';
  if (pipeline === 'none') return { total_count: 0, check_runs: [] };
  const conclusions: Readonly<Record<string, string>> = { failed: 'failure', canceled: 'cancelled' };
  const isRunning = pipeline === 'running';
  const run = {
    name: 'sample check',
    status: isRunning ? 'in_progress' : 'completed',
    conclusion: isRunning ? null : (conclusions[pipeline] ?? pipeline),
  };
  return { total_count: 1, check_runs: [run] };
}
