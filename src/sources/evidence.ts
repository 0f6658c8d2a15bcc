import { z } from 'zod';
import type { Watched } from '#sources/registry/repository.ts';
import type { Evidence } from '#status/facets.ts';
import { ArchImage, Image, type Snapshot, type SourceId } from '#status/model.ts';
import type { Target } from '#status/targets.ts';
import type { SourceError } from './error.ts';
import type { Report } from './report.ts';

/** What a target's image is before anything was seen, and how a poll is written into it. */

/** The evidence of a target that was never polled. */
export function blank(target: Target): Evidence {
  return {
    ...identity(target),
    digest: null,
    createdAt: null,
    taggedAt: null,
    checkedAt: null,
    version: null,
    composeId: null,
    alsoTagged: null,
    labels: {},
    platforms: null,
    arches: target.arches.map((arch) => ({ arch, digest: null, size: null, createdAt: null })),
    signature: null,
    provenance: null,
    sbom: null,
    vulnerabilities: null,
    build: null,
    tests: null,
    promotion: null,
    parity: null,
    lineage: null,
    changes: [],
    history: [],
    lastSeen: null,
    lastPoll: null,
    absentSince: null,
    scannedAt: null,
    repositoryModifiedAt: null,
    attempts: [],
    counterpart: null,
  };
}

/** What is known of a target, in the shape that the targets file asks for today; it stays with the registry that told it. */
export function known(target: Target, image: Image | undefined): Evidence {
  if (!image || image.repository !== target.repository || image.tag !== target.tag) return blank(target);
  const { verdict: _, ...rest } = image;
  const arches = target.arches.map((arch) => {
    const { digest = null, size = null, createdAt = null } = image.arches.find((one) => one.arch === arch) ?? {};
    return { arch, digest, size, createdAt };
  });
  // An arch that was added to the target has not been looked for in this index.
  const isComplete = target.arches.every((arch) => image.arches.some((one) => one.arch === arch));
  return {
    ...rest,
    ...identity(target),
    registry: image.registry,
    arches,
    platforms: isComplete ? image.platforms : null,
  };
}

function identity({ id, channel, variant, release, registry, repository, tag }: Target) {
  return { id, channel, variant, release, registry, repository, tag };
}

/** The evidence after a poll by this source that ended with `outcome`. */
export function polled(evidence: Evidence, source: SourceId, outcome: Outcome, at: string): Evidence {
  const isGood = outcome === 'ok' || outcome === 'unchanged' || outcome === 'absent' || outcome === 'hidden';
  const isGone = outcome === 'absent' || outcome === 'hidden';
  return {
    ...evidence,
    lastPoll: { at, outcome, by: { ...evidence.lastPoll?.by, [source]: { at, outcome } } },
    checkedAt: isGood ? at : evidence.checkedAt,
    absentSince: isGone ? (evidence.absentSince ?? at) : isGood ? null : evidence.absentSince,
    ...(isGone
      ? { ...gone, arches: evidence.arches.map(({ arch }) => ({ arch, digest: null, size: null, createdAt: null })) }
      : {}),
  };
}

type Outcome = NonNullable<Image['lastPoll']>['outcome'];

/** What a tag that points at nothing cannot have. */
const gone = {
  digest: null,
  createdAt: null,
  taggedAt: null,
  platforms: null,
  alsoTagged: null,
  labels: {},
  version: null,
  composeId: null,
  signature: null,
  provenance: null,
  sbom: null,
  vulnerabilities: null,
  lineage: null,
  changes: [],
};

/** How a poll ended that this error broke off. */
export function outcomeOf({ kind }: SourceError): Outcome {
  if (kind === 'denied') return 'denied';
  const isUnreadable = ['unreadable', 'too-large', 'endless', 'redirect', 'digest', 'unexpected'].includes(kind);
  return isUnreadable ? 'unreadable' : 'failed';
}

const Shape = Image.omit({ verdict: true }).extend({ arches: z.array(ArchImage.omit({ verdict: true })) });

/** Evidence that the next refresh could not read back is not written: what was known before stays, and the fault is told. */
export function sound(watched: readonly Watched[], previous: Snapshot | null, report: Report): Watched[] {
  return watched.map((one) => {
    const issue = Shape.safeParse(one.evidence).error?.issues[0];
    if (!issue) return one;
    report.problem('oci', one.target.id, 'fault', `${issue.path.join('.')}: ${issue.message}`);
    const before = previous?.images.find(({ id }) => id === one.target.id);
    return { ...one, evidence: known(one.target, before) };
  });
}
