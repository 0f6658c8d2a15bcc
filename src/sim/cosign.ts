import { type Blob, base64, blob, json, type Stored } from './bytes.ts';
import { MANIFEST } from './media.ts';
import type { Recipe } from './world.ts';

/** What cosign and Chains put beside an image: tags `sha256-<hex>.sig`, `.att` and `.sbom`. The signatures are not real. */

export const SUFFIX: Readonly<Record<string, string>> = { signature: '.sig', provenance: '.att', sbom: '.sbom' };

interface Attached {
  digest: string;
  isIndex: false;
  size: number;
  manifests: Stored[];
  blobs: Blob[];
}

/** The manifest of an attachment of a digest, and its blobs. */
export async function attachment(kind: string, digest: string, place: string, recipe: Recipe): Promise<Attached> {
  const { mediaType, body, annotations } = contentOf(kind, digest, place, recipe);
  const layer = await blob(mediaType, new TextEncoder().encode(JSON.stringify(body)));
  const config = await blob(
    'application/vnd.oci.image.config.v1+json',
    new TextEncoder().encode(
      JSON.stringify({ architecture: '', os: '', rootfs: { type: 'layers', diff_ids: [layer.digest] } }),
    ),
  );
  const manifest = await json(MANIFEST, {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: { mediaType: config.mediaType, digest: config.digest, size: config.size },
    layers: [{ mediaType, digest: layer.digest, size: layer.size, annotations }],
  });
  return { digest: manifest.digest, isIndex: false, size: layer.size, manifests: [manifest], blobs: [config, layer] };
}

function contentOf(kind: string, digest: string, place: string, recipe: Recipe) {
  const predicateType = 'https://slsa.dev/provenance/v0.2';
  const subject = [{ name: place, digest: { sha256: digest.slice('sha256:'.length) } }];
  if (kind === 'signature')
    return {
      mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json',
      annotations: { 'dev.cosignproject.cosign/signature': base64(`sample signature of ${digest}`) },
      body: {
        critical: {
          identity: { 'docker-reference': place },
          image: { 'docker-manifest-digest': digest },
          type: 'cosign container image signature',
        },
        optional: null,
      },
    };
  if (kind === 'provenance')
    return {
      mediaType: 'application/vnd.dsse.envelope.v1+json',
      annotations: { predicateType },
      body: {
        payloadType: 'application/vnd.in-toto+json',
        payload: base64(
          JSON.stringify({
            _type: 'https://in-toto.io/Statement/v0.1',
            predicateType,
            subject,
            predicate: { buildType: 'tekton.dev/v1/PipelineRun', invocation: { parameters: { sample: recipe.title } } },
          }),
        ),
        signatures: [{ keyid: 'sample', sig: base64(`sample attestation of ${digest}`) }],
      },
    };
  return {
    mediaType: 'text/spdx+json',
    annotations: {},
    body: { spdxVersion: 'SPDX-2.3', name: `sample ${recipe.title}`, SPDXID: 'SPDXRef-DOCUMENT', packages: [] },
  };
}
