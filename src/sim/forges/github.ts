import { instant, offsetMs, seconds } from '#sim/clock.ts';
import type { Place } from '#sim/place.ts';
import { reply, unknown } from '#sim/reply.ts';
import type { Change, Project } from '#world/forges.ts';
import type { World } from '#world/model.ts';
import { bearer, listed, page, type Thing, tagged, thingsOf } from './forge.ts';

/** GitHub's REST API: issues, pull requests, releases, checks. */

const HOUR_MS = 3_600_000;
const WEB = 'https://github.com';
const TOKEN_PER_HOUR = 5_000;

/** Answers requests to it; what is not pretended says so. */
export function github(world: World): (request: Request, place: Place, nowMs: number) => Response {
  const forges = world.forges;
  const originMs = Date.parse(world.now);
  const used = new Map<number, number>();
  return (request, place, nowMs) => {
    if (!forges) return unknown(request);
    const who = bearer(request, forges.token);
    if (who === 'wrong') return reply({ message: 'Bad credentials', status: '401' }, 401);
    const hour = Math.floor(nowMs / HOUR_MS);
    const limit = who === 'right' ? TOKEN_PER_HOUR : forges.anonymousPerHour;
    const count = used.get(hour) ?? 0;
    const left = (number: number) => ({
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, number)),
      'x-ratelimit-reset': String(seconds((hour + 1) * HOUR_MS)),
    });
    if (count >= limit) return reply({ message: 'API rate limit exceeded (sample)' }, 403, left(0));
    const [, name = '', rest = ''] = /^\/repos\/([^/]+\/[^/]+)\/(.+)$/.exec(place.path) ?? [];
    const project = forges.github[name];
    const answer = project ? serve(request, place, project, name, rest, originMs, nowMs) : missing();
    // What has not changed is not counted.
    if (answer.status !== 304) used.set(hour, count + 1);
    for (const [header, value] of Object.entries(left(limit - (used.get(hour) ?? 0))))
      answer.headers.set(header, value);
    return answer;
  };
}

const missing = (): Response => reply({ message: 'Not Found', status: '404' }, 404);

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
  const { number, title, labels, assignees, createdAt, updatedAt, closedAt, mergedAt, change } = thing;
  const html_url = `${WEB}/${name}/${change ? 'pull' : 'issues'}/${number}`;
  return {
    number,
    title,
    html_url,
    state: closedAt ? 'closed' : 'open',
    user: { login: 'sample-user' },
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
