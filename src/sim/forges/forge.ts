import { instant, offsetMs } from '#sim/clock.ts';
import type { Place } from '#sim/place.ts';
import { reply } from '#sim/reply.ts';
import type { Change, Issue, Project } from '#world/forges.ts';

/** What both pretend forges have in common: things at a moment, pages, ETags, tokens. */

export interface Thing {
  number: number;
  title: string;
  labels: readonly string[];
  assignees: readonly string[];
  author: string;
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  mergedAt: string | null;
  /** Null for an issue. */
  change: Change | null;
}

/** Issues and changes of a project as they are at a moment. */
export function thingsOf({ issues, changes }: Project, originMs: number, nowMs: number): Thing[] {
  const all: { issue: Issue; change: Change | null }[] = [
    ...issues.map((issue) => ({ issue, change: null })),
    ...changes.map((change) => ({ issue: change, change })),
  ];
  const at = (offset: string) => originMs + offsetMs(offset);
  const past = (offset: string | undefined) =>
    offset !== undefined && at(offset) <= nowMs ? instant(at(offset)) : null;
  return all.flatMap(({ issue, change }) => {
    const createdAt = past(issue.created);
    if (!createdAt) return [];
    const mergedAt = past(change?.merged);
    const closedAt = mergedAt ?? past(issue.closed);
    const { number, title, labels, assignees, author } = issue;
    const updatedAt = closedAt ?? past(issue.updated) ?? createdAt;
    return [{ number, title, labels, assignees, author, createdAt, updatedAt, closedAt, mergedAt, change }];
  });
}

/** The things that a list asks for: by state and labels, the newest first. */
export function listed(things: readonly Thing[], query: URLSearchParams): Thing[] {
  const labels = query.get('labels')?.split(',') ?? [];
  const isOpenOnly = ['open', 'opened'].includes(query.get('state') ?? '');
  const by = /updated/.test(`${query.get('sort')} ${query.get('order_by')}`) ? 'updatedAt' : 'createdAt';
  return things
    .filter(({ closedAt }) => !isOpenOnly || closedAt === null)
    .filter((thing) => labels.every((label) => thing.labels.includes(label)))
    .sort((a, b) => (a[by] < b[by] ? 1 : a[by] > b[by] ? -1 : b.number - a.number));
}

/** One page of a list, with what both forges say of the others in their headers. */
export function page(rows: readonly unknown[], { base, path, query }: Place, request: Request): Response {
  const size = Math.min(100, Number(query.get('per_page') ?? 20) || 20);
  const number = Math.max(1, Number(query.get('page') ?? 1) || 1);
  const last = Math.max(1, Math.ceil(rows.length / size));
  const next = new URLSearchParams(query);
  next.set('page', String(number + 1));
  const headers = {
    'x-page': String(number),
    'x-next-page': number < last ? String(number + 1) : '',
    ...(number < last ? { link: `<${base}${path}?${next}>; rel="next"` } : {}),
  };
  return tagged(rows.slice((number - 1) * size, number * size), request, headers);
}

/** An answer with an ETag, or 304 to who has it already. */
export function tagged(body: unknown, request: Request, headers: Record<string, string> = {}): Response {
  const etag = `W/"${hash(JSON.stringify(body))}"`;
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: { etag } });
  return reply(body, 200, { ...headers, etag });
}

/** Whether a request comes without a token, with the right one, or with another. */
export function bearer(request: Request, token: string | undefined): 'none' | 'right' | 'wrong' {
  const own = request.headers.get('private-token');
  const given = own === null ? request.headers.get('authorization') : `Bearer ${own}`;
  if (given === null) return 'none';
  // GitHub's own client spells it "token".
  return token !== undefined && [`Bearer ${token}`, `token ${token}`].includes(given) ? 'right' : 'wrong';
}

/** A number that depends on a text only. */
function hash(text: string): string {
  let state = 0x811c9dc5;
  for (const letter of text) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (state >>> 0).toString(16).padStart(8, '0');
}
