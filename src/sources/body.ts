import type { SourceId } from '#status/model.ts';
import { SourceError } from './error.ts';

/** The body of an answer, within its limit. */

/** Takes a body part by part; what it throws must be a SourceError. */
export interface Sink {
  write(part: Uint8Array): void | Promise<void>;
  /** After the last part. */
  end(): void | Promise<void>;
}

interface Limits {
  source: SourceId;
  maxBytes: number;
}

/** Hands the body on as it comes; a SourceError, which names where it is from, as soon as it is too large. */
export async function pour(response: Response, from: string, { source, maxBytes }: Limits, sink: Sink): Promise<void> {
  const tooLarge = () => new SourceError(source, 'too-large', `${from} answered more than ${maxBytes} bytes`);
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes && response.body) {
    await response.body.cancel();
    throw tooLarge();
  }
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    // Leaving the loop cancels the stream, so that nothing more is read.
    if (length > maxBytes) throw tooLarge();
    await sink.write(part);
  }
  await sink.end();
}

/** A sink that holds everything. */
export function bucket(): Sink & { bytes(): Uint8Array<ArrayBuffer> } {
  const parts: Uint8Array[] = [];
  return {
    write: (part) => void parts.push(part),
    end: () => undefined,
    bytes() {
      const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
      let offset = 0;
      for (const part of parts) {
        bytes.set(part, offset);
        offset += part.length;
      }
      return bytes;
    },
  };
}
