import { blob, json } from '#sim/bytes.ts';
import { gzipOf } from './gzip.ts';
import type { Image } from './image.ts';
import { MANIFEST } from './media.ts';
import { tarOf } from './tar.ts';

/** Tekton bundles: a manifest with one layer, a tar with one file, which holds one Pipeline or Task. */

const TEKTON = 'dev.tekton.image';

/** The bundle of a text. */
export async function bundleOf(text: string): Promise<Image> {
  const { name, kind, apiVersion } = headOf(text);
  const archive = tarOf(name, new TextEncoder().encode(text));
  const unpacked = await blob('', archive);
  const layer = await blob('application/vnd.oci.image.layer.v1.tar+gzip', gzipOf(archive));
  const config = await json('application/vnd.oci.image.config.v1+json', {
    architecture: '',
    os: '',
    config: {},
    rootfs: { type: 'layers', diff_ids: [unpacked.digest] },
  });
  const { mediaType, digest, size } = layer;
  const annotations = {
    [`${TEKTON}.name`]: name,
    [`${TEKTON}.kind`]: kind.toLowerCase(),
    [`${TEKTON}.apiVersion`]: apiVersion.replace(/^.*\//, ''),
  };
  const manifest = await json(MANIFEST, {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: { mediaType: config.mediaType, digest: config.digest, size: config.bytes.length },
    layers: [{ mediaType, digest, size, annotations }],
  });
  return {
    digest: manifest.digest,
    isIndex: false,
    size,
    children: [],
    manifests: [manifest],
    blobs: [{ ...config, size: config.bytes.length }, layer],
  };
}

/** What stands at the head of the text; read as lines, so that a text may be as broken as it likes. */
function headOf(text: string) {
  const found = (pattern: RegExp) => pattern.exec(text)?.[1] ?? 'sample';
  return {
    apiVersion: found(/^apiVersion: *(\S+)/m),
    kind: found(/^kind: *(\S+)/m),
    name: found(/^metadata:\n(?: +.*\n)*? {2}name: *(\S+)/m).slice(0, 90),
  };
}
