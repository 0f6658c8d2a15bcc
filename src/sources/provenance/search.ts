import { asSourceError, type SourceError } from '#sources/error.ts';
import { type Beside, type Kind, locate, piecesOf, type Spot } from '#sources/registry/beside.ts';
import type { Oci, Piece } from '#sources/registry/oci.ts';
import type { Report } from '#sources/report.ts';
import type { Signature } from '#status/attachment.ts';
import type { Verifier } from './key.ts';
import { checkPayload } from './signature.ts';
import { NOTHING, type Reading, readStatement } from './statement.ts';

/** All signatures or provenances that lie beside an image, read; the best of them. */

const PAYLOAD_BYTES = 1 << 20;
const ENVELOPE_BYTES = 4 << 20;
const SIGNATURE = 'dev.cosignproject.cosign/signature';
const RANK = ['verified', 'present-unverified', 'failed'] as const;

export interface Search extends Beside {
  oci: Oci;
  report: Pick<Report, 'asked'>;
  keys: readonly Verifier[];
  /** No list of its tags was read. */
  isPlain: boolean;
}

interface Found {
  spot: Spot | null;
  best: Reading | null;
  error: SourceError | null;
}

/** The best of all that lies there, and the first reason why something of it could not be read. */
export async function searched(look: Search, kind: Kind, known: Signature | null, at: Spot | null): Promise<Found> {
  const readings: { spot: Spot; reading: Reading }[] = [];
  let spots: Spot[] = [];
  let broken: SourceError | null = null;
  const survive = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      broken ??= asSourceError(error);
    }
  };
  const readAll = async (some: readonly Spot[]) => {
    for (const spot of some)
      await survive(async () => {
        for (const piece of await piecesOf(look.oci, kind, look.repository, spot))
          await survive(async () => {
            const reading = await read(look, kind, spot, piece);
            if (reading) readings.push({ spot, reading });
          });
      });
  };
  const work = async () => {
    const tagged = known?.found === 'tag' ? known.digest : null;
    spots = at ? [at] : await locate(look.oci, kind, look, known === null || look.isPlain ? undefined : tagged);
    await readAll(spots);
    // A tag may be old, or hold something else, while what refers to the digest is good.
    const isUseless = readings.every(({ reading }) => reading.state === 'failed');
    if (!at && isUseless && spots[0]?.found === 'tag') await readAll(await locate(look.oci, kind, look, null));
    if (broken) throw broken;
  };
  const error = await look.report.asked('provenance', work()).then(() => null, asSourceError);
  const [best] = readings.sort(
    (a, b) => rank(a.reading) - rank(b.reading) || endOf(b.reading).localeCompare(endOf(a.reading)),
  );
  return { spot: best?.spot ?? spots[0] ?? null, best: best?.reading ?? null, error };
}

const rank = ({ state }: Reading): number => RANK.indexOf(state);
const endOf = ({ build }: Reading): string => build?.finishedAt ?? '';

async function read(
  { oci, repository, digest, keys }: Search,
  kind: Kind,
  spot: Spot,
  piece: Piece,
): Promise<Reading | null> {
  const isSimple = kind === 'signature' && spot.found === 'tag';
  const bytes = await oci.blob(repository, piece, isSimple ? PAYLOAD_BYTES : ENVELOPE_BYTES);
  if (!isSimple) return readStatement(bytes, kind, digest, keys);
  return { ...checkPayload(bytes, piece.annotations?.[SIGNATURE], digest, keys), ...NOTHING };
}
