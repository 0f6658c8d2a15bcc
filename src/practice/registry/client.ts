import type { CommandIo } from '#practice/command.ts';
import { loginTo } from './login.ts';
import { nameOf, type Reference } from './reference.ts';

/** The OCI distribution protocol as Go's image library speaks it; what it throws has the words of that library. */

export interface Manifest {
  text: string;
  bytes: Uint8Array<ArrayBuffer>;
  digest: string;
  mediaType: string;
  /** Empty for one image. */
  children: readonly Child[];
  /** Null for an index. */
  config: Blob | null;
  layers: readonly Blob[];
}

export interface Blob {
  digest: string;
  mediaType: string;
  size: number;
}

export interface Child extends Blob {
  architecture: string;
  os: string;
}

export interface Repository {
  manifest: (which: string) => Promise<Manifest>;
  tags: () => Promise<string[]>;
  readBlob: (digest: string) => Promise<Uint8Array<ArrayBuffer>>;
  hasBlob: (digest: string) => Promise<boolean>;
  writeBlob: (digest: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  writeManifest: (which: string, manifest: Manifest) => Promise<void>;
  removeManifest: (digest: string) => Promise<void>;
}

interface Options {
  /** What is asked of the registry: `pull`, `pull,push` or `*`. */
  actions: string;
  isAnonymous?: boolean;
}

const INDEX = 'application/vnd.oci.image.index.v1+json';
const LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const ACCEPT = [MANIFEST, 'application/vnd.docker.distribution.manifest.v2+json', LIST, INDEX].join(', ');
/** What docker.io answers under. */
const ENDPOINTS: Readonly<Record<string, string>> = { 'docker.io': 'registry-1.docker.io' };

type Send = (path: string, init?: RequestInit) => Promise<Response>;

/** A repository of a registry; nothing is asked before it is used. */
export function repositoryOf(io: CommandIo, reference: Reference, options: Options): Repository {
  const { host, name } = reference;
  const base = `/v2/${name}`;
  let sender: Promise<Send> | undefined;
  const send: Send = async (path, init) => {
    sender ??= senderTo(io, reference, options);
    return (await sender)(path, init);
  };
  return {
    async manifest(which) {
      const answer = await send(`${base}/manifests/${which}`, { headers: { accept: ACCEPT } });
      if (!answer.ok) throw new Error(`reading manifest ${which} in ${nameOf(reference)}: ${await faultOf(answer)}`);
      return manifestOf(new Uint8Array(await answer.arrayBuffer()), answer.headers.get('content-type') ?? '');
    },
    async tags() {
      const tags: string[] = [];
      let path: string | null = `${base}/tags/list`;
      while (path !== null) {
        const answer = await send(path);
        if (answer.status === 401)
          throw new Error(`unable to retrieve auth token: invalid username/password: ${await faultOf(answer)}`);
        if (!answer.ok) throw new Error(`fetching tags list: ${statusOf(answer)}`);
        const { tags: page = [] }: { tags?: string[] } = await answer.json();
        tags.push(...page);
        const next = /<([^>]+)>; *rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
        path = next === undefined ? null : next.replace(/^https:\/\/[^/]+/, '');
      }
      return tags;
    },
    async readBlob(digest) {
      const answer = await send(`${base}/blobs/${digest}`);
      if (!answer.ok) throw new Error(`reading blob ${digest}: fetching blob: ${statusOf(answer)}`);
      return new Uint8Array(await answer.arrayBuffer());
    },
    hasBlob: async (digest) => (await send(`${base}/blobs/${digest}`, { method: 'HEAD' })).ok,
    async writeBlob(digest, body) {
      const begun = await send(`${base}/blobs/uploads/`, { method: 'POST' });
      if (begun.status !== 202)
        throw new Error(`initiating layer upload to ${base}/blobs/uploads/ in ${host}: ${await faultOf(begun)}`);
      const place = new URL(begun.headers.get('location') ?? '', `https://${host}`);
      place.searchParams.set('digest', digest);
      const type = { 'content-type': 'application/octet-stream' };
      const ended = await send(`${place.pathname}${place.search}`, { method: 'PUT', body, headers: type });
      if (ended.status !== 201) throw new Error(`uploading layer to ${place}: ${await faultOf(ended)}`);
    },
    async writeManifest(which, { bytes, mediaType }) {
      const headers = { 'content-type': mediaType };
      const answer = await send(`${base}/manifests/${which}`, { method: 'PUT', body: bytes, headers });
      if (!answer.ok) throw new Error(`uploading manifest ${which} to ${nameOf(reference)}: ${await faultOf(answer)}`);
    },
    async removeManifest(digest) {
      const path = `${base}/manifests/${digest}`;
      const answer = await send(path, { method: 'DELETE' });
      if (answer.status !== 202)
        throw new Error(`Failed to delete ${path}: ${await answer.text()} (${titleOf(answer)})`);
    },
  };
}

/** Asks the registry how it wants to be asked, and takes a token where it gives one. */
async function senderTo(io: CommandIo, { host, name }: Reference, { actions, isAnonymous }: Options): Promise<Send> {
  const base = `https://${ENDPOINTS[host] ?? host}`;
  const ping = await io.fetch(`${base}/v2/`).catch(() => {
    const asked = base.slice('https://'.length);
    throw new Error(`pinging container registry ${asked}: Get "${base}/v2/": dial tcp: lookup ${asked}: no such host`);
  });
  const [, realm, service = ''] =
    /^Bearer realm="([^"]+)"(?:,service="([^"]*)")?/.exec(ping.headers.get('www-authenticate') ?? '') ?? [];
  if (realm === undefined) return (path, init) => io.fetch(`${base}${path}`, init);
  const login = isAnonymous ? null : await loginTo(io, host);
  const query = new URLSearchParams({ scope: `repository:${name}:${actions}`, service });
  const headers: Record<string, string> = login ? { authorization: `Basic ${login.auth}` } : {};
  const answer = await io.fetch(`${realm}?${query}`, { headers });
  if (!answer.ok) throw new Error(`unable to retrieve auth token: invalid username/password: ${await faultOf(answer)}`);
  const { token }: { token: string } = await answer.json();
  const authorization = `Bearer ${token}`;
  return (path, init) => io.fetch(`${base}${path}`, { ...init, headers: { ...init?.headers, authorization } });
}

