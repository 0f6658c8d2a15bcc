import { z } from 'zod';
import { ARCHES, Arch } from './arch.ts';
import { Provenance, Signature } from './attachment.ts';
import { Blocker } from './blocker.ts';
import { Comparison, Parity } from './change.ts';
import { Compose, Stream } from './compose.ts';
import { ClusterKey } from './key.ts';
import { Lineage } from './lineage.ts';
import { SeenPipeline } from './pipeline.ts';
import { Attempt, Build, Promotion, Tests } from './run.ts';
import { Sbom } from './sbom.ts';
import { Digest, Instant, Slug, Text } from './scalars.ts';
import { STATE_CODES } from './states.ts';
import { DURATION } from './time.ts';
import { Vulnerabilities } from './vulnerability.ts';

/** What outsiders read as /status/v1/snapshot.json; the JSON Schema is generated from here. Fields may be added. */

export { ARCHES, Arch, Attempt };

export const SOURCES = [
  'quay',
  'oci',
  'provenance',
  'sbom',
  'konflux',
  'kubearchive',
  'github',
  'gitlab',
  'bodhi',
  'endoflife',
  'compose',
] as const;
export const LIFECYCLES = ['rawhide', 'branched', 'frozen', 'supported', 'eol-soon', 'eol', 'unknown'] as const;
/** Who may name the last day of a release, the most trusted first; `targets`: the file of what we watch. */
export const EOL_VOICES = ['bodhi', 'endoflife', 'targets'] as const;

const Day = z.iso.date();

export const SourceId = z.enum(SOURCES);
export type SourceId = z.infer<typeof SourceId>;
export const Channel = z.enum(['production', 'development', 'community', 'mirror']);
export type Channel = z.infer<typeof Channel>;
export const Duration = z.string().regex(DURATION, 'write a number and m, h or d, as in 36h');

export const Facets = z.object({
  plan: z.object({
    value: z.enum(['planned', 'exempt', 'retired', 'not-planned']),
    until: Instant.optional(),
    issue: z.url().optional(),
    expired: z.boolean().optional().describe('An exemption whose last day has passed'),
    confirmed: z.boolean().describe('False where it is not confirmed that this is still built'),
  }),
  lifecycle: z.object({ value: z.enum(LIFECYCLES), eolAt: Day.nullable() }),
  publish: z.object({ value: z.enum(['present', 'absent', 'withdrawn', 'unknown']) }),
  complete: z.object({ value: z.enum(['all', 'missing', 'skewed', 'unknown']), arches: z.array(Arch) }),
  fresh: z.object({
    value: z.enum(['fresh', 'aging', 'stale', 'unknown']),
    agingAt: Instant.nullable(),
    staleAt: Instant.nullable(),
  }),
  attempt: z.object({
    value: z.enum(['none', 'running', 'ok', 'failed', 'cancelled']),
    failures: z.int().min(0),
    since: Instant.nullable(),
  }),
  promotion: z.object({
    value: z.enum(['in-sync', 'behind', 'ahead', 'n/a']),
    differenceMs: z.int().nullable(),
  }),
  trust: z.object({
    value: z.enum(['verified', 'present-unverified', 'absent', 'failed', 'not-checked']),
    absent: z.array(Text),
  }),
  confidence: z.object({ value: z.enum(['observed', 'last-known', 'unknown']), why: Text.nullable() }),
});
export type Facets = z.infer<typeof Facets>;

export const Verdict = z.object({
  state: z.enum(STATE_CODES),
  bucket: z.enum(['none', 'no-signal', 'bad', 'attention', 'ok']),
  reason: Text.describe('One sentence with the figures'),
  since: Instant.nullable(),
  sinceIsLowerBound: z.boolean().describe('It may have begun earlier than we can see'),
  nextTransitionAt: Instant.nullable().describe('When the headline changes if nothing new is observed'),
  facets: Facets,
});
export type Verdict = z.infer<typeof Verdict>;

export const OUTCOMES = ['ok', 'unchanged', 'absent', 'hidden', 'denied', 'unreadable', 'failed'] as const;
export const Outcome = z
  .enum(OUTCOMES)
  .describe('hidden: missing or private while its namespace answers; denied: cannot tell whether it exists');
export type Outcome = z.infer<typeof Outcome>;

const Answer = z.object({ at: Instant, outcome: Outcome });
export const Poll = Answer.extend({ by: z.partialRecord(SourceId, Answer) });
export type Poll = z.infer<typeof Poll>;

export const TagMove = z.object({ digest: Digest, from: Instant, to: Instant.nullable() });
export type TagMove = z.infer<typeof TagMove>;

