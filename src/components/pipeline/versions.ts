import type { Difference } from '#pipeline/difference.ts';
import type { Fact } from '#status/text/provenance.ts';

/** One version of a pipeline, as a row of its history. */
export interface VersionRow {
  digest: string;
  firstSeenAt: string;
  lastSeenAt: string;
  /** Walkthroughs that are read from the same place. */
  seenFor: { text: string; href: string }[];
  /** The files that name it now. */
  namedBy: Fact[];
  /** Against the version before; null where one of the two is no longer known, or there is none before. */
  differences: Difference[] | null;
  hasBefore: boolean;
}
