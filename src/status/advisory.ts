import { z } from 'zod';
import type { Arch } from './arch.ts';
import type { PackageList } from './packages.ts';
import { compareEvr } from './rpm.ts';
import { Instant } from './scalars.ts';
import { Advisory, GRADES, type Vulnerabilities } from './vulnerability.ts';

/** Fedora's security updates held against the packages of an image. */

const Word = z.string().max(300);
const SHOWN = 50;
const SHOWN_PACKAGES = 20;

const Update = Advisory.omit({ packages: true }).extend({
  builds: z.array(z.object({ source: Word, evr: Word })).max(1_000),
});
export type Update = z.infer<typeof Update>;

const UpdateList = z.object({
  schema: z.literal(1),
  release: Word.describe('The number of a Fedora release, as in 45'),
  readAt: Instant.describe('When all of it was read'),
  askedAt: Instant.describe('When Fedora was last asked what is new'),
  changedAt: Instant,
  updates: z.array(Update).max(10_000),
});
export type UpdateList = z.infer<typeof UpdateList>;

/** The list as text, one update a line. */
export function writeUpdates({ updates, ...head }: UpdateList): string {
  const lines = updates.map((update) => JSON.stringify(update));
  return `${JSON.stringify(head).slice(0, -1)},"updates":[\n${lines.join(',\n')}\n]}\n`;
}

/** The text of writeUpdates to a list; null where there is none or it is damaged, since it can be read anew. */
export function readUpdates(text: string | null): UpdateList | null {
  try {
    return UpdateList.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}

/** `name-version-release` in its parts; null for what has another form. */
export function splitNvr(nvr: string): { name: string; vr: string } | null {
  const [, name, vr] = /^(.+)-([^-]+-[^-]+)$/.exec(nvr) ?? [];
  return name && vr ? { name, vr } : null;
}

/** A source package of an image; its epoch is not known where no package tells. */
interface Held {
  vr: string;
  epoch: string | null;
}

const evrOf = ({ epoch, vr }: Held): string => (epoch && epoch !== '0' ? `${epoch}:${vr}` : vr);

/** The newest of every source package. A package may have a version and epoch of its own: only those with the source's version lend it their epoch. */
function sourcesOf({ packages }: PackageList): Map<string, Held> {
  const held = new Map<string, Held>();
  for (const { evr, source } of packages) {
    const split = source === null ? null : splitNvr(source);
    if (!split) continue;
    const own = heldOf(evr);
    const one: Held = own.vr === split.vr ? own : { vr: split.vr, epoch: null };
    const known = held.get(split.name);
    const isNewer = !known || compareHeld(one, known) > 0 || (one.vr === known.vr && known.epoch === null);
    if (isNewer) held.set(split.name, one);
  }
  return held;
}

/** How many packages nothing can be said of: their source, or they themselves, could not be read. */
function untoldOf({ packages, unreadable = 0 }: PackageList): number {
  return packages.filter(({ source }) => source === null || !splitNvr(source)).length + unreadable;
}

/** Without both epochs, the versions alone. */
function compareHeld(a: Held, b: Held): number {
  return a.epoch === null || b.epoch === null ? compareEvr(a.vr, b.vr) : compareEvr(evrOf(a), evrOf(b));
}

function heldOf(evr: string): Held {
  const [, epoch = '0', vr = ''] = /^(?:(\d+):)?(.*)$/.exec(evr) ?? [];
  return { epoch, vr };
}

type Compared = NonNullable<Vulnerabilities['updates']>;

/**
 * Which updates concern the packages of an image, and which of those are newer than what it holds, by version alone.
 * Null where no list names a source package: then nothing can be said.
 */
export function compareUpdates(list: UpdateList, images: readonly PackageList[]): Compared | null {
  const machines = images
    .map((one) => ({ arch: one.arch, sources: sourcesOf(one), untold: untoldOf(one) }))
    .filter(({ sources }) => sources.size > 0);
  if (machines.length === 0) return null;
  const concerned = list.updates.filter(({ builds }) =>
    builds.some(({ source }) => machines.some(({ sources }) => sources.has(source))),
  );
  const lacking = concerned
    .map(({ builds, ...update }) => ({ ...update, packages: lackingOf(builds, machines) }))
    .filter(({ packages }) => packages.length > 0)
    .sort(byGravity);
  return {
    checkedAt: list.askedAt,
    release: list.release,
    arches: machines.map(({ arch }) => arch),
    total: concerned.length,
    untold: Math.max(...machines.map(({ untold }) => untold)),
    counts: countGrades(lacking),
    lacking: lacking.slice(0, SHOWN),
  };
}

interface Machine {
  arch: Arch;
  sources: ReadonlyMap<string, Held>;
}

function lackingOf(builds: Update['builds'], machines: readonly Machine[]): Advisory['packages'] {
  const found = new Map<string, Advisory['packages'][number]>();
  for (const { source, evr } of builds) {
    for (const { arch, sources } of machines) {
      const held = sources.get(source);
      if (!held || compareHeld(held, heldOf(evr)) >= 0) continue;
      const has = evrOf(held);
      const key = `${source} ${has} ${evr}`;
      const before = found.get(key)?.arches ?? [];
      found.set(key, { name: source, has, fixed: evr, arches: [...before, arch] });
    }
  }
  return [...found.values()].slice(0, SHOWN_PACKAGES);
}

function byGravity(a: Advisory, b: Advisory): number {
  const grade = GRADES.indexOf(a.severity) - GRADES.indexOf(b.severity);
  return grade || (b.pushedAt ?? '').localeCompare(a.pushedAt ?? '') || a.id.localeCompare(b.id);
}

function countGrades(lacking: readonly Advisory[]): Compared['counts'] {
  const of = (grade: Advisory['severity']) => lacking.filter(({ severity }) => severity === grade).length;
  return {
    urgent: of('urgent'),
    high: of('high'),
    medium: of('medium'),
    low: of('low'),
    unspecified: of('unspecified'),
  };
}
