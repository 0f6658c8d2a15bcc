import type { Blob, Stored } from '#sim/bytes.ts';
import type { Referrer, Row, Shelf } from './registry.ts';
import { isAlive } from './tags.ts';

/** What clients have written to the pretend registries, on top of what the world says; kept as long as the simulator. */

type Change =
  | { how: 'put'; row: Row }
  | { how: 'untag'; tag: string; atMs: number }
  | { how: 'remove'; digest: string; atMs: number };

interface Own {
  changes: Change[];
  manifests: Map<string, Stored>;
  blobs: Map<string, Blob>;
  referrers: [of: string, Referrer][];
  /** Manifests that were pushed without a tag: Quay keeps them by hidden tags. */
  untagged: Set<string>;
  over: { below: Shelf; whole: Shelf } | null;
}

interface Pushed {
  isTagged: boolean;
  /** Manifests that it names: it keeps them from now on. */
  children: readonly string[];
  /** What it says that it refers to. */
  refers: [of: string, Referrer] | null;
}

/** Writes of all repositories, by `host/namespace/name`. */
export interface Writes {
  /** The shelf with what was written to it. */
  over: (key: string, below: Shelf) => Shelf;
  /** Start of the newest written tag; null for none. */
  newestMs: (key: string) => number | null;
  addBlob: (key: string, blob: Blob) => void;
  addManifest: (key: string, manifest: Stored, how: Pushed) => void;
  /** Points a tag at what is there already. */
  put: (key: string, row: Pick<Row, 'tag' | 'startMs' | 'digest' | 'isIndex' | 'size' | 'children'>) => void;
  untag: (key: string, tag: string, atMs: number) => void;
  /** Ends every tag of a digest. */
  remove: (key: string, digest: string, atMs: number) => void;
}

export function writes(): Writes {
  const owns = new Map<string, Own>();
  const ownOf = (key: string): Own => {
    const own = owns.get(key) ?? {
      ...{ changes: [], manifests: new Map(), blobs: new Map(), referrers: [], untagged: new Set(), over: null },
    };
    own.over = null;
    owns.set(key, own);
    return own;
  };
  return {
    over(key, below) {
      const own = owns.get(key);
      if (!own) return below;
      if (own.over?.below !== below) own.over = { below, whole: merged(below, own) };
      return own.over.whole;
    },
    newestMs(key) {
      const starts = (owns.get(key)?.changes ?? []).flatMap((one) => (one.how === 'put' ? [one.row.startMs] : []));
      return starts.length > 0 ? Math.max(...starts) : null;
    },
    addBlob: (key, blob) => void ownOf(key).blobs.set(blob.digest, blob),
    addManifest(key, manifest, { refers, isTagged, children }) {
      const own = ownOf(key);
      own.manifests.set(manifest.digest, manifest);
      if (refers) own.referrers.push(refers);
      for (const digest of children) own.untagged.delete(digest);
      if (!isTagged) own.untagged.add(manifest.digest);
    },
    put: (key, row) => void ownOf(key).changes.push({ how: 'put', row: { ...row, endMs: null, expiresMs: null } }),
    untag: (key, tag, atMs) => void ownOf(key).changes.push({ how: 'untag', tag, atMs }),
    remove(key, digest, atMs) {
      const own = ownOf(key);
      own.changes.push({ how: 'remove', digest, atMs });
      own.untagged.delete(digest);
    },
  };
}

function merged(below: Shelf, { changes, manifests, blobs, referrers, untagged }: Own): Shelf {
  const refer = new Map(below.referrers);
  for (const [of, one] of referrers)
    refer.set(of, [...(refer.get(of) ?? []).filter(({ digest }) => digest !== one.digest), one]);
  return {
    ...below,
    rows: changes.reduce(changed, below.rows),
    manifests: new Map([...below.manifests, ...manifests]),
    blobs: new Map([...below.blobs, ...blobs]),
    referrers: refer,
    untagged: new Set([...below.untagged, ...untagged]),
  };
}

function changed(rows: Row[], change: Change): Row[] {
  const atMs = change.how === 'put' ? change.row.startMs : change.atMs;
  const isHit = (row: Row): boolean =>
    change.how === 'remove'
      ? row.digest === change.digest
      : row.tag === (change.how === 'put' ? change.row.tag : change.tag);
  const left = rows.map((row) =>
    row.startMs <= atMs && isAlive(row, atMs) && isHit(row) ? { ...row, endMs: atMs } : row,
  );
  if (change.how !== 'put') return left;
  // What the world pushes to the tag later ends it. The newest stands first: a clock that stands gives all one moment.
  const later = rows.flatMap((row) => (row.tag === change.row.tag && row.startMs > atMs ? [row.startMs] : []));
  return [{ ...change.row, endMs: later.length > 0 ? Math.min(...later) : null }, ...left];
}
