import { asSourceError } from '#sources/error.ts';
import type { Report } from '#sources/report.ts';
import type { Evidence } from '#status/facets.ts';
import type { ArchImage } from '#status/model.ts';
import type { Target } from '#status/targets.ts';
import { type Config, type Manifest, OCI_ARCH, type Oci } from './oci.ts';

/** What a digest contains: its platforms, and digest, size and date of each arch. */

type Contents = Pick<Evidence, 'platforms' | 'arches' | 'labels' | 'version' | 'createdAt'>;

const LABELS = 60;
const LABEL_LENGTH = 500;
const VERSION = 'org.opencontainers.image.version';

/** Reads an index (or a single manifest) and all that it names; throws a SourceError when the index cannot be read. */
export async function inspect(oci: Oci, target: Target, digest: string, report: Report): Promise<Contents> {
  const manifest = await oci.manifest(target.repository, digest);
  if (!manifest.manifests) return single(oci, target, digest, manifest, report);
  const platforms = manifest.manifests.flatMap(({ platform, digest: child }) =>
    platform && platform.os !== 'unknown' ? [{ ...platform, child }] : [],
  );
  const read = await Promise.all(
    target.arches.map(async (arch) => {
      const child = platforms.find((one) => one.os === 'linux' && OCI_ARCH[one.architecture] === arch)?.child;
      return child ? readArch(oci, target, arch, child, report) : { row: absent(arch), config: null };
    }),
  );
  return contents(
    read,
    platforms.map((one) => `${one.os}/${one.architecture}`),
  );
}

interface Read {
  row: Omit<ArchImage, 'verdict'>;
  config: Config | null;
}

async function single(oci: Oci, target: Target, digest: string, manifest: Manifest, report: Report): Promise<Contents> {
  const config = manifest.config ? await oci.config(target.repository, manifest.config.digest) : null;
  const arch = config?.architecture ? OCI_ARCH[config.architecture] : undefined;
  const rows = target.arches.map((one) =>
    one === arch
      ? { row: row(one, digest, manifest, config, target, report), config }
      : { row: absent(one), config: null },
  );
  return contents(rows, config?.architecture ? [`${config.os ?? 'linux'}/${config.architecture}`] : []);
}

async function readArch(
  oci: Oci,
  target: Target,
  arch: ArchImage['arch'],
  digest: string,
  report: Report,
): Promise<Read> {
  try {
    const manifest = await oci.manifest(target.repository, digest);
    const config = manifest.config ? await oci.config(target.repository, manifest.config.digest) : null;
    return { row: row(arch, digest, manifest, config, target, report), config };
  } catch (error) {
    const { source, kind, message } = asSourceError(error);
    report.problem(source, target.id, kind, `${arch}: ${message}`);
    return { row: { ...absent(arch), digest }, config: null };
  }
}

function row(
  arch: ArchImage['arch'],
  digest: string,
  { layers }: Manifest,
  config: Config | null,
  target: Target,
  report: Report,
): Read['row'] {
  const size = layers ? layers.reduce((sum, layer) => sum + layer.size, 0) : null;
  return {
    arch,
    digest,
    size,
    createdAt: dateOf(
      config,
      (date) => report.problem('oci', target.id, 'clock', `${arch} says ${date}`),
      report.nowMs,
    ),
  };
}

const absent = (arch: ArchImage['arch']) => ({ arch, digest: null, size: null, createdAt: null });

/** The config's date; null where it is an epoch constant of a reproducible build, lies in the future, or is no date. */
function dateOf(config: Config | null, onFuture: (date: string) => void, nowMs: number): string | null {
  const ms = Date.parse(config?.created ?? '');
  if (Number.isNaN(ms) || ms <= EPOCH_MS) return null;
  if (ms > nowMs + SKEW_MS) {
    onFuture(new Date(ms).toISOString());
    return null;
  }
  return new Date(ms).toISOString();
}

// Reproducible builds write the first second of 1970, or of 1980 where an archive format cannot say less.
const EPOCH_MS = Date.parse('1980-01-02T00:00:00Z');
const SKEW_MS = 5 * 60_000;

function contents(read: Read[], platforms: string[]): Contents {
  const dates = read.flatMap(({ row: { createdAt } }) => (createdAt ? [createdAt] : []));
  const labels = labelsOf(read.find(({ config }) => config !== null)?.config ?? null);
  return {
    platforms: platforms.slice(0, 50),
    arches: read.map((one) => one.row),
    createdAt: dates.sort().at(-1) ?? null,
    labels,
    version: labels[VERSION] ?? null,
  };
}

function labelsOf(config: Config | null): Record<string, string> {
  const entries = Object.entries(config?.config?.Labels ?? {}).filter(([name]) => name.length <= LABEL_LENGTH);
  return Object.fromEntries(entries.slice(0, LABELS).map(([name, value]) => [name, value.slice(0, LABEL_LENGTH)]));
}
