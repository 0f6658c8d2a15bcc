import type { Reference } from './reference.ts';

/** What the doubles read from an OCI registry. */

export interface Manifest {
  digest: string;
  body: Uint8Array;
  mediaType: string;
  config: { digest: string; mediaType: string } | null;
  layers: { mediaType: string; digest: string; annotations: Record<string, string> }[];
  children: { digest: string; platform: string; artifactType: string }[];
}

const ACCEPT = [
  ...['index.v1', 'manifest.v1'].map((name) => `application/vnd.oci.image.${name}+json`),
  ...['manifest.list', 'manifest'].map((name) => `application/vnd.docker.distribution.${name}.v2+json`),
].join(', ');

type Fields = Record<string, unknown>;

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? { ...value } : {});
const rows = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fields) : []);
const word = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A manifest of a repository by tag or digest; null where there is none. */
export async function readManifest(
  ask: typeof fetch,
  { host, name }: Reference,
  which: string,
): Promise<Manifest | null> {
  const answer = await ask(`https://${host}/v2/${name}/manifests/${which}`, { headers: { accept: ACCEPT } });
  if (answer.status === 404) return null;
  if (!answer.ok)
    throw new Error(`GET https://${host}/v2/${name}/manifests/${which}: ${answer.status} ${answer.statusText}`);
  const body = new Uint8Array(await answer.arrayBuffer());
  const given = fields(JSON.parse(new TextDecoder().decode(body)));
  const config = fields(given['config']);
  return {
    digest: await digestOf(body),
    body,
    mediaType: answer.headers.get('content-type') ?? '',
    config: word(config['digest']) ? { digest: word(config['digest']), mediaType: word(config['mediaType']) } : null,
    layers: rows(given['layers']).map((layer) => ({
      mediaType: word(layer['mediaType']),
      digest: word(layer['digest']),
      annotations: Object.fromEntries(
        Object.entries(fields(layer['annotations'])).map(([key, text]) => [key, word(text)]),
      ),
    })),
    children: rows(given['manifests']).map((child) => {
      const { os, architecture } = fields(child['platform']);
      return {
        digest: word(child['digest']),
        platform: `${word(os)}/${word(architecture)}`,
        artifactType: word(child['artifactType']),
      };
    }),
  };
}

/** A blob of a repository; throws where there is none. */
export async function readBlob(ask: typeof fetch, { host, name }: Reference, digest: string): Promise<Uint8Array> {
  const answer = await ask(`https://${host}/v2/${name}/blobs/${digest}`);
  if (!answer.ok)
    throw new Error(`GET https://${host}/v2/${name}/blobs/${digest}: ${answer.status} ${answer.statusText}`);
  return new Uint8Array(await answer.arrayBuffer());
}

export async function digestOf(bytes: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
  return `sha256:${[...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** The digest that a reference means; throws where there is no such image. */
export async function resolve(ask: typeof fetch, reference: Reference): Promise<string> {
  if (reference.digest) return reference.digest;
  const found = await readManifest(ask, reference, reference.tag ?? 'latest');
  if (!found)
    throw new Error(`GET https://${reference.host}/v2/${reference.name}/manifests/${reference.tag}: MANIFEST_UNKNOWN`);
  return found.digest;
}
