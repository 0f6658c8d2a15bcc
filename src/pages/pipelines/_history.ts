import { type Difference, differencesOf } from '#pipeline/difference.ts';
import type { Walkthrough } from '#pipeline/walkthrough.ts';
import type { SeenPipeline } from '#status/pipeline.ts';
import { readVersion } from './_data.ts';

export interface VersionRow {
  digest: string;
  firstSeenAt: string;
  lastSeenAt: string;
  /** Against the version before; null where one of the two is no longer known, or there is none before. */
  differences: Difference[] | null;
  hasBefore: boolean;
}

/** The versions of a pipeline, newest first, each with what changed since the one before. */
export async function versionRows(walk: Walkthrough, { versions }: SeenPipeline): Promise<VersionRow[]> {
  const name = walk.kind === 'pipeline' && walk.reads && 'bundle' in walk.reads ? walk.reads.name : undefined;
  const definitions = await Promise.all(versions.map(({ digest }) => readVersion(digest, name)));
  return versions.map((version, at) => {
    const [now, before] = [definitions[at], definitions[at + 1]];
    return {
      ...version,
      hasBefore: at + 1 < versions.length,
      differences: now && before ? differencesOf(before.definition, now.definition) : null,
    };
  });
}
