import type { Walkthrough } from '#pipeline/walkthrough.ts';
import type { Watched } from '#sources/registry/repository.ts';
import type { BlockersFile } from '#status/blockers-file.ts';
import type { Release, Snapshot, SourceId } from '#status/model.ts';
import type { NewcomersFile } from '#status/newcomers-file.ts';
import type { Watch } from '#status/parse.ts';
import { iso } from '#status/time.ts';
import type { Clients } from './clients.ts';
import type { Placing } from './packages/sbom-place.ts';
import type { Records, Shelf } from './records.ts';
import type { Report } from './report.ts';
import type { Scans } from './security/scans.ts';

/** What every step of a refresh is handed once the tags are polled. */
export interface Context {
  watch: Watch;
  /** What people wrote down about upstream; null: the forges are not asked. */
  blockers: BlockersFile | null;
  /** Where newcomers find something to do; null: it is not asked for. */
  newcomers: NewcomersFile | null;
  /** Whose pipelines are read. */
  walkthroughs: readonly Walkthrough[];
  previous: Snapshot | null;
  clients: Clients;
  records: Records;
  /** YAML of pipelines and tasks from upstream, as `<hex of its digest>.yaml`: kept on this machine, published nowhere. */
  upstream: Shelf;
  report: Report;
  only: ReadonlySet<SourceId>;
  nowMs: number;
  /** What is known of the watched releases; until they were asked, what was known before. */
  releases: readonly Release[];
  /** Questions by target that are asked as soon as an image is read, so that they do not wait for the others. */
  begun: {
    scans: Promise<ReadonlyMap<string, Scans>>;
    /** Where its SBOMs lie. */
    places: ReadonlyMap<string, Promise<Placing | null>>;
  };
  /** Bytes of layers that may be read to find packages that no SBOM tells; 0: none. */
  scanBytes: number;
  /** Whether this refresh has looked at the image's tag and found a digest, or asks nothing else than this source. */
  isDue(one: Watched, source: SourceId): boolean;
}

/** One step over all images: the same images, in the same order, with more evidence. */
export type Pass = (context: Context, images: readonly Watched[]) => Promise<readonly Watched[]>;

/** Whether a source is to be asked of an image: of one that was seen in this refresh; where nothing else is asked, of every one. */
export function isDue(only: ReadonlySet<SourceId>, nowMs: number): Context['isDue'] {
  const now = iso(nowMs);
  const isAlone = !only.has('quay') && !only.has('oci');
  return ({ evidence: { lastPoll, digest } }, source) => {
    const isSeen = lastPoll?.at === now && (lastPoll.outcome === 'ok' || lastPoll.outcome === 'unchanged');
    return only.has(source) && digest !== null && (isSeen || isAlone);
  };
}
