import { SourceError } from '#sources/error.ts';
import { type Entry, rooted, type Visit, type Wish } from './layer.ts';

/** Finds RPM's database in layers that are looked through newest first, through links, and past what hides it. */

/** Where Fedora keeps it; rpm-ostree's images in the second place, older ones in the third. */
const PLACES = ['usr/lib/sysimage/rpm', 'usr/share/rpm', 'var/lib/rpm'];
const FILES = { 'rpmdb.sqlite': 'sqlite', 'rpmdb.sqlite-wal': 'log', 'Packages.db': 'ndb', Packages: 'bdb' } as const;
const DATABASE_BYTES = 256 * 2 ** 20;
const HELD = 8;
const LINKS = 100;
const SQLITE = new TextEncoder().encode('SQLite format 3\0');
const HIDES = '.wh.';
const HIDES_ALL = '.wh..wh..opq';

/** What a path would hold, and which place it stands for. */
interface Want {
  format: (typeof FILES)[keyof typeof FILES];
  place: number;
}

/** One layer being looked through. */
export interface Look {
  visit: Visit;
  /** After the last file: the databases in it, by the order of their places. */
  finish(): { databases: Uint8Array[]; isAgain: boolean };
}

export interface Search {
  /** Begins the next layer; `isAgain` when it is the same once more, for what a link in it led to. */
  look(isAgain?: boolean): Look;
  /** Formats of databases that were seen and cannot be read. */
  strange(): string[];
}

/** A search that has seen nothing yet. A database that was not closed, or is larger than the limit, is a SourceError. */
export function databaseSearch(): Search {
  const wanted = new Map<string, Want>(
    PLACES.flatMap((path, place) =>
      Object.entries(FILES).map(([name, format]): [string, Want] => [`${path}/${name}`, { format, place }]),
    ),
  );
  const strange = new Set<string>();
  const logs = new Set<number>();
  const beginning = [...wanted.keys()];

  function follow(want: Want, path: string): void {
    if (wanted.has(path) || want.format === 'log') return;
    if (wanted.size > LINKS) throw new SourceError('sbom', 'unreadable', 'links to the RPM database lead on and on');
    wanted.set(path, want);
  }

  function look(isAgain = false): Look {
    /** What no lower layer can give any more. */
    const gone = new Set<string>();
    const shelf = shelfOf(isAgain);
    const visit = (entry: Entry): Wish | null => {
      const hides = hidden(entry.path);
      let isWanted = false;
      // Over a copy: a link adds where it leads to.
      for (const [path, want] of [...wanted]) {
        if (hides ? hides(path) : replaces(entry, path)) gone.add(path);
        else continue;
        if (hides) continue;
        if (entry.path === path && entry.kind === 'file') isWanted = note(want, entry) || isWanted;
        else if (entry.kind === 'symlink') follow(want, leadsTo(entry) + path.slice(entry.path.length));
        else if (entry.path === path && entry.kind === 'link') follow(want, rooted(entry.target));
      }
      return hides ? null : shelf.wish(entry, isWanted);
    };
    return { visit, finish: () => finish(gone, shelf) };
  }

  /** Whether the file itself is to be read. */
  function note({ format, place }: Want, { size, path }: Entry): boolean {
    if (size === 0) return false;
    if (format === 'log') logs.add(place);
    else if (format !== 'sqlite') strange.add(format);
    else if (size > DATABASE_BYTES) throw tooLarge(`${path} has`, size);
    return format === 'sqlite';
  }

  function finish(gone: ReadonlySet<string>, shelf: Shelf): ReturnType<Look['finish']> {
    const found = [...wanted].filter(([path, { format }]) => format === 'sqlite' && shelf.files.has(path));
    found.sort(([, a], [, b]) => a.place - b.place);
    const [first] = found;
    if (first && logs.has(first[1].place))
      throw new SourceError('sbom', 'unreadable', `${first[0]} was not closed: its log holds what it does not`);
    const isLed = [...wanted.keys()].some((path) => !beginning.includes(path) && !gone.has(path));
    if (found.length === 0 && isLed && shelf.isFull()) return { databases: [], isAgain: true };
    for (const path of gone) wanted.delete(path);
    return { databases: found.flatMap(([path]) => shelf.files.get(path) ?? []), isAgain: false };
  }

  return { look, strange: () => [...strange] };
}

interface Shelf {
  files: ReadonlyMap<string, Uint8Array>;
  wish(entry: Entry, isWanted: boolean): Wish | null;
  isFull(): boolean;
}

/** Holds what is wanted, and files that might be: a link to one of them may come after it. */
function shelfOf(isStrict: boolean): Shelf {
  const files = new Map<string, Uint8Array>();
  let room = DATABASE_BYTES;
  /** Of its own: what only might be wanted does not use it up. */
  let wantedRoom = DATABASE_BYTES;
  let isFull = false;
  const wish = ({ path, kind, size }: Entry, isWanted: boolean): Wish | null => {
    const isLikely = kind === 'file' && size > 0 && size % 512 === 0;
    if (!isWanted && (isStrict || !isLikely)) return null;
    const take = (bytes: Uint8Array) => {
      if (!isWanted) room -= bytes.length;
      files.set(path, bytes);
    };
    if (isWanted) {
      wantedRoom -= size;
      if (wantedRoom < 0) throw tooLarge('its RPM databases have', DATABASE_BYTES - wantedRoom);
      return { take };
    }
    const isTaken = () => {
      const hasRoom = size <= room && files.size < HELD;
      isFull ||= !hasRoom;
      return hasRoom;
    };
    return { start: SQLITE, isTaken, take };
  };
  return { files, wish, isFull: () => isFull };
}

function tooLarge(what: string, size: number): SourceError {
  return new SourceError('sbom', 'too-large', `${what} ${size} bytes, over ${DATABASE_BYTES}`);
}

/** What a whiteout hides in the layers below; null where the path is none. */
function hidden(path: string): ((other: string) => boolean) | null {
  const slash = path.lastIndexOf('/') + 1;
  const name = path.slice(slash);
  if (!name.startsWith(HIDES)) return null;
  if (name === HIDES_ALL) return (other) => other.startsWith(path.slice(0, slash));
  const what = path.slice(0, slash) + name.slice(HIDES.length);
  return (other) => other === what || other.startsWith(`${what}/`);
}

/** Whether the layers below can no longer give a path: it is here, or what was a folder on its way is here as something else. */
function replaces({ path, kind }: Entry, other: string): boolean {
  return path === other || (kind !== 'directory' && other.startsWith(`${path}/`));
}

/** Where a symbolic link leads to, from the root. */
function leadsTo({ path, target }: Entry): string {
  const steps = target.startsWith('/') ? [] : path.split('/').slice(0, -1);
  for (const step of rooted(target).split('/')) {
    if (step === '..') steps.pop();
    else steps.push(step);
  }
  return steps.join('/');
}
