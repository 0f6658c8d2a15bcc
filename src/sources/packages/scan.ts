import { asSourceError } from '#sources/error.ts';
import type { Context, Pass } from '#sources/pass.ts';
import type { Watched } from '#sources/registry/repository.ts';
import type { Arch } from '#status/arch.ts';
import { inListOrder, type Package, type PackageList } from '#status/packages.ts';
import { type ArchSbom, headlineOf, keptHeadline, unreadArch } from '#status/sbom.ts';
import { sizeText } from '#status/text/dates.ts';
import { iso } from '#status/time.ts';
import { packagesInside } from './rpm-layers.ts';
import { isOver, keepRefusal, type Refusal, readRefusal } from './scan-refusal.ts';

/** Package lists of production images without an SBOM, from the RPM database in their layers, each digest once. */

/** One arch tells what a compose brought; the others would cost as much again each. */
const ARCH = 'x86_64';

/** What is known of the packages inside an image. */
type Finding = { list: PackageList } | { refusal: Refusal } | { why: string };

/** An image that this refresh has seen, and whose packages no SBOM tells. */
interface Subject {
  one: Watched;
  image: string;
  manifest: string;
  /** Null where nobody has told. */
  bytes: number | null;
}

/** Adds what the layers tell to every image that has none; reads at most `context.scanBytes` of them. */
export const scanLayers: Pass = async (context, images) => {
  const subjects = images.flatMap((one) => subjectOf(context, one));
  const findings = new Map<string, Finding>();
  for (const { image } of subjects) {
    const finding = await recall(context, image);
    if (finding) findings.set(image, finding);
  }
  await readInTurn(context, subjects, findings);
  return Promise.all(
    images.map(async (one) => {
      const subject = subjects.find((other) => other.one === one);
      const finding = findings.get(one.evidence.digest ?? '');
      return subject && finding ? { ...one, evidence: await shown(context, subject, finding) } : one;
    }),
  );
};

function subjectOf(context: Context, one: Watched): Subject[] {
  const { digest, arches, sbom } = one.evidence;
  const found = arches.find(({ arch }) => arch === ARCH);
  const row = sbom?.arches.find(({ arch }) => arch === ARCH);
  // What an SBOM told, or failed to tell today, is not for us.
  const isOurs = !row || row.state === 'absent' || row.origin === 'scan';
  if (!context.isDue(one, 'sbom') || !digest || !sbom || !found?.digest || !isOurs) return [];
  return [{ one, image: digest, manifest: found.digest, bytes: found.size }];
}

/** What an earlier refresh has found out; null where it is to be found out. */
async function recall({ records, nowMs }: Context, image: string): Promise<Finding | null> {
  const list = await records.packages(image, ARCH);
  if (list) return { list };
  const refusal = await readRefusal(records, image);
  return refusal && !isOver(refusal, nowMs) ? { refusal } : null;
}

/** Reads what nothing is known of: first what others are compared with, then the newest. */
async function readInTurn(context: Context, subjects: readonly Subject[], findings: Map<string, Finding>) {
  const compared = new Set(subjects.flatMap(({ one: { target } }) => target.parity ?? []));
  const isCompared = ({ one }: Subject) => Number(compared.has(one.target.id));
  const dateOf = ({ one }: Subject) => one.evidence.createdAt ?? '';
  const open = subjects
    .filter(({ one, image }) => one.target.channel === 'production' && !findings.has(image))
    .sort((a, b) => isCompared(b) - isCompared(a) || dateOf(b).localeCompare(dateOf(a)));
  let left = context.scanBytes;
  for (const subject of open) {
    if (findings.has(subject.image)) continue;
    const why = reasonToWait(subject.bytes, left, context.scanBytes);
    // A layer may be asked for twice, and the database mostly lies in one of the first: what has come is what counts.
    const before = context.clients.http.usage('sbom').bytes;
    const finding = why === null ? await read(context, subject) : { why };
    findings.set(subject.image, finding);
    left -= context.clients.http.usage('sbom').bytes - before;
    // A registry that fails now would fail for the next one too.
    if ('refusal' in finding && !finding.refusal.lasting) left = 0;
  }
}

function reasonToWait(bytes: number | null, left: number, all: number): string | null {
  if (bytes === null) return 'no SBOM tells its packages, and its layers are not read: their size is not known';
  const size = sizeText(bytes);
  if (all === 0) return `no SBOM tells its packages; a refresh with --scan reads them from its layers, ${size}`;
  if (bytes > all)
    return `no SBOM tells its packages, and its layers have ${size}: more than a refresh may read (${sizeText(all)})`;
  return bytes > left ? `waits for its turn: a later refresh reads its packages from its layers, ${size}` : null;
}

async function read({ clients, records, report }: Context, subject: Subject): Promise<Finding> {
  const { one, image, manifest } = subject;
  const { registry, repository } = one.target;
  const work = async () => {
    const oci = clients.oci(registry, 'sbom');
    const { layers = [] } = await oci.manifest(repository, manifest);
    return packagesInside(oci, repository, layers);
  };
  try {
    const { layer, packages } = await report.asked('sbom', work());
    const origin = { kind: 'scan', layer } as const;
    const list: PackageList = { schema: 1, image, arch: ARCH, origin, packages: inListOrder(packages) };
    await records.keepPackages(list);
    return { list };
  } catch (error) {
    return { refusal: await keepRefusal(records, image, asSourceError(error), iso(report.nowMs)) };
  }
}

/** The evidence with what is known of its packages in the row of its arch. */
async function shown(context: Context, { one, manifest }: Subject, finding: Finding): Promise<Watched['evidence']> {
  const { evidence, target } = one;
  const { sbom } = evidence;
  if (!sbom) return evidence;
  if ('refusal' in finding) {
    const { kind, why } = finding.refusal;
    context.report.problem('sbom', target.id, kind, `layers of ${manifest}: ${why}`);
  }
  const tag = sbom.arches.find(({ arch }) => arch === ARCH)?.tag ?? null;
  const row = rowOf(finding, tag);
  const arches = [...sbom.arches.filter(({ arch }) => arch !== ARCH), row];
  const order = target.arches;
  arches.sort((a, b) => order.indexOf(a.arch) - order.indexOf(b.arch));
  if (!('list' in finding))
    return { ...evidence, sbom: { ...sbom, arches, headline: keptHeadline(sbom.headline, arches) } };
  const lists = new Map<Arch, readonly Package[]>([[ARCH, finding.list.packages]]);
  for (const { arch } of arches.filter(({ arch, state }) => arch !== ARCH && state === 'read'))
    lists.set(arch, (await context.records.packages(finding.list.image, arch))?.packages ?? []);
  return { ...evidence, sbom: { ...sbom, arches, headline: headlineOf(lists) } };
}

function rowOf(finding: Finding, tag: string | null): ArchSbom {
  const row = { ...unreadArch(ARCH, tag), origin: 'scan' } as const;
  if ('list' in finding) {
    const { origin, packages } = finding.list;
    const place = origin.kind === 'scan' ? { digest: origin.layer } : { origin: origin.format, digest: origin.blob };
    return { ...row, ...place, state: 'read', packages: packages.length };
  }
  if ('why' in finding) return { ...row, why: finding.why };
  const { lasting, why } = finding.refusal;
  return { ...row, state: lasting ? 'unreadable' : 'not-read', problem: lasting, why };
}
