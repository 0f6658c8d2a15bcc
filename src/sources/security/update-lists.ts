import { asSourceError } from '#sources/error.ts';
import type { Context } from '#sources/pass.ts';
import { packagesName } from '#sources/records.ts';
import type { Watched } from '#sources/registry/repository.ts';
import { readUpdates, type UpdateList, writeUpdates } from '#status/advisory.ts';
import type { Release } from '#status/model.ts';
import { iso } from '#status/time.ts';

/** Fedora's security updates release by release, kept as records: read whole once a week, and in between only what is new. */

const WEEK_MS = 7 * 86_400_000;
/** Bodhi dates an update before it shows it, and our clocks may differ. */
const MARGIN_MS = 3_600_000;

/** Whose updates an image gets: the number of a Fedora release, or why there are none to compare with. */
export function fedoraOf(
  { target, evidence }: Watched,
  releases: readonly Release[],
): { release: string; why: null } | { release: null; why: string } {
  const { release } = target;
  const state = releases.find(({ id }) => id === release)?.state;
  if (release === 'rawhide' || (/^\d+$/.test(release) && state === 'rawhide'))
    return no('Updates of Rawhide are made by machine and not marked as security updates, so none can be counted.');
  if (/^\d+$/.test(release)) return { release, why: null };
  if (release === 'eln') return no('Security updates are marked for numbered Fedora releases; ELN is none.');
  // A stream tells by its version which Fedora it is made of, as in 44.20260802.3.1.
  const [, number] = /^(\d{2,3})\.\d/.exec(evidence.version ?? '') ?? [];
  return number ? { release: number, why: null } : no('The version of this image does not say which Fedora it is.');
}

const no = (why: string) => ({ release: null, why });

/** The lists of all releases that images need, by number; a release whose list is not known is left out. */
export async function readLists(
  context: Context,
  images: readonly Watched[],
): Promise<ReadonlyMap<string, UpdateList>> {
  const due = new Map<string, boolean>();
  for (const one of images) {
    const { release } = fedoraOf(one, context.releases);
    if (release && one.evidence.digest)
      due.set(release, due.get(release) || (context.isDue(one, 'bodhi') && (await hasPackages(context, one))));
  }
  const lists = new Map<string, UpdateList>();
  // One release after the other: a page of updates is a heavy question.
  for (const [release, isDue] of due) {
    const kept = readUpdates(await context.records.read(nameOf(release)));
    const list = isDue ? await renew(context, release, kept) : kept;
    if (list) lists.set(release, list);
  }
  return lists;
}

const nameOf = (release: string): string => `updates/${release}.json`;

async function hasPackages({ records }: Context, { evidence: { digest, arches } }: Watched): Promise<boolean> {
  for (const { arch } of arches) if (digest && (await records.has(packagesName(digest, arch)))) return true;
  return false;
}

async function renew(context: Context, release: string, kept: UpdateList | null): Promise<UpdateList | null> {
  const { clients, records, report, nowMs } = context;
  const isWhole = !kept || nowMs - Date.parse(kept.readAt) >= WEEK_MS;
  const since = isWhole ? null : iso(Date.parse(kept.askedAt) - MARGIN_MS);
  try {
    const found = await report.asked('bodhi', clients.updates(`F${release}`, since));
    const list = merge(release, kept, found, { isWhole, now: iso(nowMs) });
    await records.write(nameOf(release), writeUpdates(list));
    return list;
  } catch (error) {
    const { kind, message } = asSourceError(error);
    report.problem('bodhi', null, kind, `security updates of Fedora ${release}: ${message}`);
    return kept;
  }
}

function merge(
  release: string,
  kept: UpdateList | null,
  found: UpdateList['updates'],
  { isWhole, now }: { isWhole: boolean; now: string },
): UpdateList {
  const byId = new Map([...(isWhole ? [] : (kept?.updates ?? [])), ...found].map((one) => [one.id, one]));
  const updates = [...byId.values()].sort((a, b) => a.id.localeCompare(b.id));
  const isSame = kept !== null && JSON.stringify(kept.updates) === JSON.stringify(updates);
  return {
    schema: 1,
    release,
    readAt: isWhole ? now : (kept?.readAt ?? now),
    askedAt: now,
    changedAt: isSame ? kept.changedAt : now,
    updates,
  };
}
