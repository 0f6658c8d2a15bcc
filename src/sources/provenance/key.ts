import { createHash, createPublicKey, verify } from 'node:crypto';

/** A public key, ready to verify with. */
export interface Verifier {
  /** SSH SHA256 fingerprint, by which Tekton Chains names the key it signs with. */
  id: string;
  /** Whether this is the key's ECDSA signature, in DER, over the SHA-256 of the bytes. */
  verify(bytes: Uint8Array, signature: Uint8Array): boolean;
}

/** A verifier of a P-256 key, whose PEM was checked when it was read. */
export function verifier(pem: string): Verifier {
  // Decoded here: OpenSSL wants a PEM's lines as it writes them itself, people write them as they like.
  const body = Buffer.from(pem.replace(/-----[A-Z ]+-----/g, ''), 'base64');
  const key = createPublicKey({ key: body, format: 'der', type: 'spki' });
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  const wire = Buffer.concat([field('ecdsa-sha2-nistp256'), field('nistp256'), field(point)]);
  return {
    id: `SHA256:${createHash('sha256').update(wire).digest('base64').replace(/=+$/, '')}`,
    verify: (bytes, signature) => verify('sha256', bytes, key, signature),
  };
}

/** As SSH writes a field: its length in four bytes, then itself. */
function field(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
