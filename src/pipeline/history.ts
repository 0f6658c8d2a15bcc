import type { SeenPipeline, Version } from '#status/pipeline.ts';

/** The versions of a place from which pipelines are read, by whoever read it. */

export interface PlaceVersion extends Version {
  /** Ids of the walkthroughs for which it was seen. */
  seenFor: string[];
  /** The files that name it now. */
  namedBy: NonNullable<SeenPipeline['namedBy']>[];
}

/** Newest first. Walkthroughs that read the same bundle or file have one history; a run is read by one alone. */
export function versionsAt(own: SeenPipeline, all: readonly SeenPipeline[]): PlaceVersion[] {
  const isSame = (one: SeenPipeline) =>
    one.id !== own.id && own.kind !== null && own.kind !== 'run' && one.kind === own.kind && one.place === own.place;
  const sightings = [own, ...all.filter(isSame)].flatMap(sightingsOf);
  const found: PlaceVersion[] = [];
  for (const one of sightings.toSorted((a, b) => a.firstSeenAt.localeCompare(b.firstSeenAt))) {
    const last = found.at(-1);
    // What comes back after another was there has begun anew.
    if (last?.digest === one.digest) found[found.length - 1] = joined(last, one);
    else found.push(one);
  }
  return found.reverse();
}

/** Who names a version is known of the newest only. */
function sightingsOf({ id, versions, digest, namedBy }: SeenPipeline): PlaceVersion[] {
  return versions.map((version, at) => ({
    ...version,
    seenFor: [id],
    namedBy: at === 0 && namedBy && version.digest === digest ? [namedBy] : [],
  }));
}

function joined(one: PlaceVersion, other: PlaceVersion): PlaceVersion {
  const [lastSeenAt = one.lastSeenAt] = [one.lastSeenAt, other.lastSeenAt].sort().reverse();
  return {
    ...one,
    lastSeenAt,
    seenFor: [...new Set([...one.seenFor, ...other.seenFor])],
    namedBy: [...one.namedBy, ...other.namedBy],
  };
}
