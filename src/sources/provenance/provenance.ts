import { isRecentLook } from '#sources/again.ts';
import type { Records } from '#sources/records.ts';
import type { Kind, Spot } from '#sources/registry/beside.ts';
import type { Oci, Referrer } from '#sources/registry/oci.ts';
import type { Watched } from '#sources/registry/repository.ts';
import type { Report } from '#sources/report.ts';
import { Provenance, Signature } from '#status/attachment.ts';
import type { Evidence } from '#status/facets.ts';
import { PROBLEMS } from '#status/problems.ts';
import { iso } from '#status/time.ts';
import type { Verifier } from './key.ts';
import { recordingOf } from './recording.ts';
import { type Search, searched } from './search.ts';
import type { StatedRun } from './stated.ts';

/** Signature and provenance of an image: looked for, read, and held against its digest and the keys of its target. */

export interface Attester {
  oci: Oci;
  report: Report;
  /** Verifiers by the ids of the targets file. */
  keys: ReadonlyMap<string, Verifier>;
  /** Further ones, for this image. */
  more?: readonly Verifier[];
  records: Pick<Records, 'recording' | 'keepRecording'>;
}

/** The evidence with what its signature and provenance say; asks nothing where both are settled. `before` is the last refresh's. */
export async function attest(attester: Attester, { target, evidence }: Watched, before: Evidence): Promise<Evidence> {
  const { digest } = evidence;
  if (!digest) return evidence;
  const named = target.keys.flatMap(({ id }) => attester.keys.get(id) ?? []);
  const more = attester.more?.filter(({ id }) => !named.some((key) => key.id === id)) ?? [];
  const keys = [...named, ...more];
  const { repository } = target;
  let asked: Promise<Referrer[]> | undefined;
  const referrers = () => (asked ??= attester.oci.referrers(repository, digest));
  const look = { ...attester, keys, target: target.id, isPlain: target.api === null, repository, digest, referrers };
  const [signature, provenance] = await Promise.all([
    isSettled(evidence, evidence.signature, look)
      ? evidence.signature
      : examine(look, 'signature', Signature, evidence.signature, before.signature),
    readProvenance(look, evidence, before.provenance),
  ]);
  const tagged = evidence.alsoTagged?.find((name) => name.startsWith('Fedora-'));
  return { ...evidence, signature, provenance, composeId: tagged ?? provenance?.compose?.id ?? null };
}

/** The provenance as it is known where it is settled; its recording, when lost, is read again from where it was found. */
async function readProvenance(look: Look, evidence: Evidence, before: Provenance | null): Promise<Provenance> {
  const known = evidence.provenance;
  const read = (at: Spot | null) => examine(look, 'provenance', Provenance, known, before, at);
  if (!isSettled(evidence, known, look)) return read(null);
  if (!known.tasks || (known.recording && (await look.records.recording(look.digest)))) return known;
  return read(known.found && known.digest ? { found: known.found, digest: known.digest } : null);
}

interface Look extends Omit<Attester, 'keys' | 'oci'>, Search {
  report: Report;
  target: string;
}

/** Whether another look could show nothing else: content never changes; what is absent, or fails where no list tells of a better one, is looked at once a day. */
function isSettled<T extends Signature>(
  { taggedAt }: Evidence,
  one: T | null,
  { keys, report, isPlain }: Look,
): one is T & { checkedAt: string } {
  if (!one?.checkedAt || one.state === 'not-checked' || !isHeldAgainst(one, keys)) return false;
  const mayBeRenewed = one.state === 'failed' && (isPlain || one.found === 'referrer');
  if (one.state !== 'absent' && !mayBeRenewed) return true;
  return isRecentLook(one.checkedAt, taggedAt, report.nowMs);
}

const isHeldAgainst = ({ against }: Signature, keys: readonly Verifier[]): boolean =>
  against.join(' ') === keys.map(({ id }) => id).join(' ');

interface Shape<T> {
  parse(value: unknown): T;
}

async function examine<T extends Signature>(
  look: Look,
  kind: Kind,
  shape: Shape<T>,
  known: T | null,
  before: T | null,
  at: Spot | null = null,
): Promise<T> {
  const now = iso(look.report.nowMs);
  const against = look.keys.map(({ id }) => id);
  const { spot, best, error } = await searched(look, kind, known, at);
  if (error) {
    look.report.problem('provenance', look.target, error.kind, `${kind}: ${error.message}`);
    if (best?.state !== 'verified') {
      // What was found out about this very content, against these very keys, is worth more than no answer today.
      if (known?.checkedAt && known.state !== 'not-checked' && isHeldAgainst(known, look.keys)) return known;
      const why = PROBLEMS[error.kind].what;
      return shape.parse({ ...placeOf(known, spot), state: 'not-checked', why, against });
    }
  }
  if (!spot || !best) {
    const why = spot ? `what lies there holds no ${kind}` : null;
    return shape.parse({
      state: 'absent',
      digest: spot?.digest ?? null,
      found: spot?.found ?? null,
      checkedAt: now,
      against,
      why,
    });
  }
  const { build, run, ...check } = best;
  const keySince = check.keyId === null ? null : check.keyId === before?.keyId ? before.keySince : now;
  const what = { ...spot, ...check, keySince, checkedAt: now, against };
  if (kind === 'signature') return shape.parse(what);
  return shape.parse({ ...what, ...build, recording: run !== null && (await keep(look, run, check.state)) });
}

/** Keeps the recording of a run, where it has one; what is verified does not give way to what is not. */
async function keep({ records, digest }: Look, run: StatedRun, state: Signature['state']): Promise<boolean> {
  const recording = recordingOf(run, digest, state === 'verified');
  if (!recording) return false;
  const isBetter = recording.isVerified || !(await records.recording(digest))?.isVerified;
  if (isBetter) await records.keepRecording(recording);
  return true;
}

/** What was listed is what is asked for the next time. */
const placeOf = (known: Signature | null, spot: Spot | null) => ({
  digest: known?.digest ?? spot?.digest ?? null,
  found: known?.found ?? spot?.found ?? null,
});
