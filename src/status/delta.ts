import type { Package } from './packages.ts';
import { compareEvr } from './rpm.ts';

/** What differs between two lists of packages. Pure, and small enough for a page's script. */

export type Installed = Pick<Package, 'name' | 'evr' | 'arch'>;

/** One package in another version. */
export interface Move {
  name: string;
  arch: string;
  from: string;
  to: string;
}

export interface Delta {
  added: Installed[];
  removed: Installed[];
  upgraded: Move[];
  downgraded: Move[];
}

/** What has to happen to `before` so that it is `after`; each of the four by name, then arch. */
export function deltaOf(before: readonly Installed[], after: readonly Installed[]): Delta {
  const delta: Delta = { added: [], removed: [], upgraded: [], downgraded: [] };
  const [from, to] = [versionsByPackage(before), versionsByPackage(after)];
  for (const key of [...new Set([...from.keys(), ...to.keys()])].sort()) {
    const [name = '', arch = ''] = key.split(SEPARATOR);
    add(delta, { name, arch }, from.get(key) ?? NONE, to.get(key) ?? NONE);
  }
  return delta;
}

const SEPARATOR = '\n';
const NONE: ReadonlySet<string> = new Set();

// The "version" of a key is its fingerprint: another key is not a newer one.
const UNORDERED = new Set(['gpg-pubkey']);

function versionsByPackage(packages: readonly Installed[]): Map<string, Set<string>> {
  const versions = new Map<string, Set<string>>();
  for (const { name, evr, arch } of packages) {
    const key = `${name}${SEPARATOR}${arch}`;
    const known = versions.get(key);
    if (known) known.add(evr);
    else versions.set(key, new Set([evr]));
  }
  return versions;
}

/** Of a package that is installed in several versions at once, those on one side only are paired, newest with newest. */
function add(delta: Delta, one: { name: string; arch: string }, from: ReadonlySet<string>, to: ReadonlySet<string>) {
  const gone = [...from].filter((evr) => !to.has(evr)).sort((a, b) => compareEvr(b, a));
  const come = [...to].filter((evr) => !from.has(evr)).sort((a, b) => compareEvr(b, a));
  const pairs = UNORDERED.has(one.name) ? 0 : Math.min(gone.length, come.length);
  for (const [index, evr] of gone.entries()) {
    const next = index < pairs ? come[index] : undefined;
    if (next === undefined) delta.removed.push({ ...one, evr });
    else move(delta, { ...one, from: evr, to: next });
  }
  delta.added.push(...come.slice(pairs).map((evr) => ({ ...one, evr })));
}

/** Two spellings that RPM holds for the same version are neither an upgrade nor a downgrade. */
function move(delta: Delta, { from, to, ...one }: Move): void {
  const order = compareEvr(from, to);
  if (order < 0) delta.upgraded.push({ ...one, from, to });
  if (order > 0) delta.downgraded.push({ ...one, from, to });
  if (order !== 0) return;
  delta.removed.push({ ...one, evr: from });
  delta.added.push({ ...one, evr: to });
}
