import { type Blob, blob } from '#sim/bytes.ts';
import type { Life, Recipe } from '#sim/settled.ts';
import type { Arch } from '#status/model.ts';
import type { Rpm } from './packages.ts';

/** SBOMs as Konflux writes them: one of each arch with its RPMs, and one of the index that only names the arches. */

/** One arch of an image, and the blob that its build says is its SBOM. */
export interface Leg {
  arch: Arch;
  digest: string;
  sbom: string | null;
}

const SPDX = 'text/spdx+json';
const CYCLONEDX = 'application/vnd.cyclonedx+json';
const TOOL = 'slipway sample';

const made = new WeakMap<Recipe, Map<string, Promise<Blob>>>();

/** Whether an attachment is an SBOM: plain, `-cyclonedx`, `-referrer`, or `-broken`, `-of-other`, `-empty`. */
export const isSbom = (kind: string): boolean => kind.startsWith('sbom');

/** The arches of an image with what its build says of their SBOMs. */
export function legsOf(
  { recipe, attach }: Life,
  image: { digest: string; children: readonly { arch: Arch; digest: string }[] },
): Promise<Leg[]> {
  const kind = attach.find(isSbom);
  const single = recipe.arches.slice(0, 1).map(({ arch }) => ({ arch, digest: image.digest }));
  return Promise.all(
    (image.children.length > 0 ? image.children : single).map(async ({ arch, digest }) => {
      const sbom = kind ? await sbomOfArch(kind, recipe, arch) : null;
      return { arch, digest, sbom: sbom?.digest ?? null };
    }),
  );
}

/** The SBOM of one arch; null where the world does not say what is in the image. */
export async function sbomOfArch(kind: string, recipe: Recipe, arch: Arch): Promise<Blob | null> {
  const rpms = recipe.packages.get(arch);
  if (!rpms) return null;
  const known = made.get(recipe) ?? new Map<string, Promise<Blob>>();
  made.set(recipe, known);
  const sbom = known.get(`${kind} ${arch}`) ?? write(kind, `${recipe.title} ${arch}`, rpms);
  known.set(`${kind} ${arch}`, sbom);
  return sbom;
}

/** The SBOM of an index. */
export function sbomOfIndex(life: Life, children: readonly { arch: Arch; digest: string }[]): Promise<Blob> {
  const name = `sample ${life.recipe.title}`;
  const packages = children.map(({ arch, digest }) => ({
    SPDXID: `SPDXRef-image-${arch}`,
    name: `sample_${arch}`,
    downloadLocation: 'NOASSERTION',
    externalRefs: [purlOf(`pkg:oci/sample@${encodeURIComponent(digest)}?arch=${arch}`, 'PACKAGE_MANAGER')],
  }));
  return encoded(SPDX, spdx(name, packages));
}

async function write(kind: string, title: string, rpms: readonly Rpm[]): Promise<Blob> {
  const held = kind.endsWith('-empty') ? [] : rpms;
  const isCyclonedx = kind.endsWith('-cyclonedx');
  const whole = await encoded(
    isCyclonedx ? CYCLONEDX : SPDX,
    isCyclonedx ? cyclonedx(title, held) : spdx(`sample ${title}`, held.map(spdxPackage)),
  );
  if (kind.endsWith('-of-other')) return { ...whole, bytes: new TextEncoder().encode(' '.repeat(whole.size)) };
  return kind.endsWith('-broken') ? blob(SPDX, (whole.bytes ?? new Uint8Array()).slice(0, whole.size / 2)) : whole;
}

const encoded = (mediaType: string, value: unknown): Promise<Blob> =>
  blob(mediaType, new TextEncoder().encode(JSON.stringify(value)));

function spdx(name: string, packages: unknown[]) {
  const creationInfo = { created: '1970-01-01T00:00:00Z', creators: [`Tool: ${TOOL}`] };
  return { SPDXID: 'SPDXRef-DOCUMENT', spdxVersion: 'SPDX-2.3', name, creationInfo, packages, files: [] };
}

function spdxPackage(rpm: Rpm, index: number) {
  const { name, version, release } = rpm;
  return {
    SPDXID: `SPDXRef-Package-rpm-${index}`,
    name,
    versionInfo: `${version}-${release}`,
    downloadLocation: 'NOASSERTION',
    // Both spellings are met with.
    externalRefs: [purlOf(purl(rpm), index % 2 === 0 ? 'PACKAGE-MANAGER' : 'PACKAGE_MANAGER')],
  };
}

const purlOf = (referenceLocator: string, referenceCategory: string) => ({
  referenceCategory,
  referenceType: 'purl',
  referenceLocator,
});

function cyclonedx(title: string, rpms: readonly Rpm[]) {
  const components = rpms.map((rpm) => ({
    type: 'library',
    name: rpm.name,
    version: `${rpm.version}-${rpm.release}`,
    purl: purl(rpm),
  }));
  const metadata = { component: { type: 'container', name: `sample ${title}` } };
  return { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata, components };
}

function purl({ name, epoch, version, release, arch, source }: Rpm): string {
  const more = epoch === null ? '' : `&epoch=${epoch}`;
  const upstream = encodeURIComponent(`${source}.src.rpm`);
  const evr = encodeURIComponent(`${version}-${release}`);
  return `pkg:rpm/fedora/${encodeURIComponent(name)}@${evr}?arch=${arch}&distro=fedora-sample${more}&upstream=${upstream}`;
}
