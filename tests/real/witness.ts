import { createHash } from 'node:crypto';
import type { Arch } from '#status/model.ts';
import { skopeo } from '../support/registry.ts';
import { OCI_NAME } from './image.ts';

/** What skopeo says of an image: the other voice, against which a snapshot is held. */

export interface Witness {
  digest: string;
  platforms: string[];
  arches: { arch: Arch; digest: string | null; size: number | null; createdAt: string | null }[];
}

interface Manifest {
  manifests?: { digest: string; platform: { architecture: string; os: string } }[];
  layers?: { size: number }[];
}

interface Config {
  created: string;
  architecture: string;
  os: string;
}

/** Asks for the index, then for each arch's manifest and config by digest. */
export async function witness(repository: string, tag: string, arches: readonly Arch[]): Promise<Witness> {
  const index = await manifest(`${repository}:${tag}`);
  if (!index.manifests) return single(repository, index.digest, arches);
  const children = index.manifests;
  const rows = arches.map(async (arch) => {
    const child = children.find(({ platform }) => platform.architecture === OCI_NAME[arch])?.digest;
    return child ? machine(repository, arch, child) : absent(arch);
  });
  const platforms = children.map(({ platform }) => `${platform.os}/${platform.architecture}`);
  return { digest: index.digest, platforms, arches: await Promise.all(rows) };
}

async function single(repository: string, digest: string, arches: readonly Arch[]): Promise<Witness> {
  const { os, architecture } = await config(repository, digest);
  const rows = arches.map((arch) =>
    OCI_NAME[arch] === architecture ? machine(repository, arch, digest) : absent(arch),
  );
  return { digest, platforms: [`${os}/${architecture}`], arches: await Promise.all(rows) };
}

async function machine(repository: string, arch: Arch, child: string) {
  const { digest, layers = [] } = await manifest(`${repository}@${child}`);
  const { created } = await config(repository, child);
  const ms = Date.parse(created);
  const size = layers.reduce((sum, layer) => sum + layer.size, 0);
  // Design, "Public data": an epoch is no date.
  return { arch, digest, size, createdAt: ms === 0 ? null : new Date(ms).toISOString() };
}

const absent = (arch: Arch) => ({ arch, digest: null, size: null, createdAt: null });

async function manifest(reference: string): Promise<Manifest & { digest: string }> {
  const text = await skopeo('inspect', '--raw', '--tls-verify=false', `docker://${reference}`);
  const parsed: Manifest = JSON.parse(text);
  return { ...parsed, digest: `sha256:${createHash('sha256').update(text).digest('hex')}` };
}

async function config(repository: string, digest: string): Promise<Config> {
  return JSON.parse(await skopeo('inspect', '--config', '--tls-verify=false', `docker://${repository}@${digest}`));
}
