import type { Arch } from '#status/model.ts';
import type { World } from '#world/model.ts';

/** The RPMs of a world's named sets. */

export interface Rpm {
  name: string;
  epoch: string | null;
  version: string;
  release: string;
  arch: string;
  /** name-version-release of its source package. */
  source: string;
}

type Sets = World['packages'];
type Change = Pick<Sets[string], 'set' | 'drop'>;

const NEVR = /^(\S+)-(?:(\d+):)?([^-\s]+)-([^-\s]+?)(\.noarch)?(?: from (\S+))?$/;

/** What an image of this arch holds: the sets in their order, the later on top. */
export function rpmsOf(sets: Sets, names: readonly string[], arch: Arch): Rpm[] {
  const all = names.reduce<Rpm[]>((held, name) => {
    const set = sets[name];
    if (!set) throw new Error(`No set of packages is called "${name}". Name one of "packages:".`);
    return stacked(sets, name).reduce((below, { on, ...change }) => {
      const own = on[arch];
      const common = changed(below, change, arch);
      return own ? changed(common, own, arch) : common;
    }, held);
  }, []);
  return all.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** A set after those that it rests on. */
function stacked(sets: Sets, name: string): Sets[string][] {
  const set = sets[name];
  if (!set) return [];
  return set.from === null ? [set] : [...stacked(sets, set.from), set];
}

function changed(held: readonly Rpm[], { set, drop }: Change, arch: Arch): Rpm[] {
  const added = set.map((text) => rpmOf(text, arch));
  const gone = new Set([...drop, ...added.map(({ name }) => name)]);
  return [...held.filter(({ name }) => !gone.has(name)), ...added];
}

function rpmOf(text: string, arch: Arch): Rpm {
  const [, name = '', epoch = null, version = '', release = '', noarch, from = name] = NEVR.exec(text) ?? [];
  return {
    ...{ name, epoch, version, release },
    arch: noarch ? 'noarch' : arch,
    source: `${from}-${version}-${release}`,
  };
}
