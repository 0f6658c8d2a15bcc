import { EOL_VOICES, type Release } from './model.ts';
import type { TargetsFile } from './targets.ts';
import { endOfDayMs } from './time.ts';

/** Where a Fedora release stands in its life, from Bodhi first and endoflife.date second. */

export interface BodhiRelease {
  name: string;
  version: string;
  branch: string | null;
  state: 'disabled' | 'pending' | 'frozen' | 'current' | 'archived';
  eol: string | null;
}

export interface EndoflifeCycle {
  cycle: string;
  releaseDate: string | null;
  eol: string | null;
}

const DAYS_30_MS = 30 * 86_400_000;

/** The state at a moment of a release whose snapshot is older; only the end date moves it. */
export function lifecycleAt(release: Pick<Release, 'state' | 'eolAt'>, nowMs: number): Release['state'] {
  if (release.state === 'eol') return 'eol';
  if (!release.eolAt) return release.state;
  const end = endOfDayMs(release.eolAt);
  if (nowMs >= end) return 'eol';
  if (release.state !== 'supported' && release.state !== 'eol-soon' && release.state !== 'unknown')
    return release.state;
  return nowMs >= end - DAYS_30_MS ? 'eol-soon' : release.state === 'eol-soon' ? 'supported' : release.state;
}

/** One release as both voices and the targets file describe it; `unknown` when none of them knows it. */
export function describeRelease(
  id: string,
  bodhi: readonly BodhiRelease[],
  endoflife: readonly EndoflifeCycle[],
  file: TargetsFile,
  nowMs: number,
): Release {
  const declared = file.releases?.find((release) => release.id === id);
  const named = bodhi.find((release) => (id === 'rawhide' ? release.branch === 'rawhide' : release.version === id));
  const cycle = endoflife.find((one) => one.cycle === id);
  const ended = declared?.ended ?? null;
  const voices = { bodhi: named?.eol, endoflife: cycle?.eol, targets: ended };
  const eolBy = id === 'rawhide' ? undefined : EOL_VOICES.find((voice) => voices[voice]);
  const eolAt = (eolBy && voices[eolBy]) ?? null;
  const name = declared?.name ?? (/^\d+$/.test(id) ? `Fedora ${id}` : id === 'rawhide' ? 'Rawhide' : id);
  const state = ended && nowMs >= endOfDayMs(ended) ? 'eol' : (declared?.state ?? stateOf(id, named, cycle, nowMs));
  return { id, name, eolAt, ...(eolBy && { eolBy }), state: lifecycleAt({ state, eolAt }, nowMs) };
}

function stateOf(
  id: string,
  bodhi: BodhiRelease | undefined,
  cycle: EndoflifeCycle | undefined,
  nowMs: number,
): Release['state'] {
  if (id === 'rawhide' || bodhi?.branch === 'rawhide') return 'rawhide';
  if (bodhi && bodhi.state !== 'disabled') {
    return ({ pending: 'branched', frozen: 'frozen', current: 'supported', archived: 'eol' } as const)[bodhi.state];
  }
  if (!cycle) return 'unknown';
  return cycle.releaseDate && Date.parse(cycle.releaseDate) > nowMs ? 'branched' : 'supported';
}
