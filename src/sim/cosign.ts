import { type Blob, base64, blob, json, type Stored } from './bytes.ts';
import { MANIFEST } from './media.ts';
import { KEY_ID, sign } from './signer.ts';
import { SLSA, statementOf } from './statement.ts';
import type { Life } from './world.ts';

/** What cosign and Chains put beside an image: tags `sha256-<hex>.sig`, `.att` and `.sbom`, or referrers with bundles. */

/** How the tag of an attachment ends; what has none is a referrer. */
export function suffixOf(kind: string): string | null {
  if (kind.endsWith('-bundle')) return null;
  return kind.startsWith('signature') ? '.sig' : kind.startsWith('provenance') ? '.att' : '.sbom';
}

interface Attached {
  digest: string;
  isIndex: false;
  size: number;
  manifests: Stored[];
  blobs: Blob[];
  annotations: Record<string, string>;
}

interface Content {
  mediaType: string;
  body: unknown;
  annotations: Record<string, string>;
}

export const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const SIGNED = 'https://sigstore.dev/cosign/sign/v1';
const IN_TOTO = 'application/vnd.in-toto+json';
const OTHER = `sha256:${'5a'.repeat(32)}`;

const encode = (text: string) => new TextEncoder().encode(text);

/** The manifest of an attachment of a digest, and its blobs. */
export async function attachment(kind: string, digest: string, place: string, life: Life): Promise<Attached> {
  const { mediaType, body, annotations } = await contentOf(kind, digest, place, life);
  const layer = await blob(mediaType, encode(JSON.stringify(body)));
  const isBundle = suffixOf(kind) === null;
  const config = isBundle
    ? await blob('application/vnd.oci.empty.v1+json', encode('{}'))
    : await blob(
        'application/vnd.oci.image.config.v1+json',
        encode(JSON.stringify({ architecture: '', os: '', rootfs: { type: 'layers', diff_ids: [layer.digest] } })),
      );
  const piece = { mediaType, digest: layer.digest, size: layer.size };
  const manifest = await json(MANIFEST, {
    schemaVersion: 2,
    mediaType: MANIFEST,
    ...(isBundle ? { artifactType: BUNDLE, subject: { mediaType: MANIFEST, digest, size: 0 }, annotations } : {}),
    config: { mediaType: config.mediaType, digest: config.digest, size: config.size },
    layers: [isBundle ? piece : { ...piece, annotations }],
  });
  const blobs = [config, layer];
  return { digest: manifest.digest, isIndex: false, size: layer.size, manifests: [manifest], blobs, annotations };
}

async function contentOf(kind: string, digest: string, place: string, life: Life): Promise<Content> {
  const named = kind.endsWith('-of-other') ? OTHER : digest;
  const isBroken = kind.endsWith('-broken');
  switch (kind.split('-')[0]) {
    case 'signature':
      return suffixOf(kind) ? simple(named, place, isBroken) : bundled(SIGNED, await signedStatement(digest, place));
    case 'provenance': {
      const statement = await statementOf(named, place, life);
      if (suffixOf(kind) === null) return bundled(SLSA, await envelope(statement, false));
      const body = await envelope(statement, isBroken);
      return { mediaType: 'application/vnd.dsse.envelope.v1+json', annotations: { predicateType: SLSA }, body };
    }
    default:
      return {
        mediaType: 'text/spdx+json',
        annotations: {},
        body: {
          spdxVersion: 'SPDX-2.3',
          name: `sample ${life.recipe.title}`,
          SPDXID: 'SPDXRef-DOCUMENT',
          packages: [],
        },
      };
  }
}

async function simple(digest: string, place: string, isBroken: boolean): Promise<Content> {
  const body = {
    critical: {
      identity: { 'docker-reference': place },
      image: { 'docker-manifest-digest': digest },
      type: 'cosign container image signature',
    },
    optional: null,
  };
  const signature = await sign(encode(isBroken ? 'something else' : JSON.stringify(body)));
  return {
    mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json',
    annotations: { 'dev.cosignproject.cosign/signature': signature },
    body,
  };
}

async function envelope(statement: unknown, isBroken: boolean) {
  const text = JSON.stringify(statement);
  const signed = `DSSEv1 ${IN_TOTO.length} ${IN_TOTO} ${encode(text).length} ${text}`;
  const sig = await sign(encode(isBroken ? `${signed} ` : signed));
  return { payloadType: IN_TOTO, payload: base64(text), signatures: [{ keyid: KEY_ID, sig }] };
}

function signedStatement(digest: string, place: string) {
  return envelope(
    {
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: SIGNED,
      subject: [{ name: place, digest: { sha256: digest.slice('sha256:'.length) } }],
      predicate: {},
    },
    false,
  );
}

function bundled(predicateType: string, dsseEnvelope: unknown): Content {
  return {
    mediaType: BUNDLE,
    annotations: {
      'dev.sigstore.bundle.content': 'dsse-envelope',
      'dev.sigstore.bundle.predicateType': predicateType,
    },
    body: { mediaType: BUNDLE, verificationMaterial: { publicKey: { hint: 'sample' } }, dsseEnvelope },
  };
}
