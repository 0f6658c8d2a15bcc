import { gzipSync } from 'node:zlib';
import type { Fetch } from '#sources/http.ts';
import { sha256 } from './beside.ts';
import { tar } from './tar.ts';

/** Tekton bundles made by hand, as right or as wrong as a test wants them. */

export interface Held {
  kind?: string;
  name?: string;
  /** YAML or JSON; packed as a tar with this one file. */
  text?: string;
  /** In the place of `text`: the bytes of the layer as they are. */
  layer?: Buffer;
  /** What the manifest claims instead of the size of the layer. */
  size?: number;
  /** In the place of those that `kind` and `name` make. */
  annotations?: Record<string, string>;
}

export interface MadeBundle {
  digest: string;
  manifest: Buffer;
  blobs: ReadonlyMap<string, Buffer>;
}

const TEKTON = 'dev.tekton.image';
const CONFIG = Buffer.from('{}');
const OCI = 'application/vnd.oci.image';

/** A layer as Tekton makes it. */
export const packed = (name: string, text: string): Buffer => gzipSync(tar([{ path: name, body: text }]));

/** A bundle with one layer for each object. */
export function bundleOf(...objects: readonly Held[]): MadeBundle {
  const blobs = new Map<string, Buffer>([[sha256(CONFIG), CONFIG]]);
  const layers = objects.map(({ kind = 'task', name = 'one', text = '', layer, size, annotations }) => {
    const bytes = layer ?? packed(name, text);
    blobs.set(sha256(bytes), bytes);
    const said = { [`${TEKTON}.kind`]: kind, [`${TEKTON}.name`]: name, [`${TEKTON}.apiVersion`]: 'v1' };
    return {
      ...{ mediaType: `${OCI}.layer.v1.tar+gzip`, digest: sha256(bytes), size: size ?? bytes.length },
      annotations: annotations ?? said,
    };
  });
  const config = { mediaType: `${OCI}.config.v1+json`, digest: sha256(CONFIG), size: CONFIG.length };
  const mediaType = `${OCI}.manifest.v1+json`;
  const manifest = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, config, layers }));
  return { digest: sha256(manifest), manifest, blobs };
}

/** A registry that holds these bundles by `repository:tag`, on whatever host it is asked; anything else is not there. */
export function bundleRegistry(bundles: Readonly<Record<string, MadeBundle>>): Fetch {
  const all = Object.values(bundles);
  return async ({ url, method }) => {
    const [, repository = '', what = '', at = ''] =
      /^\/v2\/(.+)\/(manifests|blobs)\/([^/]+)$/.exec(new URL(url).pathname) ?? [];
    const tagged = bundles[`${repository}:${at}`];
    const one = tagged ?? all.find(({ digest }) => digest === at);
    const bytes = what === 'manifests' ? one?.manifest : all.flatMap(({ blobs }) => blobs.get(at) ?? [])[0];
    if (!bytes) return new Response('{"errors":[]}', { status: 404 });
    const headers = { 'docker-content-digest': one?.digest ?? at, 'content-length': String(bytes.length) };
    return new Response(method === 'HEAD' ? null : new Uint8Array(bytes), { headers });
  };
}
