import { z } from 'zod';
import { Arch } from './arch.ts';
import { Digest } from './scalars.ts';

/** The RPMs of one arch of one image: a record that is read once and kept by digest. */

const Word = z.string().max(300);

export const Package = z.object({
  name: Word,
  evr: Word.describe('[epoch:]version-release; epoch 0 is left out'),
  arch: Word.describe('Of the package: an arch, or noarch'),
  source: Word.nullable().describe('name-version-release of its source package'),
});
export type Package = z.infer<typeof Package>;

export const PackageList = z.object({
  schema: z.literal(1),
  image: Digest.describe('Of the index, or of the single manifest, that the tag points at'),
  arch: Arch,
  origin: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('sbom'), format: z.enum(['spdx', 'cyclonedx']), blob: Digest }),
    z.object({ kind: z.literal('scan'), layer: Digest }).describe('Read from the RPM database in this layer'),
  ]),
  unreadable: z
    .int()
    .min(0)
    .optional()
    .describe('RPMs that an SBOM names in a way that cannot be read; none when left out'),
  packages: z.array(Package).max(20_000).describe('By name, then evr, then arch; none twice'),
});
export type PackageList = z.infer<typeof PackageList>;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Packages as a list has them: by name, then evr, then arch, none twice. */
export function inListOrder(packages: Iterable<Package>): Package[] {
  const byIdentity = new Map(Array.from(packages, (one) => [`${one.name} ${one.evr} ${one.arch}`, one]));
  return [...byIdentity.values()].sort(
    (a, b) => compare(a.name, b.name) || compare(a.evr, b.evr) || compare(a.arch, b.arch),
  );
}

const Line = z
  .tuple([Word, Word, Word])
  .rest(Word)
  .transform(([name, evr, arch, source]): Package => ({ name, evr, arch, source: source ?? null }));
/** The list as a file has it. */
export const PackageFile = PackageList.extend({
  packages: z
    .array(Line)
    .max(20_000)
    .describe(
      'One a line: name, [epoch:]version-release, arch, and name-version-release of the source package where it is known',
    ),
});

/** The list as text: JSON with one package a line, so that two lists differ where their packages do. */
export function writePackages({ packages, ...head }: PackageList): string {
  const lines = packages.map(({ name, evr, arch, source }) =>
    JSON.stringify(source === null ? [name, evr, arch] : [name, evr, arch, source]),
  );
  return `${JSON.stringify(head).slice(0, -1)},"packages":[\n${lines.join(',\n')}\n]}\n`;
}

/** The text of writePackages to a list; null where it is damaged, since it can be read anew. */
export function readPackages(text: string): PackageList | null {
  try {
    return PackageFile.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
