import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Sink } from '#sources/body.ts';
import type { Content } from '#sources/content.ts';
import { SourceError } from '#sources/error.ts';
import type { Answer, Ask, Http } from '#sources/http.ts';
import { digestOf, parseJson, readJson, unexpected } from '#sources/read.ts';
import { isLoopback } from '#sources/redirect.ts';
import type { Arch, SourceId } from '#status/model.ts';
import { Digest } from '#status/scalars.ts';

/** The OCI distribution API: what a tag points at, and what a digest contains. */

const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST_TYPES = [
  INDEX,
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');
const MANIFEST_BYTES = 4 << 20;
const CONFIG_BYTES = 2 << 20;
const TOKEN_BYTES = 64 << 10;
const MAX_PAGES = 50;

/** OCI's names of the architectures that Fedora builds for. */
export const OCI_ARCH: Readonly<Record<string, Arch>> = {
  amd64: 'x86_64',
  arm64: 'aarch64',
  ppc64le: 'ppc64le',
  s390x: 's390x',
};

const Descriptor = z.object({ digest: Digest, size: z.int().min(0) });
const WireManifest = z.object({
  config: Descriptor.optional(),
  layers: z.array(Descriptor.extend({ mediaType: z.string().optional() })).optional(),
  annotations: z.record(z.string(), z.string()).nullish(),
  manifests: z
    .array(Descriptor.extend({ platform: z.object({ architecture: z.string(), os: z.string() }).optional() }))
    .optional(),
});
export type Manifest = z.infer<typeof WireManifest>;

const WireConfig = z.object({
  created: z.string().nullish(),
  architecture: z.string().optional(),
  os: z.string().optional(),
  config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
});
export type Config = z.infer<typeof WireConfig>;

const Annotations = z.record(z.string(), z.string()).nullish();
const WirePiece = Descriptor.extend({ mediaType: z.string(), annotations: Annotations });
export type Piece = z.infer<typeof WirePiece>;

const WireArtifact = z.object({ layers: z.array(WirePiece).max(100), annotations: Annotations });
export type Artifact = z.infer<typeof WireArtifact>;

const WireReferrers = z.object({
  manifests: z.array(Descriptor.extend({ artifactType: z.string().nullish(), annotations: Annotations })).max(500),
});
export type Referrer = z.infer<typeof WireReferrers>['manifests'][number];

export interface Stream {
  maxBytes: number;
  /** How long it may take. */
  bodyMs: number;
  /** Called anew for every try; nothing that it was given counts before `stream` has resolved. */
  sink: () => Sink;
}

export interface Oci {
  /** What a tag points at; null when the registry says 404, whatever that means. */
  find(repository: string, tag: string): Promise<string | null>;
  /** What a tag points at; null when the repository is readable and has no such tag. */
  resolve(repository: string, tag: string): Promise<string | null>;
  manifest(repository: string, digest: string): Promise<Manifest>;
  config(repository: string, digest: string): Promise<Config>;
  /** The manifest of something that is not an image, with the pieces it is made of. */
  artifact(repository: string, digest: string): Promise<Artifact>;
  /** The bytes of a piece; a SourceError before anything is asked when it says that it is larger. */
  blob(repository: string, piece: Piece, maxBytes: number): Promise<Uint8Array>;
  /** Pours a blob, verified by its digest, into a sink and keeps nothing; a SourceError where it is something else. */
  stream(repository: string, digest: string, options: Stream): Promise<void>;
  /** What says that it belongs to a digest. */
  referrers(repository: string, digest: string): Promise<Referrer[]>;
  tags(repository: string): Promise<string[]>;
}

/** A client of one registry; content is kept by digest and verified whenever it is read. */
export function oci(http: Http, registry: string, content: Content, source: SourceId = 'oci'): Oci {
  const tokens = new Map<string, Promise<string>>();

  async function get(repository: string, path: string, ask: Partial<Ask> & { maxBytes: number }): Promise<Answer> {
    const url = new URL(path, `${registry}/v2/${repository}/`).href;
    const options: Ask = { source, pace: 'registry', ...ask };
    const token = tokens.get(repository);
    const answer = await http.ask(url, { ...options, ...(token ? { authorization: await token } : {}) });
    const challenge = answer.headers.get('www-authenticate');
    if (answer.status !== 401 || !challenge) return answer;
    // A token that was refused is asked for anew once; asking for the same again would not help.
    tokens.set(repository, authorize(challenge, repository));
    const authorization = await tokens.get(repository)?.catch((error: unknown) => {
      tokens.delete(repository);
      if (error instanceof SourceError && error.kind === 'denied') return undefined;
      throw error;
    });
    return authorization ? http.ask(url, { ...options, authorization }) : answer;
  }

  async function authorize(challenge: string, repository: string): Promise<string> {
    const fields = new Map([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
    const realm = fields.get('realm') ?? '';
    const home = new URL(registry);
    if (!/^bearer /i.test(challenge) || !URL.canParse(realm))
      throw new SourceError(source, 'unreadable', `${registry} asks for a token in a way that we do not know`);
    const url = new URL(realm);
    if (url.username || url.password || url.host !== home.host || (url.protocol !== 'https:' && !isLoopback(url)))
      throw new SourceError(source, 'redirect', `${registry} sends us to ${url.origin} for a token`);
    url.searchParams.set('service', fields.get('service') ?? home.host);
    url.searchParams.set('scope', `repository:${repository}:pull`);
    const answer = await http.ask(url.href, { source, pace: 'free', maxBytes: TOKEN_BYTES });
    const Token = z.object({ token: z.string().optional(), access_token: z.string().optional() });
    const body = readJson(answer, source, Token);
    const token = body.token ?? body.access_token;
    if (!token) throw new SourceError(source, 'unreadable', `${url.origin} gave no token`);
    return `Bearer ${token}`;
  }

  async function find(repository: string, tag: string): Promise<string | null> {
    const ask = { pace: 'manifests', accept: MANIFEST_TYPES, maxBytes: MANIFEST_BYTES } as const;
    const answer = await get(repository, `manifests/${tag}`, { ...ask, method: 'HEAD' });
    if (answer.status === 404) return null;
    if (answer.status !== 200) throw unexpected(answer, source);
    const named = Digest.safeParse(answer.headers.get('docker-content-digest'));
    if (named.success) return named.data;
    return digestOf((await get(repository, `manifests/${tag}`, ask)).bytes);
  }

  async function resolve(repository: string, tag: string): Promise<string | null> {
    const digest = await find(repository, tag);
    return digest === null && (await tags(repository)).includes(tag) ? missingManifest(repository, tag) : digest;
  }

  function missingManifest(repository: string, tag: string): never {
    throw new SourceError(source, 'not-found', `${registry}/${repository} lists ${tag} and does not have its manifest`);
  }

  async function bytes(repository: string, digest: string, path: string, ask: Partial<Ask> & { maxBytes: number }) {
    const kept = await content.read(digest);
    if (kept) return kept;
    const answer = await get(repository, `${path}/${digest}`, ask);
    if (answer.status !== 200) throw unexpected(answer, source);
    if (digestOf(answer.bytes) !== digest)
      throw new SourceError(source, 'digest', `${registry}/${repository}@${digest} answered ${digestOf(answer.bytes)}`);
    await content.write(digest, answer.bytes);
    return answer.bytes;
  }

  async function read<T extends z.ZodType>(repository: string, digest: string, schema: T): Promise<z.infer<T>> {
    const ask = { pace: 'manifests', accept: MANIFEST_TYPES, maxBytes: MANIFEST_BYTES } as const;
    return parseJson(await bytes(repository, digest, 'manifests', ask), source, schema, `${repository}@${digest}`);
  }

  async function blob(repository: string, { digest, size }: Piece, maxBytes: number): Promise<Uint8Array> {
    if (size > maxBytes)
      throw new SourceError(source, 'too-large', `${repository}@${digest} has ${size} bytes, over ${maxBytes}`);
    return bytes(repository, digest, 'blobs', { pace: 'blobs', accept: '*/*', maxBytes });
  }

  async function stream(repository: string, digest: string, { sink, ...limits }: Stream): Promise<void> {
    const hashed = (): Sink => {
      const inner = sink();
      const hash = createHash('sha256');
      return {
        write(part) {
          hash.update(part);
          return inner.write(part);
        },
        async end() {
          const got = `sha256:${hash.digest('hex')}`;
          if (got !== digest)
            throw new SourceError(source, 'digest', `${registry}/${repository}@${digest} answered ${got}`);
          await inner.end();
        },
      };
    };
    const answer = await get(repository, `blobs/${digest}`, { pace: 'blobs', accept: '*/*', ...limits, sink: hashed });
    if (answer.status !== 200) throw unexpected(answer, source);
  }

  async function referrers(repository: string, digest: string): Promise<Referrer[]> {
    const answer = await get(repository, `referrers/${digest}`, { accept: INDEX, maxBytes: MANIFEST_BYTES });
    // Quay says 400 of a digest that it does not hold as a manifest of its own.
    if (answer.status === 400) return [];
    if (answer.status !== 404) return readJson(answer, source, WireReferrers).manifests;
    // A registry without the API keeps the list under a tag.
    const list = await find(repository, digest.replace(':', '-'));
    return list ? (await read(repository, list, WireReferrers)).manifests : [];
  }

  const manifest = (repository: string, digest: string) => read(repository, digest, WireManifest);
  const artifact = (repository: string, digest: string) => read(repository, digest, WireArtifact);

  async function config(repository: string, digest: string): Promise<Config> {
    const ask = { pace: 'blobs', accept: '*/*', maxBytes: CONFIG_BYTES } as const;
    return parseJson(await bytes(repository, digest, 'blobs', ask), source, WireConfig, `${repository}@${digest}`);
  }

  async function tags(repository: string): Promise<string[]> {
    const TagList = z.object({ tags: z.array(z.string()).nullable() });
    const found: string[] = [];
    let path = 'tags/list?n=100';
    for (let page = 1; page <= MAX_PAGES; page++) {
      const answer = await get(repository, path, { pace: 'tags', maxBytes: MANIFEST_BYTES });
      found.push(...(readJson(answer, source, TagList).tags ?? []));
      const next = /<([^>]+)>;\s*rel="?next"?/.exec(answer.headers.get('link') ?? '')?.[1];
      if (!next) return found;
      const url = URL.canParse(next, answer.url) ? new URL(next, answer.url) : null;
      if (url?.origin !== new URL(registry).origin)
        throw new SourceError(
          source,
          'redirect',
          `the tags of ${repository} continue at ${url?.origin ?? 'no address'}`,
        );
      path = url.href;
    }
    throw new SourceError(source, 'endless', `the tags of ${repository} have over ${MAX_PAGES} pages`);
  }

  return { find, resolve, manifest, config, artifact, blob, stream, referrers, tags };
}
