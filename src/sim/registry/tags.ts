import { offsetMs, rfc2822, seconds } from '#sim/clock.ts';
import { isTrue, type Place } from '#sim/place.ts';
import type { World } from '#world/model.ts';
import type { Row, Shelf } from './registry.ts';

/** Quay's tag list: what tags point at, and what they pointed at before. */
// assumes: quay.tag-history, quay.sparse-fields

/** Whether a row stands at this moment. */
export function isAlive(row: Row, nowMs: number): boolean {
  return row.endMs === null || row.endMs > nowMs;
}

/** Whether Quay still gives out a manifest: a tag that stands points at it or at an index of it, or a hidden one does. */
export function isHeld({ rows, referrers, untagged }: Shelf, digest: string, nowMs: number): boolean {
  const isOf = (row: Row) => row.digest === digest || row.children.some((one) => one.digest === digest);
  return (
    rows.some((row) => isAlive(row, nowMs) && isOf(row)) ||
    untagged.has(digest) ||
    [...referrers.values()].some((list) => list.some((one) => one.digest === digest))
  );
}

/** In the order in which Quay lists tags. */
export function newestFirst(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => b.startMs - a.startMs || (a.tag < b.tag ? -1 : 1));
}

/** A page of the tag list; null when the filter is none that Quay knows. */
export function tagPage({ query }: Place, world: World, shelf: Shelf, nowMs: number) {
  const filter = query.get('filter_tag_name');
  const [, operator, wanted = ''] = /^(like|eq):(.*)$/s.exec(filter ?? '') ?? [];
  if (filter && !operator) return null;
  const horizonMs = nowMs - offsetMs(world.quay.timeMachine);
  const specific = query.get('specificTag');
  const matching = newestFirst(shelf.rows).filter(
    (row) =>
      (isAlive(row, nowMs) || (!isTrue(query, 'onlyActiveTags') && (row.endMs ?? 0) > horizonMs)) &&
      (!specific || row.tag === specific) &&
      (!filter || (operator === 'eq' ? row.tag === wanted : row.tag.includes(wanted))),
  );
  const limit = Math.min(100, Math.max(1, Number.parseInt(query.get('limit') ?? '50', 10) || 50));
  const page = Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1);
  const shown = matching.slice((page - 1) * limit, page * limit);
  const tags = shown.map((row) => tagOf(row, shelf, world.quay.sparseFields));
  return { tags, page, has_additional: matching.length > page * limit };
}

function tagOf(row: Row, shelf: Shelf, hasSparseFields: boolean) {
  const isReversion = shelf.rows.some(
    (one) => one.tag === row.tag && one.startMs < row.startMs && one.digest === row.digest,
  );
  const present = row.children.filter(({ isPresent }) => isPresent).length;
  return {
    name: row.tag,
    reversion: isReversion,
    start_ts: seconds(row.startMs),
    ...(row.endMs === null ? {} : { end_ts: seconds(row.endMs) }),
    manifest_digest: row.digest,
    is_manifest_list: row.isIndex,
    size: row.size,
    last_modified: rfc2822(row.startMs),
    ...(row.endMs === null ? {} : { expiration: rfc2822(row.endMs) }),
    ...(row.isIndex && hasSparseFields
      ? {
          is_sparse: present < row.children.length,
          child_manifest_count: row.children.length,
          present_child_count: present,
          child_manifests_presence: Object.fromEntries(row.children.map((one) => [one.digest, one.isPresent])),
        }
      : {}),
  };
}
