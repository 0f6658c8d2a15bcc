/** ECDSA P-256 with the sample key, whose private half is here for all to read: it vouches for nothing. */

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const PRIVATE = 0xcdf25cc455891bdf2b4880d3b8c02a693fa7c1a159f1d5d0b9c88174ec9e04ben;
// One nonce for ever gives a key away. This key is no secret, and a world must have the same digests in every process.
const POINT_X = 0x45da6170e9f74f57f73c06aa07cb8feb6a348229dbfafce6d29aee1853d7e9e3n;
const NONCE_INVERSE = 0xe778e6aab343189ba268a20c8f9fac38d5536a97df523dd8c72f5f72073e3011n;

/** SSH SHA256 fingerprint of the sample key, as Chains writes it into an envelope. */
export const KEY_ID = 'SHA256:bGxKKaybwKwKDeg1CwOJ03zsZGTAx+meRmqTTZNOuh8';

/** A signature over the SHA-256 of the bytes, DER in base64. */
export async function sign(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const message = BigInt(`0x${[...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`);
  const body = [...integer(POINT_X), ...integer((NONCE_INVERSE * (message + POINT_X * PRIVATE)) % ORDER)];
  return btoa(String.fromCharCode(0x30, body.length, ...body));
}

/** A positive number as DER writes it: a leading zero where the first bit would make it negative. */
function integer(value: bigint): number[] {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  const bytes = (even.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  const padded = (bytes[0] ?? 0) > 0x7f ? [0, ...bytes] : bytes;
  return [0x02, padded.length, ...padded];
}
