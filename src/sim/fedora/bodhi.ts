import type { Place } from '#sim/place.ts';
import { reply, unknown } from '#sim/reply.ts';
import type { Release, World } from '#world/model.ts';
import { updates } from './updates.ts';

/** Bodhi's list of releases; as the real one, it also lists containers, flatpaks, EPEL and ELN. */
// assumes: bodhi.states

const DEFAULT_ROWS = 20;
const MAX_ROWS = 100;
const FORMS = [
  ['', '', 'FEDORA', ''],
  ['C', '-container', 'FEDORA-CONTAINER', ' Containers'],
  ['F', '-flatpak', 'FEDORA-FLATPAK', ' Flatpaks'],
] as const;

/** Answers `GET /releases/` and `GET /updates/`. */
export function bodhi(world: World): (request: Request, place: Place, nowMs: number) => Response {
  const all = world.releases.flatMap((release) => (release.bodhi ? wireOf(release, release.bodhi) : []));
  const answerUpdates = updates(world, count, refusal);
  return (request, place, nowMs) => {
    const { path, query } = place;
    if (/^\/updates\/?$/.test(path)) return answerUpdates(place, nowMs);
    if (!/^\/releases\/?$/.test(path)) return unknown(request);
    const rows = count(query.get('rows_per_page'), DEFAULT_ROWS);
    const page = count(query.get('page'), 1);
    if (rows === null || rows > MAX_ROWS)
      return refusal('rows_per_page', `${query.get('rows_per_page')} is greater than maximum value ${MAX_ROWS}`);
    if (page === null) return refusal('page', `"${query.get('page')}" is not a number`);
    const states = query.getAll('state');
    const names = query.getAll('name');
    const found = all.filter(
      ({ state, name }) =>
        (states.length === 0 || states.includes(state)) && (names.length === 0 || names.includes(name)),
    );
    const releases = found.slice((page - 1) * rows, page * rows);
    return reply({ releases, page, pages: Math.ceil(found.length / rows), rows_per_page: rows, total: found.length });
  };
}

function count(text: string | null, otherwise: number): number | null {
  if (text === null) return otherwise;
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
}

function refusal(name: string, description: string): Response {
  return reply({ status: 'error', errors: [{ location: 'querystring', name, description }] }, 400);
}

function wireOf(release: Release, said: NonNullable<Release['bodhi']>) {
  const isFedora = /^F\d+$/.test(release.name);
  return (isFedora ? FORMS : FORMS.slice(0, 1)).map(([letter, suffix, idPrefix, words]) => {
    const tag = `${release.name.toLowerCase()}${suffix}`;
    return {
      name: `${release.name}${letter}`,
      long_name: isFedora ? `Fedora ${release.version}${words}` : `Fedora ${release.name.replace('-', ' ')}`,
      version: release.version,
      id_prefix: release.name.startsWith('EPEL') ? 'FEDORA-EPEL' : idPrefix,
      branch: release.branch ?? release.name.toLowerCase(),
      dist_tag: tag,
      stable_tag: `${tag}-updates`,
      testing_tag: `${tag}-updates-testing`,
      candidate_tag: `${tag}-updates-candidate`,
      pending_signing_tag: `${tag}-signing-pending`,
      pending_testing_tag: `${tag}-updates-testing-pending`,
      pending_stable_tag: `${tag}-updates-pending`,
      override_tag: `${tag}-override`,
      mail_template: 'fedora_errata_template',
      state: said.state,
      composed_by_bodhi: said.state !== 'pending',
      create_automatic_updates: said.state === 'pending',
      package_manager: 'unspecified',
      testing_repository: null,
      released_on: said.released,
      eol: said.eol,
      setting_status: null,
      composes: [],
    };
  });
}
