import type { Arch } from '#status/arch.ts';
import { type Finding, GRADES, type Scan, SEVERITIES, type Vulnerabilities } from '#status/vulnerability.ts';
import { instantText } from './dates.ts';
import { visible } from './words.ts';

/** Security updates and scans in words. Nothing found is never called free of vulnerabilities. */

type Updates = NonNullable<Vulnerabilities['updates']>;

const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
const listed = <T extends string>(names: readonly T[], counts: Readonly<Record<T, number>>): string =>
  names
    .filter((name) => counts[name] > 0)
    .map((name) => `${counts[name]} ${name}`)
    .join(', ');
const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((all, count) => all + count, 0);

/** How many security updates are out that the image lacks; null where that is not known. */
export function lackingCount(vulnerabilities: Vulnerabilities | null): number | null {
  return vulnerabilities?.updates ? sum(vulnerabilities.updates.counts) : null;
}

/** `lacks 3 security updates (1 urgent, 2 medium)`; null where it lacks none, or that is not known. */
export function lackText(vulnerabilities: Vulnerabilities | null): string | null {
  const updates = vulnerabilities?.updates;
  const count = lackingCount(vulnerabilities);
  return updates && count ? `lacks ${plural(count, 'security update')} (${listed(GRADES, updates.counts)})` : null;
}

/** Whether the image has Fedora's security updates, in one sentence. */
export function updatesText({ updates, why }: Vulnerabilities): string {
  if (!updates) return `Not known whether Fedora’s security updates are in this image. ${why ?? ''}`.trim();
  const count = sum(updates.counts);
  if (count > 0)
    return `${plural(count, 'security update')} ${count === 1 ? 'is' : 'are'} out that this image lacks: ${listed(GRADES, updates.counts)}.`;
  if (updates.untold > 0) return 'Of the packages that could be compared, none lacks a security update.';
  if (updates.total === 0) return 'Fedora has pushed no security update for the packages of this image.';
  return updates.total === 1
    ? 'The one security update that Fedora has pushed for these packages is in it.'
    : `All ${updates.total} security updates that Fedora has pushed for these packages are in it.`;
}

/** What was compared with what, and when. */
export function comparedText({ release, arches, total, untold, checkedAt }: Updates, all: readonly Arch[]): string {
  const left = untold > 0 ? ` Not compared, since their source is not told: ${plural(untold, 'package')}.` : '';
  const missing = all.filter((arch) => !arches.includes(arch));
  const against = `Compared by version with the ${plural(total, 'security update')} of Fedora ${release} for its packages, as of ${instantText(checkedAt)}.${left}`;
  return missing.length === 0 ? against : `${against} Not compared, without a package list: ${missing.join(', ')}.`;
}

/** Where a package is older: the arches, or that all that were compared are. */
export function archesText(arches: readonly Arch[], compared: readonly Arch[]): string {
  return arches.length === compared.length && compared.length > 1 ? 'all compared' : arches.join(', ');
}

const SCANS: Record<Exclude<NonNullable<Scan['state']>, 'scanned'>, string> = {
  queued: 'waits for its scan',
  failed: 'the scan failed',
  unsupported: 'the scanner cannot read this image',
  manifest_layer_too_large: 'not scanned: a layer is larger than the scanner takes',
};

/** What the scanner says of one arch. */
export function scanText({ state, counts, components, why }: Scan): string {
  if (state === null) return `not known: ${visible(why ?? 'the scanner was not asked')}`;
  if (state !== 'scanned') return SCANS[state];
  if (counts === null) return 'scanned, without a result';
  const total = sum(counts);
  const worst = total > 0 ? ` (${listed(SEVERITIES, counts)})` : '';
  const of = components === null ? '' : ` in ${plural(components, 'component')}`;
  return `${plural(total, 'language-level finding')}${worst}${of}; RPMs not covered`;
}

export interface FoundOn extends Finding {
  arches: Arch[];
}

/** The findings that are named, each once with the arches it was found on, the worst first. */
export function findingsOf(scans: readonly Scan[]): FoundOn[] {
  const found = new Map<string, FoundOn>();
  for (const { arch, findings } of scans) {
    for (const one of findings) {
      const key = JSON.stringify([one.id, one.package, one.version]);
      found.set(key, { ...one, arches: [...(found.get(key)?.arches ?? []), arch] });
    }
  }
  return [...found.values()].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}