const TITLES: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};
const titleOf = ({ status }: Response): string => `${status} ${TITLES[status] ?? ''}`.trim();
const statusOf = (answer: Response): string =>
  `invalid status code from registry ${answer.status} (${TITLES[answer.status] ?? ''})`;

/** What a registry says of a fault: its code in words, and its message. */
async function faultOf(answer: Response): Promise<string> {
  try {
    const { errors }: { errors: { code: string; message: string }[] } = JSON.parse(await answer.text());
    const [{ code, message }] = [errors[0] ?? { code: '', message: '' }];
    return `${WORDS[code] ?? 'unknown'}: ${message}`;
  } catch {
    return statusOf(answer);
  }
}

/** Codes that the library knows; TAG_EXPIRED is Quay's own. */
const WORDS: Readonly<Record<string, string>> = {
  UNAUTHORIZED: 'unauthorized',
  DENIED: 'denied',
  MANIFEST_UNKNOWN: 'manifest unknown',
  MANIFEST_INVALID: 'manifest invalid',
  NAME_UNKNOWN: 'name unknown',
  TAG_INVALID: 'tag invalid',
};

interface Wire {
  mediaType?: string;
  manifests?: (Blob & { platform?: { architecture?: string; os?: string } })[];
  config?: Blob;
  layers?: Blob[];
}

/** Reads the bytes of a manifest. */
export async function manifestOf(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Manifest> {
  const text = new TextDecoder().decode(bytes);
  const wire: Wire = JSON.parse(text);
  return {
    text,
    bytes,
    digest: await digestOf(bytes),
    mediaType: type || wire.mediaType || MANIFEST,
    children: (wire.manifests ?? []).map(({ platform, ...blob }) => ({
      ...blob,
      architecture: platform?.architecture ?? '',
      os: platform?.os ?? '',
    })),
    config: wire.config ?? null,
    layers: wire.layers ?? [],
  };
}

export async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `sha256:${[...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** The image of an index for a machine; throws where there is none. */
export function chosen({ children, mediaType }: Manifest, architecture: string, os: string): Child {
  const child = children.find((one) => one.architecture === architecture && one.os === os);
  const kind = mediaType === LIST ? 'manifest list' : 'image index';
  if (!child) throw new Error(`no image found in ${kind} for architecture ${architecture}, variant "", OS ${os}`);
  return child;
}
