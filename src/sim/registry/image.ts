import { type Blob, blob, json, type Stored } from '#sim/bytes.ts';
import { digestNamed } from '#sim/pipeline/names.ts';
import type { Recipe } from '#sim/settled.ts';
import type { Arch } from '#status/model.ts';
import { gzipOf } from './gzip.ts';
import { INDEX, MANIFEST } from './media.ts';
import type { Rpm } from './packages.ts';
import { rpmdb } from './rpmdb.ts';
import { tarOf } from './tar.ts';

/** Images as a registry holds them: manifests, configs and layers, the same on every run. */

export interface Image {
  digest: string;
  isIndex: boolean;
  /** Compressed layers of a plain manifest; null for an index. */
  size: number | null;
  children: { arch: Arch; digest: string }[];
  manifests: Stored[];
  blobs: Blob[];
}

const OCI_ARCH = { x86_64: 'amd64', aarch64: 'arm64', ppc64le: 'ppc64le', s390x: 's390x' } as const;
const WEIGHT = { x86_64: 1, aarch64: 0.97, ppc64le: 0.95, s390x: 0.9 } as const;
const SHARES = [0.62, 0.27, 0.11];
const EMPTY_TAR = new Uint8Array(1_024);

/** The image of a recipe. */
export async function make(recipe: Recipe): Promise<Image> {
  const built = await Promise.all(recipe.arches.map(({ arch, created }) => machine(recipe, arch, created)));
  const [first] = built;
  if (recipe.isSingle && first)
    return { ...first, digest: first.manifest.digest, isIndex: false, children: [], manifests: [first.manifest] };
  const index = await json(INDEX, {
    schemaVersion: 2,
    mediaType: INDEX,
    manifests: built.map(({ arch, manifest }) => ({
      mediaType: MANIFEST,
      digest: manifest.digest,
      size: manifest.bytes.length,
      platform: { architecture: OCI_ARCH[arch], os: 'linux' },
    })),
  });
  return {
    digest: index.digest,
    isIndex: true,
    size: null,
    children: built.map(({ arch, manifest }) => ({ arch, digest: manifest.digest })),
    manifests: [index, ...built.map(({ manifest }) => manifest)],
    blobs: built.flatMap(({ blobs }) => blobs),
  };
}

async function machine(recipe: Recipe, arch: Arch, created: string | null) {
  const layers = await layersOf(recipe, arch);
  const config = await json('application/vnd.oci.image.config.v1+json', {
    ...(created === null ? {} : { created }),
    architecture: OCI_ARCH[arch],
    os: 'linux',
    config: { Env: ['container=oci'], Cmd: ['/sbin/init'], Labels: recipe.labels, StopSignal: 'SIGRTMIN+3' },
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest, diffId = digest }) => diffId) },
    history: [{ ...(created === null ? {} : { created }), created_by: 'sample', comment: recipe.seed }],
  });
  const manifest = await json(MANIFEST, {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: { mediaType: config.mediaType, digest: config.digest, size: config.bytes.length },
    layers: layers.map(({ mediaType, digest, size }) => ({ mediaType, digest, size })),
    ...(await annotationsOf(recipe, arch)),
  });
  const size = layers.reduce((sum, layer) => sum + layer.size, 0);
  return { arch, manifest, size, blobs: [{ ...config, size: config.bytes.length }, ...layers] };
}

/** As build tools note it: the name of the base, and the digest of its manifest for this arch. */
async function annotationsOf({ base }: Recipe, arch: Arch): Promise<{ annotations?: Record<string, string> }> {
  const built = base?.recipe.arches.find((one) => one.arch === arch);
  if (!base?.tells.includes('annotations') || !built) return {};
  const { manifest } = await machine(base.recipe, arch, built.created);
  const name = 'org.opencontainers.image.base';
  return { annotations: { [`${name}.name`]: base.image, [`${name}.digest`]: manifest.digest } };
}

const PLAIN = 'application/vnd.oci.image.layer.v1.tar';
const ZIPPED = `${PLAIN}+gzip`;

/** A layer; `diffId` is the digest of what is in a compressed one. */
type Layer = Blob & { diffId?: string };

async function layersOf(recipe: Recipe, arch: Arch): Promise<Layer[]> {
  const layers = await ownLayers(recipe, arch);
  if (!recipe.hasRpmdb) return layers;
  return [...layers, await databaseOf(recipe.packages.get(arch) ?? [])];
}

const databases = new WeakMap<readonly Rpm[], Promise<Blob>>();

/** Nightly pushes share their lists. */
function databaseOf(packages: readonly Rpm[]): Promise<Blob> {
  const made = databases.get(packages) ?? blob(PLAIN, tarOf('usr/lib/sysimage/rpm/rpmdb.sqlite', rpmdb(packages)));
  databases.set(packages, made);
  return made;
}

const EMPTY_LAYER = blob(PLAIN, EMPTY_TAR);

async function ownLayers(recipe: Recipe, arch: Arch): Promise<Layer[]> {
  const layers = recipe.base?.tells.includes('layers') ? await layersOf(recipe.base.recipe, arch) : [await EMPTY_LAYER];
  if (recipe.isPullable) return [...layers, await smallLayer(recipe, arch)];
  if (recipe.sizeMB === 0) return layers;
  for (const [index, share] of SHARES.entries()) {
    const digest = digestNamed(`${recipe.seed} ${arch} layer ${index}`);
    const jitter = 1 + (Number.parseInt(digest.slice(7, 11), 16) / 65_535 - 0.5) / 50;
    const size = Math.round(recipe.sizeMB * 1_000_000 * share * WEIGHT[arch] * jitter);
    layers.push({ mediaType: ZIPPED, digest, size, bytes: null });
  }
  return layers;
}

/** One file, which says what this would be. */
async function smallLayer({ seed, title }: Recipe, arch: Arch): Promise<Layer> {
  const archive = tarOf('usr/lib/sample-image', new TextEncoder().encode(`sample: ${title} for ${arch}, ${seed}\n`));
  const { digest: diffId } = await blob(PLAIN, archive);
  return { ...(await blob(ZIPPED, gzipOf(archive))), diffId };
}
