import type { z } from 'zod';
import { SourceError } from '#sources/error.ts';
import type { Answer, Ask, Http } from '#sources/http.ts';
import { readJson } from '#sources/read.ts';
import type { SourceId } from '#status/model.ts';
import { KINDS, type Kind, type Listed, Page } from './objects.ts';

/** The Kubernetes API and the KubeArchive API, which answers at the same paths: lists, single objects, logs. */

export interface Query {
  labelSelector?: string;
  /** RFC 3339; KubeArchive only. */
  creationTimestampAfter?: string;
}

export interface Listing<T> {
  items: T[];
  /** What one of those said that could not be read; null where all could. */
  unread: string | null;
}

export interface Cluster {
  source: SourceId;
  /** Every object of the kind in the namespace. Throws a SourceError. */
  list<T extends z.ZodType<Listed>>(
    namespace: string,
    kind: Kind,
    schema: T,
    query?: Query,
  ): Promise<Listing<z.infer<T>>>;
  /** One object by its path below the origin; null where there is none. Throws a SourceError. */
  get<T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T> | null>;
  /** The last lines of what a container has printed; null where nobody remembers it. Throws a SourceError. */
  log(namespace: string, pod: string, container: string): Promise<string | null>;
}

const PAGE_ITEMS = 100;
const PAGE_BYTES = 48 << 20;
const LIST_BYTES = 512 << 20;
const LOG_BYTES = 1 << 20;
const LOG_LINES = 60;
const PAGES = 200;
const GONE = 410;

/** A client of one of the two; the token goes to this origin and nowhere else. */
export function cluster(http: Http, source: 'konflux' | 'kubearchive', api: string, token: string): Cluster {
  const options: Ask = { source, pace: 'api', maxBytes: PAGE_BYTES, authorization: `Bearer ${token}` };
  let expired: SourceError | null = null;

  async function ask(path: string, more: Partial<Ask> = {}): Promise<Answer> {
    // What was refused once is not offered again.
    if (expired) throw expired;
    const answer = await http.ask(`${api}/${path}`, { ...options, ...more });
    const { pathname, host } = new URL(answer.url);
    if (answer.status === 401) {
      expired = new SourceError(source, 'token', `${host} answered 401`, { status: 401 });
      throw expired;
    }
    if (answer.status === 403) throw new SourceError(source, 'forbidden', `${pathname} answered 403`, { status: 403 });
    return answer;
  }

  async function list<T extends z.ZodType<Listed>>(
    namespace: string,
    kind: Kind,
    schema: T,
    query: Query = {},
  ): Promise<Listing<z.infer<T>>> {
    const path = pathOf(namespace, kind);
    try {
      return await pages(path, schema, query);
    } catch (error) {
      // A list that was begun too long ago is begun anew, once.
      if (!(error instanceof SourceError) || error.status !== GONE) throw error;
      return pages(path, schema, query);
    }
  }

  async function pages<T extends z.ZodType<Listed>>(
    path: string,
    schema: T,
    query: Query,
  ): Promise<Listing<z.infer<T>>> {
    const items: z.infer<T>[] = [];
    const seen = new Set<string>();
    let unread: string | null = null;
    let bytes = 0;
    for (let next: string | null = ''; next !== null; ) {
      const search: URLSearchParams = new URLSearchParams({ limit: String(PAGE_ITEMS), ...query });
      if (next) search.set('continue', next);
      const answer: Answer = await ask(`${path}?${search}`);
      bytes += answer.bytes.length;
      const page: z.infer<typeof Page> = readJson(answer, source, Page);
      for (const item of page.items ?? []) {
        const parsed = schema.safeParse(item);
        if (parsed.success) items.push(parsed.data);
        else unread ??= `${path}: ${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`;
      }
      next = page.metadata?.continue || null;
      if (next !== null && (seen.has(next) || seen.size >= PAGES))
        throw new SourceError(source, 'endless', `the list at ${path} does not end`);
      if (next !== null && bytes > LIST_BYTES)
        throw new SourceError(source, 'too-large', `the list at ${path} is larger than ${LIST_BYTES} bytes`);
      if (next !== null) seen.add(next);
    }
    return { items, unread };
  }

  async function get<T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T> | null> {
    const answer = await ask(path);
    return answer.status === 404 ? null : readJson(answer, source, schema);
  }

  async function log(namespace: string, pod: string, container: string): Promise<string | null> {
    const search = new URLSearchParams({ container, tailLines: String(LOG_LINES) });
    const path = `${pathOf(namespace, 'pods')}/${encodeURIComponent(pod)}/log?${search}`;
    const { status, bytes } = await ask(path, { maxBytes: LOG_BYTES, accept: 'text/plain, */*' });
    return status === 200 ? new TextDecoder().decode(bytes) : null;
  }

  return { source, list, get, log };
}

/** The path of a kind's objects in a namespace. */
export function pathOf(namespace: string, kind: Kind): string {
  return `${KINDS[kind]}/namespaces/${encodeURIComponent(namespace)}/${kind}`;
}
