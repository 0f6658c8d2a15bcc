import { reply } from '#sim/reply.ts';
import type { Thing } from './objects.ts';

/** Lists as the Kubernetes API and KubeArchive give them: selectors, pages, refusals. */

const OLD_MS = 5 * 60_000;
const ARCHIVE_ITEMS = 100;

/** A refusal in the form of Kubernetes. */
export function refused(code: number, reason: string, message: string): Response {
  return reply({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code }, code);
}

/** What the query asks for, the newest first. */
export function selected(all: readonly Thing[], query: URLSearchParams, isArchive: boolean): Thing[] {
  const labels = query.get('labelSelector') ?? '';
  const [, field] = /^metadata\.name==?(.+)$/.exec(query.get('fieldSelector') ?? '') ?? [];
  const after = isArchive ? query.get('creationTimestampAfter') : null;
  const before = isArchive ? query.get('creationTimestampBefore') : null;
  return all
    .filter(({ metadata }) => isLabelled(metadata.labels, labels))
    .filter(({ metadata }) => isArchive || field === undefined || metadata.name === field)
    .filter(({ metadata }) => after === null || Date.parse(metadata.creationTimestamp) > Date.parse(after))
    .filter(({ metadata }) => before === null || Date.parse(metadata.creationTimestamp) < Date.parse(before));
}

/** `a=b,c!=d,e in (f,g),h notin (i),j,!k`. */
export function isLabelled(labels: Readonly<Record<string, string>>, selector: string): boolean {
  return selector
    .split(/,(?![^(]*\))/)
    .filter(Boolean)
    .every((part) => {
      const [, name = '', operator = '', list = ''] = /^\s*!?([^\s=!]+)\s*(in|notin|==?|!=)?\s*(.*)$/.exec(part) ?? [];
      const value = Object.hasOwn(labels, name) ? labels[name] : undefined;
      const values = list
        .replace(/[()]/g, '')
        .split(',')
        .map((one) => one.trim());
      if (operator === '') return part.trim().startsWith('!') ? value === undefined : value !== undefined;
      const isIn = value !== undefined && values.includes(value);
      return operator === 'notin' || operator === '!=' ? !isIn : isIn;
    });
}

interface PageOptions {
  isArchive: boolean;
  nowMs: number;
  maxItems: number;
}

/** The page of a list that the query asks for, as KubeArchive and the cluster give it. */
export function pageOf(
  items: readonly Thing[],
  query: URLSearchParams,
  { kind, apiVersion, ...options }: PageOptions & { kind: string; apiVersion: string },
): Response {
  const page = cut(items, query, options);
  return page instanceof Response ? page : reply({ kind, apiVersion, ...page });
}

/** A part of a list with its `metadata`, or a refusal. A page that goes on is remembered for a while only. */
export function cut<Item>(
  items: readonly Item[],
  query: URLSearchParams,
  { isArchive, nowMs, maxItems }: PageOptions,
): Response | { metadata: { resourceVersion: string; continue?: string }; items: Item[] } {
  const asked = query.get('limit');
  const limit = asked === null ? (isArchive ? ARCHIVE_ITEMS : items.length || 1) : Number(asked);
  if (!Number.isInteger(limit) || limit < 0 || (isArchive && limit > maxItems))
    return refused(400, 'BadRequest', `limit "${asked}" is not a number from 1 to ${maxItems}`);
  const [start, issuedMs] = continued(query.get('continue'));
  if (start === null) return refused(400, 'BadRequest', 'continue key is not valid');
  if (issuedMs !== null && nowMs - issuedMs > OLD_MS)
    return refused(410, 'Expired', 'The provided continue parameter is too old to display a consistent list result.');
  const size = Math.min(limit || maxItems, maxItems);
  const page = items.slice(start, start + size);
  const isMore = start + size < items.length;
  const metadata = {
    resourceVersion: String(Math.floor(nowMs / 1_000)),
    ...(isMore ? { continue: btoa(`${start + size} ${nowMs}`) } : {}),
  };
  return { metadata, items: page };
}

function continued(token: string | null): [start: number | null, issuedMs: number | null] {
  if (!token) return [0, null];
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(token) || token.length % 4 !== 0) return [null, null];
  const [, start, issued] = /^(\d+) (\d+)$/.exec(atob(token)) ?? [];
  return start && issued ? [Number(start), Number(issued)] : [null, null];
}
