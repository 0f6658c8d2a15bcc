/** Content and its digest. */

const PIECE = 16_384;
/** What btoa takes as it is. */
const ASCII = /^[ -~\n]*$/;

export interface Stored {
  mediaType: string;
  digest: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface Blob {
  mediaType: string;
  digest: string;
  size: number;
  /** Null for a layer of which only the size is claimed. */
  bytes: Uint8Array<ArrayBuffer> | null;
}

/** `sha256:` and the hash of the bytes. */
export async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `sha256:${[...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** A value as JSON with its digest. */
export async function json(mediaType: string, value: unknown): Promise<Stored> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return { mediaType, bytes, digest: await digestOf(bytes) };
}

/** Bytes as a blob. */
export async function blob(mediaType: string, bytes: Uint8Array<ArrayBuffer>): Promise<Blob> {
  return { mediaType, bytes, size: bytes.length, digest: await digestOf(bytes) };
}

/** Base64 of a text's UTF-8 bytes. */
export function base64(text: string): string {
  if (ASCII.test(text)) return btoa(text);
  const bytes = new TextEncoder().encode(text);
  let letters = '';
  // A call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += PIECE) letters += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(letters);
}
