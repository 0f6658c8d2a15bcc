import type { Octokit } from '@octokit/rest';
import { z } from 'zod';
import { SourceError } from '#sources/error.ts';
import type { Http } from '#sources/http.ts';
import { shaped, unexpected } from '#sources/read.ts';
import type { Blocker } from '#status/blocker.ts';
import { clockText } from '#status/text/dates.ts';
import { iso } from '#status/time.ts';
import { fileText, orNull } from './file.ts';
import { type Forge, type Item, isBotName, MAX_PAGES, PER_PAGE, type Question, type Told } from './forge.ts';
import { readGithubCommit, readGithubFile } from './github-file.ts';
import { WireChecks, WireFailure, WireRelease, WireThing } from './github-wire.ts';
import { openOctokit } from './octokit.ts';

/** GitHub: issues, pull requests, releases, checks. */

const WEB = 'https://github.com';
/** Without a token GitHub allows 60 requests an hour to an address, which others may share. */
const ANONYMOUS_PER_HOUR = 20;
const PER_HOUR = 400;

/** A client that loads its library when it is first asked; `retryMs` is the unit of its waits. */
export function github(http: Http, api: string, token?: string, retryMs?: number): Forge {
  let loading: Promise<Octokit> | undefined;
  /** Null when nothing has changed. */
  async function told<T>(about: string, ask: (octokit: Octokit) => Promise<T>): Promise<T | null> {
    loading ??= openOctokit(http, api, token, retryMs);
    try {
      return await ask(await loading);
    } catch (error) {
      const failure = problemOf(error, about, Boolean(token));
      if (failure) throw failure;
      return null;
    }
  }
  return {
    source: 'github',
    perHour: token ? PER_HOUR : ANONYMOUS_PER_HOUR,
    hasPipelines: Boolean(token),
    ask: (question, etag) => told(from(question), (octokit) => answer(octokit, question, etag)),
    async file(place, known) {
      const found = await told(fileText(place), (octokit) => readGithubFile(octokit, place, known));
      if (!found) return null;
      const commit = await orNull(told(fileText(place), (octokit) => readGithubCommit(octokit, place)));
      return { ...found, ...commit };
    },
  };
}

function answer(octokit: Octokit, question: Question, etag: string | null): Promise<Told> {
  const [owner = '', repo = ''] = question.project.split('/');
  const at = { owner, repo, headers: etag ? { 'if-none-match': etag } : {} };
  const { issues, pulls, repos, checks } = octokit.rest;
  const list = { ...at, per_page: PER_PAGE, sort: 'updated', direction: 'desc' } as const;
  switch (question.about) {
    case 'thing': {
      const number = question.number;
      return question.kind === 'change'
        ? single(pulls.get({ ...at, pull_number: number }), question)
        : single(issues.get({ ...at, issue_number: number }), question);
    }
    case 'issues': {
      const labels = question.labels.join(',');
      const pages = octokit.paginate.iterator(issues.listForRepo, {
        ...list,
        state: 'open',
        ...(labels ? { labels } : {}),
      });
      return every(pages, question, (data) => things(data, question).filter(({ pull_request: change }) => !change));
    }
    case 'changes':
      return every(octokit.paginate.iterator(pulls.list, { ...list, state: 'open' }), question, (data) =>
        things(data, question),
      );
    case 'release':
      return newest(repos.listReleases({ ...at, per_page: 10 }), question);
    case 'pipeline':
      return checked(checks.listForRef({ ...at, ref: question.head, per_page: PER_PAGE }), question);
  }
}

interface Page {
  headers: { etag?: string | undefined; link?: string | undefined };
  data: unknown;
}
type Wire = z.infer<typeof WireThing>;

const from = ({ project, about }: Question): string => `${about} of ${project}`;
const things = (data: unknown, question: Question): Wire[] =>
  shaped(data, 'github', z.array(WireThing), from(question));
const etagOf = ({ headers }: Page): string | null => headers.etag?.slice(0, 300) ?? null;

async function single(asked: Promise<Page>, question: Question): Promise<Told> {
  const page = await asked;
  return { etag: etagOf(page), items: [itemOf(shaped(page.data, 'github', WireThing, from(question)), question)] };
}

