import type { Sink } from '#sources/body.ts';
import { SourceError } from '#sources/error.ts';
import type { Oci } from '#sources/registry/oci.ts';
import { type SbomContents, sbomReader } from './sbom-reader.ts';

/** An SBOM fetched by its digest and read as it comes. */

// The largest that is known of is a fifth of it; nothing of it is held.
const SBOM_BYTES = 256 << 20;
const SBOM_MS = 10 * 60_000;

export interface ReadSbom extends SbomContents {
  bytes: number;
}

/** What a whole blob holds that was none, or too much; nothing will change it. */
export class ContentFault extends SourceError {}

/** The RPMs that a blob names; a ContentFault where its own content is at fault, another SourceError where it did not arrive. */
export async function fetchSbom(oci: Oci, repository: string, blob: string): Promise<ReadSbom> {
  let read: ReadSbom | null = null;
  const sink = (): Sink => {
    const reader = sbomReader(`${repository}@${blob}`);
    let bytes = 0;
    let fault: SourceError | null = null;
    return {
      write(part) {
        bytes += part.length;
        // Whether the content is at fault or the way that it came is only known at its end, by its digest.
        fault ??= faultOf(() => reader.write(part));
      },
      end() {
        fault ??= faultOf(() => {
          reader.end();
          read = { ...reader.contents(), bytes };
        });
        if (fault) throw fault;
      },
    };
  };
  await oci.stream(repository, blob, { maxBytes: SBOM_BYTES, bodyMs: SBOM_MS, sink });
  if (!read) throw new ContentFault('sbom', 'unreadable', `${repository}@${blob} is empty`);
  return read;
}

function faultOf(work: () => void): ContentFault | null {
  try {
    work();
    return null;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return new ContentFault(error.source, error.kind, error.message);
  }
}
