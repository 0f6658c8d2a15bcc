import { z } from 'zod';
import { SourceError } from '#sources/error.ts';
import type { Answer, Http } from '#sources/http.ts';
import { readJson, unexpected } from '#sources/read.ts';
import type { Blocker } from '#status/blocker.ts';
import { ANSWER_BYTES, bytesOf, type FilePlace, type KnownFile, orNull, WireContent } from './file.ts';
import {
  type Forge,
  type Item,
  isBotName,
  Line,
  Lines,
  MAX_PAGES,
  Moment,
  PER_PAGE,
  type Question,
  Tag,
  type Told,
} from './forge.ts';

/** GitLab: issues, merge requests with their pipelines, releases, and the issues that are test reports. */

const WEB = 'https://gitlab.com';
const MAX_BYTES = 8 << 20;
// GitLab allows hundreds of requests a minute; this is what a list and its merge requests need.
const PER_HOUR = 100;

const WireThing = z.object({
  iid: z.int(),
  title: Line,
  state: z.enum(['opened', 'closed', 'locked', 'merged']),
  labels: z.array(z.string()).pipe(Lines(30)),
  assignees: z
    .array(z.object({ username: z.string() }).transform(({ username }) => username))
    .nullish()
    .transform((all) => all ?? [])
    .pipe(Lines(20)),
  author: z.object({ username: z.string() }).nullish(),
  created_at: Moment,
  updated_at: Moment,
  closed_at: Moment.nullish(),
  merged_at: Moment.nullish(),
  source_branch: z.string().max(300).nullish(),
  sha: z.string().max(64).nullish(),
  head_pipeline: z.object({ status: z.string() }).nullish(),
});
type Wire = z.infer<typeof WireThing>;
const WireRelease = z.object({
  tag_name: Tag,
  name: Line.nullish(),
  created_at: Moment,
  released_at: Moment.nullish(),
  upcoming_release: z.boolean().optional(),
});
const WireReport = z.object({
  iid: z.int(),
  title: Line,
  created_at: Moment,
  // A body larger than any table of results is not read further.
  description: z
    .string()
    .nullish()
    .transform((text) => (text ?? '').slice(0, 100_000)),
});
export type WireReport = z.infer<typeof WireReport>;
const WireFile = WireContent.extend({ last_commit_id: z.string().max(64) });
const WireCommit = z.object({ committed_date: Moment });

export interface Gitlab extends Forge {
  /** The issues of a project from the newest on, until `isKnown`; null when nothing has changed since this ETag. */
  reports(
    project: string,
    etag: string | null,
    isKnown: (number: number) => boolean,
  ): Promise<{ etag: string | null; reports: WireReport[] } | null>;
}

