/** The order of RPM's versions: what `rpm` itself calls newer. Pure, and small enough for a page's script. */

/** Epoch, version and release of a package; the release is null where none is written. */
export interface Evr {
  epoch: string;
  version: string;
  release: string | null;
}

/** `[epoch:]version[-release]` in its parts; what is no number before the colon belongs to the version. */
export function parseEvr(text: string): Evr {
  const [, epoch, rest = ''] = /^(?:(\d*):)?(.*)$/s.exec(text) ?? [];
  const dash = rest.lastIndexOf('-');
  const [version, release] = dash < 0 ? [rest, null] : [rest.slice(0, dash), rest.slice(dash + 1)];
  return { epoch: epoch || '0', version, release };
}

/** Below zero where `a` is older than `b`, above where it is newer, 0 where RPM makes no difference. */
export function compareEvr(a: string, b: string): number {
  const [one, other] = [parseEvr(a), parseEvr(b)];
  return (
    compareVersions(one.epoch, other.epoch) ||
    compareVersions(one.version, other.version) ||
    compareReleases(one.release, other.release)
  );
}

function compareReleases(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return compareVersions(a, b);
}

// Everything else only separates: `1.0`, `1_0` and `1..0` are the same version.
const PART = /[0-9]+|[A-Za-z]+|[~^]/g;

/** The order of two versions or two releases, as rpmvercmp gives it: below, above or equal to zero. */
export function compareVersions(a: string, b: string): number {
  if (a === b) return 0;
  const [ones, others] = [a.match(PART) ?? [], b.match(PART) ?? []];
  for (let index = 0; index < Math.max(ones.length, others.length); index += 1) {
    const order = compareParts(ones[index], others[index]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareParts(a: string | undefined, b: string | undefined): number {
  const rank = rankOf(a);
  if (rank !== rankOf(b)) return rank - rankOf(b);
  if (a === undefined || b === undefined) return 0;
  // Digits may be more than a number can hold: the longer one is greater, and equally long ones sort as text.
  const [one, other] = rank === NUMBER ? [a.replace(/^0+/, ''), b.replace(/^0+/, '')] : [a, b];
  if (rank === NUMBER && one.length !== other.length) return one.length - other.length;
  return one < other ? -1 : Number(one > other);
}

const NUMBER = 4;

/** What may follow the same beginning, oldest first: a pre-release, nothing, a snapshot after it, letters, a number. */
function rankOf(part: string | undefined): number {
  if (part === undefined) return 1;
  if (part === '~') return 0;
  if (part === '^') return 2;
  return /^\d/.test(part) ? NUMBER : 3;
}
