import { z } from 'zod';
import { SourceError } from '#sources/error.ts';
import type { Http } from '#sources/http.ts';
import { readJson } from '#sources/read.ts';
import { Digest } from '#status/scalars.ts';

/** Quay's REST API v1: what changed, what a tag points at, and what it pointed at before. */

const MAX_BYTES = 5 << 20;
const MAX_PAGES = 50;
const PAGE = 100;

const RepositoryPage = z.object({
  repositories: z.array(z.object({ namespace: z.string(), name: z.string(), last_modified: z.int().nullish() })),
  next_page: z.string().nullish(),
});

const WireTag = z.object({
  name: z.string().max(200),
  manifest_digest: Digest,
  start_ts: z.int(),
  end_ts: z.int().nullish(),
  is_sparse: z.boolean().nullish(),
  child_manifests_presence: z.record(z.string(), z.boolean()).nullish(),
});
export type QuayTag = z.infer<typeof WireTag>;

const TagPage = z.object({ tags: z.array(WireTag), has_additional: z.boolean() });

export interface WantedTag {
  name: string;
  since: number | null;
}

export interface TagRows {
  rows: QuayTag[];
  /** Whether these are all rows of the repository. */
  isWhole: boolean;
}

export interface Quay {
  /** Public repositories of a namespace with the start of their newest tag, unix seconds. */
  namespace(name: string): Promise<Map<string, number | null>>;
  /** Rows of the tag list, alive and dead, newest first: all of each wanted tag since `since` (unix seconds, or ever). */
  tags(repository: string, wanted: readonly WantedTag[]): Promise<TagRows>;
  /** Names of cosign's tags for a digest: signature, attestation, SBOM. */
  attachments(repository: string, digest: string): Promise<QuayTag[]>;
}

/** Whether a row stands at this moment; an end in the future is an expiry to come. */
export function isAlive(tag: QuayTag, nowMs: number): boolean {
  return !tag.end_ts || tag.end_ts * 1_000 > nowMs;
}

const rowKey = ({ name, start_ts, manifest_digest }: QuayTag): string => `${name} ${start_ts} ${manifest_digest}`;

/** A client of the API at `api`; the token goes to that origin only. */
export function quay(http: Http, api: string, options: { token?: string | undefined; now: () => number }): Quay {
  const authorization = options.token ? `Bearer ${options.token}` : undefined;
  const get = async <T extends z.ZodType>(path: string, query: Record<string, string>, schema: T) => {
    const url = `${api}/${path}?${new URLSearchParams(query)}`;
    const answer = await http.ask(url, { source: 'quay', pace: 'api', maxBytes: MAX_BYTES, authorization });
    return readJson(answer, 'quay', schema);
  };

  async function namespace(name: string): Promise<Map<string, number | null>> {
    const found = new Map<string, number | null>();
    let next: string | null = null;
    for (let page = 1; page <= MAX_PAGES; page++) {
      const query = { namespace: name, public: 'true', last_modified: 'true', ...(next ? { next_page: next } : {}) };
      const answer: z.infer<typeof RepositoryPage> = await get('repository', query, RepositoryPage);
      const before = found.size;
      for (const one of answer.repositories) found.set(`${one.namespace}/${one.name}`, one.last_modified ?? null);
      next = answer.next_page ?? null;
      if (!next) return found;
      // An undecodable page token silently means the first page.
      if (found.size === before) break;
    }
    throw new SourceError('quay', 'endless', `the list of ${name} repeats itself or has over ${MAX_PAGES} pages`);
  }

  async function pages(repository: string, query: Record<string, string>, isEnough: (rows: QuayTag[]) => boolean) {
    const rows = new Map<string, QuayTag>();
    for (let page = 1; page <= MAX_PAGES; page++) {
      const answer = await get(
        `repository/${repository}/tag/`,
        { limit: String(PAGE), page: String(page), ...query },
        TagPage,
      );
      const before = rows.size;
      // Pages shift while tags are pushed: a row may come twice.
      for (const tag of answer.tags) rows.set(rowKey(tag), tag);
      if (!answer.has_additional) return { rows: [...rows.values()], isWhole: true };
      if (isEnough([...rows.values()])) return { rows: [...rows.values()], isWhole: false };
      if (rows.size === before) break;
    }
    throw new SourceError(
      'quay',
      'endless',
      `the tags of ${repository} repeat themselves or have over ${MAX_PAGES} pages`,
    );
  }

  async function tags(repository: string, wanted: readonly WantedTag[]): Promise<TagRows> {
    const first = await pages(repository, {}, () => true);
    if (first.isWhole) return first;
    // What the first page does not tell for certain is asked tag by tag, however long the list is.
    const oldest = first.rows.at(-1)?.start_ts ?? 0;
    const open = wanted.filter(
      ({ name, since }) =>
        since === null || since < oldest || !first.rows.some((row) => row.name === name && isAlive(row, options.now())),
    );
    const asked = await Promise.all(open.map(({ name }) => pages(repository, { specificTag: name }, () => false)));
    const rows = new Map([first, ...asked].flatMap((one) => one.rows).map((row) => [rowKey(row), row]));
    return { rows: [...rows.values()].sort((a, b) => b.start_ts - a.start_ts), isWhole: false };
  }

  async function attachments(repository: string, digest: string): Promise<QuayTag[]> {
    const query = { onlyActiveTags: 'true', filter_tag_name: `like:${digest.replace(':', '-')}` };
    return (await pages(repository, query, () => false)).rows;
  }

  return { namespace, tags, attachments };
}