/** A client of the API at this address; a token is sent as `Authorization`, which no redirect takes elsewhere. */
export function gitlab(http: Http, api: string, token?: string): Gitlab {
  const get = (path: string, etag: string | null, maxBytes = MAX_BYTES): Promise<Answer> =>
    http.ask(`${api}/projects/${path}`, {
      source: 'gitlab',
      pace: 'free',
      maxBytes,
      headers: etag ? { 'if-none-match': etag } : {},
      authorization: token ? `Bearer ${token}` : undefined,
    });

  /** Pages of a list, until `isEnough`; null when the first has not changed. */
  async function list<T extends z.ZodType>(
    path: string,
    etag: string | null,
    shape: T,
    isEnough: (rows: z.infer<T>[]) => boolean = () => false,
  ): Promise<{ etag: string | null; rows: z.infer<T>[]; isCut: boolean } | null> {
    const rows: z.infer<T>[] = [];
    let first: string | null = null;
    let isCut = false;
    for (let page = 1; page <= MAX_PAGES; page++) {
      const answer = await get(`${path}&per_page=${PER_PAGE}&page=${page}`, page === 1 ? etag : null);
      if (answer.status === 304) return null;
      const read = readJson(refused(answer), 'gitlab', z.array(shape));
      rows.push(...read);
      const hasMore = /^\d+$/.test(answer.headers.get('x-next-page') ?? '');
      // The first page can stay the same while a later one changes.
      first = page === 1 && !hasMore ? etagOf(answer) : null;
      if (!hasMore || isEnough(read)) break;
      isCut = page === MAX_PAGES;
    }
    return { etag: first, rows, isCut };
  }

  async function ask(question: Question, etag: string | null): Promise<Told | null> {
    const { about, project } = question;
    const at = encodeURIComponent(project);
    if (about === 'issues' || about === 'changes') {
      const labels = about === 'issues' && question.labels.length > 0 ? { labels: question.labels.join(',') } : {};
      const query = new URLSearchParams({ state: 'opened', order_by: 'updated_at', ...labels });
      const told = await list(`${at}/${about === 'issues' ? about : 'merge_requests'}?${query}`, etag, WireThing);
      return told && { ...told, items: told.rows.map((one) => itemOf(one, project, about === 'changes')) };
    }
    if (about === 'release') {
      const answer = await get(`${at}/releases?per_page=10`, etag);
      if (answer.status === 304) return null;
      const releases = readJson(refused(answer), 'gitlab', z.array(WireRelease));
      const newest = releases.find(({ upcoming_release: isUpcoming }) => !isUpcoming);
      return { etag: etagOf(answer), items: newest ? [releaseOf(newest, project)] : [] };
    }
    const isChange = about === 'pipeline' || question.kind === 'change';
    const answer = await get(`${at}/${isChange ? 'merge_requests' : 'issues'}/${question.number}`, etag);
    if (answer.status === 304) return null;
    const item = itemOf(readJson(refused(answer), 'gitlab', WireThing), project, isChange);
    return { etag: etagOf(answer), items: [item] };
  }

  async function file({ project, branch, path }: FilePlace, known: KnownFile | null) {
    const at = `${encodeURIComponent(project)}/repository`;
    const ref = encodeURIComponent(branch);
    const url = `${at}/files/${encodeURIComponent(path)}?ref=${ref}`;
    const answer = await get(url, known?.etag ?? null, ANSWER_BYTES);
    if (answer.status === 304) return null;
    const { last_commit_id: commit, ...content } = readJson(refused(answer), 'gitlab', WireFile);
    // The answer also names the newest commit of the branch, so that it changes more often than the file.
    const isKnown = known?.commit === commit && known.changedAt !== null;
    const asked = isKnown
      ? null
      : await orNull(
          get(`${at}/commits/${encodeURIComponent(commit)}`, null).then((told) =>
            readJson(refused(told), 'gitlab', WireCommit),
          ),
        );
    const changedAt = isKnown ? known.changedAt : (asked?.committed_date ?? null);
    return { bytes: bytesOf(content, 'gitlab', answer.url), etag: etagOf(answer), commit, changedAt };
  }

  return {
    source: 'gitlab',
    perHour: PER_HOUR,
    hasPipelines: true,
    ask,
    file,
    async reports(project, etag, isKnown) {
      const path = `${encodeURIComponent(project)}/issues?order_by=created_at&sort=desc`;
      const told = await list(path, etag, WireReport, (rows) => rows.some(({ iid }) => isKnown(iid)));
      return told && { etag: told.etag, reports: told.rows };
    },
  };
}

/** The answer, unless it says that the token is none: without one GitLab would have answered. */
function refused(answer: Answer): Answer {
  if (answer.status !== 401) return answer;
  const { message } = unexpected(answer, 'gitlab');
  throw new SourceError('gitlab', 'denied', `${message}: its token is wrong or has expired`, { status: 401 });
}

const etagOf = ({ headers }: Answer): string | null => headers.get('etag')?.slice(0, 300) ?? null;

function itemOf(wire: Wire, project: string, isChange: boolean): Item {
  return {
    number: wire.iid,
    title: wire.title,
    url: `${WEB}/${project}/-/${isChange ? 'merge_requests' : 'issues'}/${wire.iid}`,
    state: wire.state === 'merged' ? 'merged' : wire.state === 'opened' ? 'open' : 'closed',
    pipeline: isChange ? pipelineOf(wire.head_pipeline) : null,
    labels: wire.labels,
    assignees: wire.assignees,
    createdAt: wire.created_at,
    updatedAt: wire.updated_at,
    closedAt: wire.merged_at ?? wire.closed_at ?? null,
    branch: wire.source_branch ?? null,
    head: wire.sha ?? null,
    isBot: isBotName(wire.author?.username),
  };
}

const RUNNING = new Set(['created', 'waiting_for_resource', 'preparing', 'pending', 'running', 'scheduled']);

/** A list does not tell of pipelines; a single merge request does. Null too where a word is new, or a person must go on. */
function pipelineOf(told: Wire['head_pipeline']): Blocker['pipeline'] {
  if (told === undefined) return null;
  if (told === null) return 'none';
  if (told.status === 'success' || told.status === 'failed' || told.status === 'skipped') return told.status;
  if (told.status.startsWith('cancel')) return 'canceled';
  return RUNNING.has(told.status) ? 'running' : null;
}

function releaseOf(wire: z.infer<typeof WireRelease>, project: string): Item {
  const at = wire.released_at ?? wire.created_at;
  return {
    number: null,
    title: wire.name || wire.tag_name,
    url: `${WEB}/${project}/-/releases/${encodeURIComponent(wire.tag_name)}`,
    state: 'published',
    pipeline: null,
    labels: [],
    assignees: [],
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    branch: null,
    head: null,
    isBot: false,
  };
}
