import { type Blob, base64, blob, json, type Stored } from '#sim/bytes.ts';
import type { Life } from '#sim/settled.ts';
import type { Arch } from '#status/model.ts';
import { MANIFEST } from './media.ts';
import { isSbom, type Leg, legsOf, sbomOfArch, sbomOfIndex } from './sbom.ts';
import { KEY_ID, sign } from './signer.ts';
import { SLSA, SLSA_1, statementOf } from './statement.ts';

/** What cosign and Chains put beside an image: tags `sha256-<hex>.sig`, `.att` and `.sbom`, or referrers with bundles. */

/** How the tag of an attachment ends; what has none is a referrer. */
export function suffixOf(kind: string): string | null {
  if (/-(bundle|referrer)$/.test(kind)) return null;
  return kind.startsWith('signature') ? '.sig' : kind.startsWith('provenance') ? '.att' : '.sbom';
}

export interface Attached {
  /** What it is about. */
  of: string;
  digest: string;
  isIndex: false;
  size: number;
  manifests: Stored[];
  blobs: Blob[];
  annotations: Record<string, string>;
  artifactType: string;
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

interface Held {
  digest: string;
  children: readonly { arch: Arch; digest: string }[];
}

/** What an attachment of an image comes to: one manifest, or one for each arch too where it is an SBOM. */
export async function attachments(kind: string, image: Held, place: string, life: Life): Promise<Attached[]> {
  const legs = await legsOf(life, image);
  if (!isSbom(kind)) {
    const { mediaType, body, annotations } = await contentOf(kind, image.digest, place, life, legs);
    const layer = await blob(mediaType, encode(JSON.stringify(body)));
    return [await attached(kind, image.digest, layer, BUNDLE, annotations)];
  }
  const each = await Promise.all(
    legs.map(async ({ arch, digest }) => ({ of: digest, sbom: await sbomOfArch(kind, life.recipe, arch) })),
  );
  const isIndex = image.children.length > 0;
  const all = [...(isIndex ? [{ of: image.digest, sbom: await sbomOfIndex(life, image.children) }] : []), ...each];
  return Promise.all(
    all.flatMap(({ of, sbom }) => (sbom ? [attached(kind, of, sbom, 'application/spdx+json', {})] : [])),
  );
}

/** A manifest with one layer: tagged as cosign does, or as a referrer. */
async function attached(
  kind: string,
  of: string,
  layer: Blob,
  artifactType: string,
  annotations: Record<string, string>,
): Promise<Attached> {
  const isReferrer = suffixOf(kind) === null;
  const config = isReferrer
    ? await blob('application/vnd.oci.empty.v1+json', encode('{}'))
    : await blob(
        'application/vnd.oci.image.config.v1+json',
        encode(JSON.stringify({ architecture: '', os: '', rootfs: { type: 'layers', diff_ids: [layer.digest] } })),
      );
  const piece = { mediaType: layer.mediaType, digest: layer.digest, size: layer.size };
  const manifest = await json(MANIFEST, {
    schemaVersion: 2,
    mediaType: MANIFEST,
    ...(isReferrer ? { artifactType, subject: { mediaType: MANIFEST, digest: of, size: 0 }, annotations } : {}),
    config: { mediaType: config.mediaType, digest: config.digest, size: config.size },
    layers: [isReferrer ? piece : { ...piece, annotations }],
  });
  const { digest } = manifest;
  const blobs = [config, layer];
  return { of, digest, isIndex: false, size: layer.size, manifests: [manifest], blobs, annotations, artifactType };
}

async function contentOf(
  kind: string,
  digest: string,
  place: string,
  life: Life,
  legs: readonly Leg[],
): Promise<Content> {
  const named = kind.endsWith('-of-other') ? OTHER : digest;
  const isBroken = kind.endsWith('-broken');
  switch (kind.split('-')[0]) {
    case 'signature':
      return suffixOf(kind) ? simple(named, place, isBroken) : bundled(SIGNED, await signedStatement(digest, place));
    default: {
      const type = kind.startsWith('provenance-v1') ? SLSA_1 : SLSA;
      const statement = statementOf(type, named, place, life, legs);
      if (suffixOf(kind) === null) return bundled(type, await envelope(statement, false));
      const body = await envelope(statement, isBroken);
      return { mediaType: 'application/vnd.dsse.envelope.v1+json', annotations: { predicateType: type }, body };
    }
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
