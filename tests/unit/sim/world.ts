import { type Handler, type Options, simulate } from '#sim/index.ts';
import { World } from '#world/model.ts';

/** Small worlds for the tests of the simulator. */

type Input = Record<string, unknown>;

export const NOW = '2026-11-20T14:07:00Z';
export const NOW_MS = Date.parse(NOW);
export const HOUR_MS = 3_600_000;
export const INDEX = 'application/vnd.oci.image.index.v1+json';
export const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const API = 'https://quay.io/api/v1';
export const REPOSITORY = 'fedora/fedora-bootc';
export const V2 = `https://quay.io/v2/${REPOSITORY}`;

/** A world of these repositories, and whatever else is given. */
export function worldOf(repositories: Input[], more: Input = {}): World {
  const target = {
    channel: 'production',
    variant: 'standard',
    release: '45',
    repository: REPOSITORY,
    tag: '45',
    arches: ['x86_64'],
    cadence: { expect: '24h', fresh: '36h', stale: '72h' },
  };
  const watch = { schema: 1, services: { quay: { registry: 'https://quay.io' } }, targets: [target] };
  return World.parse({ schema: 1, id: 'test', title: 'Test', now: NOW, watch, repositories, ...more });
}

/** A world with one repository that has one tag, `45`. */
export function worldWith(pushes: unknown, repository: Input = {}, more: Input = {}): World {
  return worldOf([{ repository: REPOSITORY, tags: { '45': pushes }, ...repository }], more);
}

export interface Asked<T> {
  status: number;
  headers: Headers;
  text: string;
  /** The JSON of the answer; null when it is none. */
  body: T;
}

/** One request to a world. */
export async function ask<T>(
  world: World | Handler,
  address: string,
  headers: Record<string, string> = {},
  options: Options = {},
): Promise<Asked<T>> {
  const handler = typeof world === 'function' ? world : simulate(world, options);
  const answer = await handler(new Request(address, { headers }));
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: parsed(text) as T };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export interface WireTag {
  name: string;
  manifest_digest: string;
  start_ts: number;
  end_ts?: number;
  size: number | null;
  is_manifest_list: boolean;
  last_modified: string;
  expiration?: string;
  reversion: boolean;
  is_sparse?: boolean;
  child_manifest_count?: number;
  present_child_count?: number;
  child_manifests_presence?: Record<string, boolean>;
}
export interface TagPage {
  tags: WireTag[];
  page: number;
  has_additional: boolean;
}
export interface RepositoryPage {
  repositories: { namespace: string; name: string; last_modified: number | null }[];
  next_page?: string;
}
export interface Index {
  manifests: { digest: string; size: number; platform: { architecture: string; os: string } }[];
}
export interface Plain {
  config: { digest: string };
  layers: { digest: string; size: number; mediaType: string }[];
}

/** The tag list of the one repository. */
export async function tagsOf(world: World, query = '', options: Options = {}): Promise<TagPage> {
  return (await ask<TagPage>(world, `${API}/repository/${REPOSITORY}/tag/${query}`, {}, options)).body;
}

/** `sha256:…` of a text. */
export async function hash(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return `sha256:${Buffer.from(bytes).toString('hex')}`;
}
