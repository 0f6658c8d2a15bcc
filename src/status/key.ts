import { z } from 'zod';
import { Instant, Slug } from './scalars.ts';

/** Public keys of ECDSA P-256, which is what cosign and Tekton Chains sign with, as people write them down. */

// The DER that says "elliptic curve, P-256, an uncompressed point of 64 bytes follows".
const HEAD = '3059301306072a8648ce3d020106082a8648ce3d03010703420004';
const PEM = /^-----BEGIN PUBLIC KEY-----\s([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----$/;
const PRIME = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

function isPublicKey(pem: string): boolean {
  const [, body = ''] = PEM.exec(pem.trim()) ?? [];
  const hex = hexOf(body.replace(/\s/g, ''));
  if (hex.length !== HEAD.length + 128 || !hex.startsWith(HEAD)) return false;
  const x = BigInt(`0x${hex.slice(HEAD.length, HEAD.length + 64)}`);
  const y = BigInt(`0x${hex.slice(HEAD.length + 64)}`);
  return x < PRIME && y < PRIME && (y * y - (x * x * x - 3n * x + B)) % PRIME === 0n;
}

function hexOf(base64: string): string {
  try {
    return [...atob(base64)].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  } catch {
    return '';
  }
}

export const Key = z.strictObject({
  id: Slug,
  pem: z
    .string()
    .max(1_000)
    .refine(isPublicKey, 'write the PEM of an ECDSA P-256 public key, from -----BEGIN PUBLIC KEY----- to its END'),
});
export type Key = z.infer<typeof Key>;

export const ClusterKey = z.object({
  id: z.string().max(60).describe('SSH SHA256 fingerprint'),
  pem: z.string().max(1_000),
  since: Instant.describe('When it was first read; a changed one is not taken up by itself'),
});
export type ClusterKey = z.infer<typeof ClusterKey>;
