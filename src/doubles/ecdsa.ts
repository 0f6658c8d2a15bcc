/** Signatures by P-256 keys, with what a browser brings. */

export type Verify = (signature: Uint8Array, signed: Uint8Array) => Promise<boolean>;

const HALF = 32;

/** Verifies with the public key of a PEM; throws where it is none of P-256. */
export async function verifierOf(pem: string): Promise<Verify> {
  const body = bytesOf(pem.replace(/-----[A-Z ]+-----|\s/g, ''));
  const key = await crypto.subtle.importKey('spki', body, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  return async (signature, signed) => {
    const raw = rawOf(signature);
    return raw !== null && crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, raw, new Uint8Array(signed));
  };
}

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** The two numbers of a DER signature as 64 bytes; null where it is no such thing. */
function rawOf(der: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const [r, next] = numberAt(der, 2);
  const [s] = r ? numberAt(der, next) : [null];
  if (der[0] !== 0x30 || !r || !s) return null;
  const raw = new Uint8Array(2 * HALF);
  raw.set(r, HALF - r.length);
  raw.set(s, 2 * HALF - s.length);
  return raw;
}

function numberAt(der: Uint8Array, at: number): [Uint8Array | null, number] {
  const length = der[at + 1] ?? 0;
  const end = at + 2 + length;
  const number = der.slice(at + 2, end);
  const trimmed = number.slice(
    Math.max(
      0,
      number.findIndex((byte) => byte !== 0),
    ),
  );
  return [der[at] === 2 && end <= der.length && trimmed.length <= HALF ? trimmed : null, end];
}
