import type { Provenance, Task } from '#status/attachment.ts';
import type { Image } from '#status/model.ts';
import { dayText, instantText } from './dates.ts';
import { visible } from './words.ts';

/** What an attestation says of a build, in words; and whether images name the same key. */

export interface Fact {
  what: string;
  text: string;
  href: string | null;
}

/** Who built it, from what and when; nothing where no attestation could be read. */
export function buildFacts(provenance: Provenance | null): Fact[] {
  if (!provenance?.predicateType) return [];
  const { builder, source, startedAt, finishedAt, compose, bundles } = provenance;
  const fact = (what: string, text: string | null | undefined, href: string | null = null): Fact => ({
    what,
    text: text ? visible(text) : 'not recorded',
    href,
  });
  return [
    fact('Built by', builder),
    fact('From the source', source?.repository, source && forgeLink(source.repository)),
    fact('At the commit', source?.commit, source && commitLink(source)),
    fact('Run', startedAt && finishedAt ? `${instantText(startedAt)} → ${instantText(finishedAt)}` : null),
    fact('From the compose', compose && `${compose.id ?? 'without a name'}, ${compose.image}`),
    fact('Task bundles, pinned by digest', bundles && String(bundles.length)),
    fact('Kind of statement', provenance.predicateType),
  ];
}

const FORGES = { 'github.com': 'commit', 'gitlab.com': '-/commit' } as const;

function forgeLink(repository: string): string | null {
  if (!URL.canParse(repository)) return null;
  const { protocol, hostname } = new URL(repository);
  return protocol === 'https:' && Object.hasOwn(FORGES, hostname) ? repository : null;
}

function commitLink({ repository, commit }: NonNullable<Provenance['source']>): string | null {
  const home = forgeLink(repository)?.replace(/(\.git)?\/*$/, '');
  if (!home || !/^[0-9a-f]{40}$/.test(commit ?? '')) return null;
  return `${home}/${FORGES[new URL(home).hostname as keyof typeof FORGES]}/${commit}`;
}

export interface TaskRow {
  name: string;
  status: string;
  startedAt: string | null;
  took: string;
  /** Of a leg; null where the task has none. */
  platform: string | null;
  /** Name and version of its pinned bundle, and the digest; null where that is not kept. */
  bundle: { name: string; digest: string } | null;
  /** What its check found, which is not how it ended. */
  check: string | null;
}

/** The tasks on record, in the order in which they began; null where the statement records none. */
export function taskRows(provenance: Provenance | null): TaskRow[] | null {
  if (!provenance?.tasks) return null;
  return [...provenance.tasks]
    .sort((a, b) => (a.startedAt ?? '').localeCompare(b.startedAt ?? ''))
    .map((task) => taskRow(task));
}

/** A task as a row; what only a recording knows of it is given beside it. */
export function taskRow(
  { name, status, startedAt, finishedAt }: Task,
  known: Partial<Pick<TaskRow, 'platform' | 'bundle' | 'check'>> = {},
): TaskRow {
  return {
    name: visible(name),
    status: visible(status ?? 'not recorded'),
    startedAt,
    took: startedAt && finishedAt ? lengthText(Date.parse(finishedAt) - Date.parse(startedAt)) : 'not recorded',
    ...{ platform: null, bundle: null, check: null, ...known },
  };
}

/** `47 s`, `12 min 5 s`, `1 h 2 min`. */
export function lengthText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}

/** Whether all attestations that were read name one key. It tells of consistency only: a name proves nothing. */
export function keyLine(images: readonly Image[]): string | null {
  const named = images.flatMap(({ provenance }) => (provenance?.keyId && provenance.keySince ? [provenance] : []));
  const byKey = Map.groupBy(named, ({ keyId }) => keyId ?? '');
  const since = named.map(({ keySince }) => keySince ?? '').sort()[0];
  const [first] = byKey.keys();
  if (!first || !since) return null;
  const rest = 'This is consistency, not trust: who holds the key is another question.';
  const count = `${named.length} image${named.length === 1 ? '' : 's'} whose attestation was read`;
  if (byKey.size === 1) return `All ${count} carry the same key ${visible(first)} since ${dayText(since)}. ${rest}`;
  const each = [...byKey].map(([key, ones]) => `${visible(key)} on ${ones.length}`).join(', ');
  return `The ${count} carry ${byKey.size} keys: ${each}. ${rest}`;
}
