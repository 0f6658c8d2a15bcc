import { instant, offsetMs } from '#sim/clock.ts';
import type { Place } from '#sim/place.ts';
import { reply } from '#sim/reply.ts';
import type { Advisory } from '#world/advisory.ts';
import type { World } from '#world/model.ts';

/** Bodhi's list of updates, newest first, each with all its comments. */
// assumes: bodhi.updates

const DEFAULT_ROWS = 20;
const MAX_ROWS = 100;
const TESTING_MS = 3 * 86_400_000;
const FILTERS = new Set(['releases', 'type', 'status', 'severity', 'pushed_since', 'rows_per_page', 'page']);

type Refusal = (name: string, description: string) => Response;
type Count = (text: string | null, otherwise: number) => number | null;

/** Answers `GET /updates/`; what it does not pretend to filter by, it refuses. */
export function updates(world: World, count: Count, refusal: Refusal): (place: Place, nowMs: number) => Response {
  const originMs = Date.parse(world.now);
  const known = new Set(world.releases.map(({ name }) => name));
  const all = world.advisories
    .map((advisory) => ({ advisory, pushedMs: originMs + offsetMs(advisory.pushed) }))
    .sort((a, b) => b.pushedMs - a.pushedMs);
  return (place, nowMs) => {
    const { query } = place;
    const strange = [...query.keys()].find((name) => !FILTERS.has(name));
    if (strange) return refusal(strange, 'The simulator does not know this parameter. See src/sim/fedora/updates.ts.');
    const rows = count(query.get('rows_per_page'), DEFAULT_ROWS);
    const page = count(query.get('page'), 1);
    if (rows === null || rows > MAX_ROWS) return refusal('rows_per_page', `at most ${MAX_ROWS}`);
    if (page === null) return refusal('page', `"${query.get('page')}" is not a number`);
    const releases = valuesOf(query, 'releases').map((name) => name.toUpperCase());
    const invalid = releases.filter((name) => !known.has(name));
    if (invalid.length > 0) return refusal('releases', `Invalid releases specified: ${invalid.join(', ')}`);
    const sinceMs = Date.parse(query.get('pushed_since') ?? '1970-01-01T00:00:00Z');
    if (Number.isNaN(sinceMs)) return refusal('pushed_since', 'Invalid date');
    const found = all.filter(
      ({ advisory, pushedMs }) =>
        nowMs >= pushedMs - TESTING_MS &&
        fits(releases, advisory.release.toUpperCase()) &&
        fits(valuesOf(query, 'type'), advisory.type) &&
        fits(valuesOf(query, 'status'), nowMs >= pushedMs ? 'stable' : 'testing') &&
        fits(valuesOf(query, 'severity'), advisory.severity) &&
        (sinceMs === 0 || (nowMs >= pushedMs && pushedMs >= sinceMs)),
    );
    const shown = found.slice((page - 1) * rows, page * rows);
    return reply({
      updates: shown.map(({ advisory, pushedMs }) => wireOf(advisory, pushedMs, nowMs, place)),
      page,
      pages: Math.ceil(found.length / rows),
      rows_per_page: rows,
      total: found.length,
      chrome: true,
      display_user: true,
    });
  };
}

/** Given more than once, or with commas. */
const valuesOf = (query: URLSearchParams, name: string): string[] =>
  query.getAll(name).flatMap((text) => text.split(','));
const fits = (wanted: readonly string[], is: string): boolean => wanted.length === 0 || wanted.includes(is);

function wireOf(advisory: Advisory, pushedMs: number, nowMs: number, { base }: Place) {
  const isStable = nowMs >= pushedMs;
  const builds = advisory.builds.map((text) => {
    const [, name, epoch, rest] = /^(.+)-(?:(\d+):)?([^-]+-[^-]+)$/.exec(text) ?? [];
    return { nvr: `${name}-${rest}`, signed: true, release_id: 1, type: 'rpm', epoch: Number(epoch ?? 0) };
  });
  return {
    alias: advisory.id,
    updateid: advisory.id,
    title: builds.map(({ nvr }) => nvr).join(' '),
    display_name: '',
    notes: 'Sample update.',
    type: advisory.type,
    status: isStable ? 'stable' : 'testing',
    request: null,
    severity: advisory.severity,
    suggest: 'unspecified',
    date_submitted: wireTime(pushedMs - TESTING_MS),
    date_modified: null,
    date_testing: wireTime(pushedMs - TESTING_MS),
    date_stable: isStable ? wireTime(pushedMs) : null,
    date_pushed: wireTime(isStable ? pushedMs : pushedMs - TESTING_MS),
    url: `${base}/updates/${advisory.id}`,
    release: { name: advisory.release, version: advisory.release.replace(/^F/, ''), id_prefix: 'FEDORA' },
    builds,
    bugs: [],
    comments: Array.from({ length: advisory.comments }, (_, id) => ({
      id,
      karma: 0,
      text: 'This sample update has been pushed to stable.',
      timestamp: wireTime(pushedMs),
      user: { name: 'bodhi', avatar: '', openid: '' },
    })),
    content_type: 'rpm',
  };
}

/** UTC without saying so, as Bodhi writes it. */
const wireTime = (ms: number): string =>
  instant(ms)
    .replace('T', ' ')
    .replace(/(\.\d+)?Z$/, '');
