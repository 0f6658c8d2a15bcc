import type { VersionRow } from '#components/pipeline/versions.ts';
import { link } from '#components/status/link.ts';
import { differencesOf } from '#pipeline/difference.ts';
import { versionsAt } from '#pipeline/history.ts';
import { namedFact, unlinked } from '#pipeline/text/walk.ts';
import type { Walkthrough } from '#pipeline/walkthrough.ts';
import type { Snapshot } from '#status/model.ts';
import type { SeenPipeline } from '#status/pipeline.ts';
import type { Fact } from '#status/text/provenance.ts';
import { readStatus } from '../status/_data.ts';
import { readVersion } from './_data.ts';

/** The versions of what a pipeline is read from, newest first, each with what changed since the one before. */
export async function versionRows(walk: Walkthrough, seen: SeenPipeline): Promise<VersionRow[]> {
  const { snapshot, walkthroughs } = await readStatus();
  const versions = versionsAt(seen, snapshot.pipelines);
  const name = walk.kind === 'pipeline' && walk.reads && 'bundle' in walk.reads ? walk.reads.name : undefined;
  const definitions = await Promise.all(versions.map(({ digest }) => readVersion(digest, name)));
  return versions.map((version, at) => {
    const [now, before] = [definitions[at], definitions[at + 1]];
    return {
      ...version,
      seenFor: version.seenFor.map((id) => placeOf(id, walkthroughs)),
      namedBy: factsOf(version.namedBy, snapshot),
      hasBefore: at + 1 < versions.length,
      differences: now && before ? differencesOf(before.definition, now.definition) : null,
    };
  });
}

function placeOf(id: string, walkthroughs: readonly Walkthrough[]) {
  const title = walkthroughs.find((walk) => walk.id === id)?.title ?? id;
  return { text: title, href: link(`pipelines/${id}/`) };
}

function factsOf(files: readonly NonNullable<SeenPipeline['namedBy']>[], { mode }: Snapshot): Fact[] {
  const facts = files.map(namedFact);
  return mode === 'sample' ? unlinked(facts) : facts;
}