export const ArchImage = z.object({
  arch: Arch,
  digest: Digest.nullable(),
  size: z.int().min(0).nullable().describe("Sum of the compressed layers in the arch's manifest, bytes"),
  createdAt: Instant.nullable().describe("The config's `created`; null when epoch, in the future or absent"),
  verdict: Verdict,
});
export type ArchImage = z.infer<typeof ArchImage>;

export const Counterpart = z.object({ id: z.string(), digest: Digest.nullable(), createdAt: Instant.nullable() });

export const Image = z.object({
  id: z.string().describe('channel/variant/release'),
  channel: Channel,
  variant: Slug,
  release: Slug,
  registry: z.url(),
  repository: z.string(),
  tag: z.string(),
  digest: Digest.nullable().describe('Index digest; null when the tag points at nothing or was never seen'),
  createdAt: Instant.nullable().describe("Newest arch's date, else the tag's start"),
  taggedAt: Instant.nullable().describe('When the tag began to point at this digest'),
  checkedAt: Instant.nullable().describe('Last good poll'),
  version: Text.nullable().describe('The version label as it stands; says nothing about age'),
  composeId: Text.nullable(),
  alsoTagged: z.array(Text).nullable().describe('Other tags that point at the same digest; null when not known'),
  labels: z.record(z.string(), Text),
  platforms: z.array(Text).nullable().describe('What the index lists, os/arch; null when it could not be read'),
  verdict: Verdict,
  arches: z.array(ArchImage),
  signature: Signature.nullable(),
  provenance: Provenance.nullable(),
  sbom: Sbom.nullable(),
  vulnerabilities: Vulnerabilities.nullable(),
  build: Build.nullable(),
  tests: Tests.nullable(),
  promotion: Promotion.nullable(),
  parity: Parity.nullable(),
  lineage: Lineage.nullable().default(null),
  changes: z.array(Comparison).default([]),
  history: z.array(TagMove).describe('What the tag pointed at, newest first'),
  lastSeen: z.object({ digest: Digest, at: Instant }).nullable(),
  lastPoll: Poll.nullable(),
  absentSince: Instant.nullable().describe('First of the polls in a row that found nothing'),
  scannedAt: Instant.nullable().describe('When the list of tags was last read, not only the date of its newest change'),
  repositoryModifiedAt: Instant.nullable(),
  attempts: z.array(Attempt).max(20),
  counterpart: Counterpart.nullable(),
});
export type Image = z.infer<typeof Image>;

export const Problem = z.object({
  source: SourceId,
  target: z.string().nullable(),
  kind: z.string(),
  message: Text,
  action: Text,
  since: Instant,
});
export type Problem = z.infer<typeof Problem>;

export const SourceReport = z.object({
  id: SourceId,
  state: z.enum(['ok', 'partial', 'failed', 'skipped']),
  checkedAt: Instant.nullable(),
  requests: z.int().min(0),
  problems: z.int().min(0),
  bytes: z.int().min(0),
  lastGoodAt: Instant.nullable(),
  lastFailureAt: Instant.nullable(),
});
export type SourceReport = z.infer<typeof SourceReport>;

export const Release = z.object({
  id: Slug,
  name: Text,
  state: z.enum(LIFECYCLES),
  eolAt: Day.nullable().describe('Last day of support'),
  eolBy: z.enum(EOL_VOICES).optional().describe('Which source named that day; left out where none did'),
});
export type Release = z.infer<typeof Release>;

export const Snapshot = z.object({
  schema: z.literal(1),
  generatedAt: Instant.describe('When the sources were asked'),
  judgedAt: Instant.describe('The moment for which the verdicts hold'),
  mode: z.enum(['live', 'kept', 'sample']),
  dataMaxAge: Duration.describe('A poll older than this is not to be trusted'),
  refreshEvery: Duration,
  sources: z.array(SourceReport),
  releases: z.array(Release),
  images: z.array(Image),
  composes: z.array(Compose).default([]),
  streams: z.array(Stream).default([]),
  blockers: z.array(Blocker).default([]),
  pipelines: z.array(SeenPipeline).default([]),
  clusterKey: ClusterKey.nullable().default(null).describe('The public key that the cluster says it signs with'),
  problems: z.array(Problem),
});
export type Snapshot = z.infer<typeof Snapshot>;

/** attempt.json: a refresh in which no source answered. */
export const FailedAttempt = Snapshot.pick({ schema: true, sources: true, problems: true }).extend({ at: Instant });
export type FailedAttempt = z.infer<typeof FailedAttempt>;
