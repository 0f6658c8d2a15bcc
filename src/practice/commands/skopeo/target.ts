import { type CommandIo, type Files, NotSimulated } from '#practice/command.ts';
import { type Manifest, repositoryOf } from '#practice/registry/client.ts';
import type { Reference } from '#practice/registry/reference.ts';

/** Where skopeo copies to. */

export interface Target {
  hasBlob: (digest: string) => Promise<boolean>;
  writeBlob: (digest: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** Under the name that was asked for, or only under its digest. */
  writeManifest: (manifest: Manifest, isNamed: boolean) => Promise<void>;
}

export function toRegistry(io: CommandIo, reference: Reference, isAnonymous: boolean): Target {
  const { hasBlob, writeBlob, writeManifest } = repositoryOf(io, reference, { actions: 'pull,push', isAnonymous });
  return {
    hasBlob,
    writeBlob,
    writeManifest: (manifest, isNamed) => writeManifest(isNamed ? reference.which : manifest.digest, manifest),
  };
}

const VERSION = 'Directory Transport Version: 1.1\n';

/** A folder as the transport `dir:` writes it; what it held as such a folder is gone. */
export async function toFolder(files: Files, path: string): Promise<Target> {
  const before = (await files.list(path)) ?? [];
  if (before.length > 0 && !before.some(({ name }) => name === 'version'))
    throw new NotSimulated('skopeo copy into a folder that holds other things');
  for (const { name } of before) await files.remove(`${path}/${name}`);
  await files.makeFolder(path);
  await files.write(`${path}/version`, VERSION);
  const at = (digest: string) => `${path}/${digest.replace('sha256:', '')}`;
  return {
    hasBlob: (digest) => files.exists(at(digest)),
    writeBlob: (digest, bytes) => files.write(at(digest), bytes),
    writeManifest: ({ digest, bytes }, isNamed) =>
      files.write(isNamed ? `${path}/manifest.json` : `${at(digest)}.manifest.json`, bytes),
  };
}
