import { asSourceError } from '#sources/error.ts';
import type { Context, Pass } from '#sources/pass.ts';
import type { Watched } from '#sources/registry/repository.ts';
import { inTurns } from '#sources/turns.ts';
import type { Arch } from '#status/arch.ts';
import type { Package } from '#status/packages.ts';
import { type ArchSbom, headlineOf, isHeadliner, keptHeadline, Sbom, sbomState, unreadArch } from '#status/sbom.ts';
import { iso } from '#status/time.ts';
import { ContentFault, fetchSbom } from './sbom-blob.ts';
import { failedRow, type Placing, place, type Spot } from './sbom-place.ts';

/** Package lists from the SBOMs that lie beside an image, each read once. */

/** What one refresh reads of SBOMs before it leaves the rest to the next. */
const RUN_BYTES = 1 << 30;
const WIDTH = 4;

interface Job {
  one: Watched;
  spot: Spot;
  found: Found;
}

/** What was found out about an image: its rows, and of the lists what a headline needs. */
interface Found extends Placing {
  lists: Map<Arch, readonly Package[]>;
}

/** Reads the SBOM of each arch of every image that is due and has none read; the lists become records. */
export const readSboms: Pass = async (context, images) => {
  const due = images.filter((one) => context.isDue(one, 'sbom') && one.evidence.arches.some(({ digest }) => digest));
  const found = new Map<Watched, Found>();
  const placed = async (one: Watched) => (await context.begun.places.get(one.target.id)) ?? place(context, one);
  await Promise.all(due.map(async (one) => void found.set(one, { ...(await placed(one)), lists: new Map() })));
  const jobs = [...found].flatMap(([one, its]) => its.spots.map((spot): Job => ({ one, spot, found: its })));
  await inTurns(jobs, WIDTH, async (job) => void job.found.rows.push(await read(context, job)));
  const told = new Map<Watched, Sbom>();
  await inTurns([...found], WIDTH, async ([one, its]) => void told.set(one, await tell(context, one, its)));
  return images.map((one) => {
    const sbom = told.get(one);
    return sbom ? { ...one, evidence: { ...one.evidence, sbom } } : one;
  });
};

async function read({ clients, records, report }: Context, { one, spot, found }: Job): Promise<ArchSbom> {
  const { target, evidence } = one;
  const { arch, tag, blob, isBound } = spot;
  const row = { ...unreadArch(arch, tag), digest: blob, isBound };
  if (clients.http.usage('sbom').bytes > RUN_BYTES)
    return { ...row, why: 'a refresh reads 1 GB of SBOMs at most; the next one goes on' };
  const oci = clients.oci(target.registry, 'sbom');
  try {
    const { format, packages, unreadable, bytes } = await report.asked('sbom', fetchSbom(oci, target.repository, blob));
    const whole = { ...row, origin: format, bytes, packages: packages.length };
    const none = unreadable > 0 ? `none of its ${unreadable} RPMs can be read` : 'the SBOM lists no RPMs';
    if (packages.length === 0) return { ...whole, state: 'unreadable', why: none };
    const origin = { kind: 'sbom', format, blob } as const;
    const image = evidence.digest ?? '';
    await records.keepPackages({ schema: 1, image, arch, origin, ...(unreadable > 0 && { unreadable }), packages });
    found.lists.set(arch, packages.filter(isHeadliner));
    const why = unreadable > 0 ? `${unreadable} of its RPMs have names or versions that cannot be read` : null;
    return { ...whole, state: 'read', why };
  } catch (error) {
    const failure = asSourceError(error);
    report.problem('sbom', target.id, failure.kind, `${arch}: ${failure.message}`);
    return failedRow({ ...row, state: failure instanceof ContentFault ? 'unreadable' : 'not-read' }, failure);
  }
}

/** What is known of the image's packages after this refresh. */
async function tell(
  { records, report, nowMs }: Context,
  { target, evidence }: Watched,
  { rows, spots, hasLooked, lists }: Found,
): Promise<Sbom> {
  const before = evidence.sbom ?? Sbom.parse({ state: 'absent', digest: null });
  const image = evidence.digest;
  // What is not asked again is a problem all the same.
  for (const { arch, problem, why } of rows) if (problem) report.problem('sbom', target.id, problem, `${arch}: ${why}`);
  const arches = rows.toSorted((a, b) => target.arches.indexOf(a.arch) - target.arches.indexOf(b.arch));
  const state = sbomState(arches, before.digest, evidence.provenance?.state === 'verified');
  const checkedAt = hasLooked || spots.length > 0 || before.image !== image ? iso(nowMs) : before.checkedAt;
  const sbom = { ...before, state, image, checkedAt, arches };
  if (spots.length === 0) return { ...sbom, headline: keptHeadline(sbom.headline, arches) };
  for (const { arch, state: read } of arches)
    if (read === 'read' && !lists.has(arch))
      lists.set(arch, (await records.packages(image ?? '', arch))?.packages.filter(isHeadliner) ?? []);
  return { ...sbom, headline: headlineOf(lists) };
}
