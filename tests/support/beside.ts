import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { verifier } from '#sources/provenance/key.ts';

/** Signatures and attestations as cosign lays them out, made with keys of our own. */

export interface Signer {
  pem: string;
  /** SSH SHA256 fingerprint. */
  id: string;
  /** DER in base64. */
  sign(bytes: Uint8Array): string;
}

/** A fresh P-256 key. */
export function signer(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  return { pem, id: verifier(pem).id, sign: (bytes) => signWith(privateKey, bytes) };
}

const signWith = (key: KeyObject, bytes: Uint8Array) => sign('sha256', bytes, key).toString('base64');

/** `sha256:…` of bytes. */
export const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** A layer of an attachment. */
export interface Layer {
  mediaType: string;
  bytes: Buffer;
  annotations?: Record<string, string>;
  /** What its descriptor claims instead of its own size. */
  size?: number;
}

const SIMPLE = 'application/vnd.dev.cosign.simplesigning.v1+json';
const DSSE = 'application/vnd.dsse.envelope.v1+json';
export const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
export const IN_TOTO = 'application/vnd.in-toto+json';
export const SLSA = 'https://slsa.dev/provenance/v0.2';

/** What cosign signs for a digest. */
export function payloadOf(digest: string, type = 'cosign container image signature'): Buffer {
  const identity = { 'docker-reference': 'quay.io/team/image' };
  return Buffer.from(
    JSON.stringify({ critical: { identity, image: { 'docker-manifest-digest': digest }, type }, optional: null }),
  );
}

/** A simple signature over a payload. */
export function simpleLayer(by: Signer, payload: Buffer): Layer {
  return { mediaType: SIMPLE, bytes: payload, annotations: { 'dev.cosignproject.cosign/signature': by.sign(payload) } };
}

/** A provenance statement about a digest, with more fields when given. */
export function statementOf(digest: string, predicate: object = {}, predicateType = SLSA) {
  const subject = [{ name: 'quay.io/team/image', digest: { sha256: digest.replace('sha256:', '') } }];
  return { _type: 'https://in-toto.io/Statement/v0.1', predicateType, subject, predicate };
}

/** A DSSE envelope over a value, signed by each of the keys. */
export function envelopeOf(value: unknown, by: readonly Signer[], payloadType = IN_TOTO) {
  const body = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  const signed = Buffer.concat([Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${body.length} `), body]);
  const signatures = by.map((one) => ({ keyid: one.id, sig: one.sign(signed) }));
  return { payloadType, payload: body.toString('base64'), signatures };
}

/** An envelope as a layer of an `.att` tag. */
export function envelopeLayer(envelope: unknown): Layer {
  return { mediaType: DSSE, bytes: Buffer.from(JSON.stringify(envelope)) };
}

/** An envelope in a sigstore bundle. */
export function bundleLayer(dsseEnvelope: unknown): Layer {
  const verificationMaterial = { publicKey: { hint: 'test' } };
  return {
    mediaType: BUNDLE,
    bytes: Buffer.from(JSON.stringify({ mediaType: BUNDLE, verificationMaterial, dsseEnvelope })),
  };
}

const CONFIG = Buffer.from('{"architecture":"","os":"","rootfs":{"type":"layers","diff_ids":[]}}');
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

/** The manifest of an attachment, as bytes. */
export function manifestOf(layers: readonly Layer[]): Buffer {
  return Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: sha256(CONFIG), size: CONFIG.length },
      layers: layers.map(({ mediaType, bytes, annotations, size = bytes.length }) => ({
        ...{ mediaType, digest: sha256(bytes), size },
        ...(annotations ? { annotations } : {}),
      })),
    }),
  );
}

/** Pushes an attachment to a registry under a tag, as cosign does. */
export async function pushAttachment(repository: string, tag: string, layers: readonly Layer[]): Promise<string> {
  for (const bytes of [CONFIG, ...layers.map((layer) => layer.bytes)]) {
    const begun = await fetch(`${repository}/blobs/uploads/`, { method: 'POST' });
    const location = new URL(begun.headers.get('location') ?? '', begun.url);
    location.searchParams.set('digest', sha256(bytes));
    await accepted(fetch(location, { method: 'PUT', body: new Uint8Array(bytes) }));
  }
  const manifest = manifestOf(layers);
  const headers = { 'content-type': MANIFEST };
  await accepted(fetch(`${repository}/manifests/${tag}`, { method: 'PUT', headers, body: new Uint8Array(manifest) }));
  return sha256(manifest);
}

async function accepted(request: Promise<Response>): Promise<void> {
  const answer = await request;
  if (answer.status !== 201) throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`);
}