async function every(pages: AsyncIterable<Page>, question: Question, read: (data: unknown) => Wire[]): Promise<Told> {
  const items: Item[] = [];
  let etag: string | null = null;
  let count = 0;
  let isCut = false;
  for await (const page of pages) {
    items.push(...read(page.data).map((one) => itemOf(one, question)));
    // The first page can stay the same while a later one changes.
    const hasMore = page.headers.link?.includes('rel="next"') ?? false;
    etag = hasMore || count > 0 ? null : etagOf(page);
    isCut = hasMore && ++count === MAX_PAGES;
    if (isCut) break;
  }
  return { etag, items, isCut };
}

async function newest(asked: Promise<Page>, question: Question): Promise<Told> {
  const page = await asked;
  const releases = shaped(page.data, 'github', z.array(WireRelease), from(question));
  const found = releases.find(({ draft, prerelease }) => !draft && !prerelease);
  return { etag: etagOf(page), items: found ? [releaseOf(found, question.project)] : [] };
}

async function checked(asked: Promise<Page>, question: Question): Promise<Told> {
  const page = await asked;
  const { check_runs: runs, total_count: count } = shaped(page.data, 'github', WireChecks, from(question));
  const blank = { number: null, title: '', url: `${WEB}/${question.project}`, state: 'unknown', labels: [] } as const;
  return { etag: etagOf(page), items: [{ ...NOTHING, ...blank, labels: [], pipeline: verdictOf(runs, count) }] };
}

const NOTHING = {
  ...{ assignees: [], createdAt: null, updatedAt: null, closedAt: null, branch: null, head: null },
  isBot: false,
};

/** Null where those that were read do not decide it: of many runs only the first page is. */
function verdictOf(runs: readonly { status: string; conclusion: string | null }[], count: number): Blocker['pipeline'] {
  if (count === 0) return 'none';
  const has = (...words: string[]) => runs.some(({ conclusion }) => words.includes(conclusion ?? ''));
  if (has('failure', 'timed_out', 'action_required', 'startup_failure')) return 'failed';
  if (runs.length < count) return null;
  if (runs.some(({ status }) => status !== 'completed')) return 'running';
  return has('cancelled', 'stale') ? 'canceled' : has('success', 'neutral') ? 'success' : 'skipped';
}

function itemOf(wire: Wire, question: Question): Item {
  const isChange = Boolean(wire.head ?? wire.pull_request);
  return {
    number: wire.number,
    title: wire.title,
    url: `${WEB}/${question.project}/${isChange ? 'pull' : 'issues'}/${wire.number}`,
    state: wire.merged_at ? 'merged' : wire.state,
    pipeline: null,
    labels: wire.labels,
    assignees: wire.assignees,
    createdAt: wire.created_at,
    updatedAt: wire.updated_at,
    closedAt: wire.merged_at ?? wire.closed_at ?? null,
    branch: wire.head?.ref ?? null,
    head: wire.head?.sha ?? null,
    isBot: wire.user?.type === 'Bot' || isBotName(wire.user?.login),
  };
}

function releaseOf(wire: z.infer<typeof WireRelease>, project: string): Item {
  const at = wire.published_at ?? wire.created_at;
  return {
    ...NOTHING,
    number: null,
    title: wire.name || wire.tag_name,
    url: `${WEB}/${project}/releases/tag/${encodeURIComponent(wire.tag_name)}`,
    state: 'published',
    pipeline: null,
    labels: [],
    assignees: [],
    createdAt: at,
    updatedAt: at,
  };
}

/** What Octokit has thrown as a problem; null for "nothing has changed". */
function problemOf(error: unknown, about: string, hasToken: boolean): SourceError | null {
  if (error instanceof SourceError) return error;
  const failure = WireFailure.safeParse(error);
  if (!failure.success) throw error;
  const { status, message = '', response } = failure.data;
  const headers = response?.headers ?? {};
  if (status === 304) return null;
  const isLimit = headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] || /rate limit/i.test(message);
  if (status === 429 || (status === 403 && isLimit)) {
    const reset = Number(headers['x-ratelimit-reset']);
    const until = reset > 0 && reset < 1e11 ? `; it answers again at ${clockText(iso(reset * 1_000))}` : '';
    const advice = hasToken ? '' : ', 60 requests an hour for an address without a token';
    return new SourceError('github', 'rate-limited', `its limit is used up${advice}${until}`, { status });
  }
  if (status >= 500)
    return new SourceError('github', 'server-error', `${about} answered ${status} again and again`, { status });
  return unexpected({ status, url: about }, 'github');
}
