import { z } from 'zod';
import { Digest } from '#status/scalars.ts';
import type { Verifier } from './key.ts';

/** Signatures held against the digest that they should be of, and against keys; nothing here throws. */

/** What one signature turned out to be. */
export interface Check {
  state: 'verified' | 'present-unverified' | 'failed';
  /** Fingerprint of the key that verified it, or of the one that it names. */
  keyId: string | null;
  why: string | null;
}

const TYPE = 'cosign container image signature';
const FINGERPRINT = /^SHA256:[A-Za-z0-9+/]{43}$/;
const MAX_SIGNATURES = 20;
/** `sha256:` and twelve digits. */
const SHORT = 19;
const DEEPEST = 200;

const Payload = z.object({
  critical: z.object({ type: z.string(), image: z.object({ 'docker-manifest-digest': z.string() }) }),
});

export const Envelope = z.object({
  payloadType: z.string().max(200),
  payload: z.string(),
  signatures: z.array(z.object({ keyid: z.string().nullish(), sig: z.string() })).max(MAX_SIGNATURES),
});
export type Envelope = z.infer<typeof Envelope>;

/** The bytes that a DSSE envelope signs: its type and its body, each with its length. */
export function pae(type: string, body: Uint8Array): Uint8Array {
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.length} `;
  return Buffer.concat([Buffer.from(head), body]);
}

/** cosign's simple signing: a payload that names a digest, and a signature over its bytes. */
export function checkPayload(
  payload: Uint8Array,
  signature: string | undefined,
  digest: string,
  keys: readonly Verifier[],
): Check {
  const parsed = Payload.safeParse(jsonOf(payload));
  if (!parsed.success) return failed('its payload is not what cosign signs');
  const { type, image } = parsed.data.critical;
  if (type !== TYPE) return failed('its payload says that it is not the signature of an image');
  const named = image['docker-manifest-digest'];
  if (named !== digest)
    return failed(
      `it was made for another digest${Digest.safeParse(named).success ? `, ${named.slice(0, SHORT)}…` : ''}`,
    );
  if (!signature) return failed('its payload is there and its signature is not');
  return checkBytes(payload, [{ sig: signature }], keys);
}

/** The signatures of a DSSE envelope: any one by any of the keys will do. */
export function checkEnvelope({ payloadType, payload, signatures }: Envelope, keys: readonly Verifier[]): Check {
  if (signatures.length === 0) return failed('its envelope carries no signature');
  return checkBytes(pae(payloadType, Buffer.from(payload, 'base64')), signatures, keys);
}

function checkBytes(bytes: Uint8Array, signatures: Envelope['signatures'], keys: readonly Verifier[]): Check {
  const key = keys.find(({ verify }) => signatures.some(({ sig }) => verify(bytes, Buffer.from(sig, 'base64'))));
  if (key) return { state: 'verified', keyId: key.id, why: null };
  const keyId = signatures.map(({ keyid }) => keyid ?? '').find((id) => FINGERPRINT.test(id)) ?? null;
  if (keys.length === 0) return { state: 'present-unverified', keyId, why: null };
  return { ...failed('it is not by a key that may sign this image'), keyId };
}

const failed = (why: string): Check => ({ state: 'failed', keyId: null, why });

/** The value of JSON text; undefined where it is none, or nests deeper than anything that is read. */
export function jsonOf(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return isDeep(text) ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** JSON.parse reads any depth, and whatever walks such a value later runs out of stack. */
function isDeep(json: string): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < json.length; at++) {
    const letter = json[at];
    if (isText && letter === '\\') at++;
    else if (letter === '"') isText = !isText;
    else if (isText) continue;
    else if (letter === '[' || letter === '{') depth++;
    else if (letter === ']' || letter === '}') depth--;
    if (depth > DEEPEST) return true;
  }
  return false;
}
