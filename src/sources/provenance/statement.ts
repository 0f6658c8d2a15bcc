import { z } from 'zod';
import { SourceError } from '#sources/error.ts';
import { isWanted, type Kind } from '#sources/registry/beside.ts';
import type { Build } from '#status/attachment.ts';
import type { Verifier } from './key.ts';
import { type Check, checkEnvelope, Envelope, jsonOf } from './signature.ts';
import { buildOf, readRun } from './slsa.ts';
import type { StatedRun } from './stated.ts';

/** A signed statement: an envelope, whom it is about, and what it says. */

export interface Reading extends Check {
  build: Build | null;
  /** All that the statement tells of the run; null where it is not to be told. */
  run: StatedRun | null;
}

/** What a signature says of a build. */
export const NOTHING = { build: null, run: null } as const;

const IN_TOTO = 'application/vnd.in-toto+json';

const Statement = z.object({
  predicateType: z.string().max(200),
  subject: z.array(z.object({ digest: z.record(z.string(), z.string()) })).max(1_000),
  predicate: z.unknown(),
});

const Bundle = z.object({ dsseEnvelope: Envelope }).transform(({ dsseEnvelope }) => dsseEnvelope);
const Signed = z.union([Envelope, Bundle]);

/** A statement of the wanted kind held against digest and keys; null for one of another kind. Throws where it cannot be read. */
export function readStatement(
  bytes: Uint8Array,
  kind: Kind,
  digest: string,
  keys: readonly Verifier[],
): Reading | null {
  const envelope = Signed.safeParse(jsonOf(bytes));
  if (!envelope.success) throw unreadable('is neither a DSSE envelope nor a bundle with one');
  const { payloadType, payload } = envelope.data;
  if (payloadType !== IN_TOTO) return null;
  const check = checkEnvelope(envelope.data, keys);
  const statement = Statement.safeParse(jsonOf(Buffer.from(payload, 'base64')));
  if (!statement.success) throw unreadable('holds no in-toto statement');
  const { predicateType, subject, predicate } = statement.data;
  if (!isWanted(kind, predicateType)) return null;
  if (check.state === 'failed') return { ...check, ...NOTHING };
  if (!subject.some((one) => `sha256:${one.digest['sha256']}` === digest))
    return { ...check, state: 'failed', why: 'it is about other digests than this one', ...NOTHING };
  if (kind === 'signature') return { ...check, ...NOTHING };
  const run = readRun(predicateType, predicate);
  if (!run) throw unreadable(`does not have the shape of ${predicateType}`);
  return { ...check, build: buildOf(run), run };
}

const unreadable = (what: string) => new SourceError('provenance', 'unreadable', `the attestation ${what}`);
