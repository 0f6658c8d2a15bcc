import { type Arguments, readArguments } from '#practice/arguments.ts';
import { type CommandIo, NotSimulated } from '#practice/command.ts';
import { chosen, type Manifest, type Repository, repositoryOf } from '#practice/registry/client.ts';
import { fullName } from '#practice/registry/reference.ts';
import { GLOBAL, type Machine, machineOf } from './machine.ts';
import { type Target, toFolder, toRegistry } from './target.ts';
import { type Place, placeOf, words } from './transport.ts';

/** skopeo copy: from a registry to a registry or into a folder. */

const FLAGS = {
  values: [...GLOBAL.values, 'retry-times', 'multi-arch', 'digestfile'],
  switches: [...GLOBAL.switches, 'all a', 'quiet q', 'preserve-digests', 'src-no-creds', 'dest-no-creds'],
};
const MODES = ['system', 'all', 'index-only'];

export async function copy(argv: readonly string[], io: CommandIo, before: Machine): Promise<number> {
  const given = readArguments('skopeo copy', argv, FLAGS);
  const [from = '', to = ''] = words('skopeo copy', given, 2);
  const source = named('source', from);
  const destination = named('destination', to);
  if (source.kind === 'dir') throw new NotSimulated('skopeo copy from a folder');
  const mode = modeOf(given);
  const say = (line: string) => (given.has('quiet') ? undefined : io.out(`${line}\n`));
  const reading = repositoryOf(io, source.reference, { actions: 'pull', isAnonymous: given.has('src-no-creds') });
  const name = `docker://${fullName(source.reference)}`;
  const manifest = await within(`initializing source ${name}`, () => reading.manifest(source.reference.which));
  const target =
    destination.kind === 'dir'
      ? await toFolder(io.files, destination.path)
      : toRegistry(io, destination.reference, given.has('dest-no-creds'));
  const digest =
    manifest.children.length === 0
      ? await one(manifest, { reading, target, say }, true)
      : mode === 'all'
        ? await all(manifest, { reading, target, say })
        : await ofMachine(manifest, { reading, target, say }, machineOf(given, before), name);
  const file = given.one('digestfile');
  if (file !== undefined) await io.writeFile(file, digest);
  return 0;
}

interface Copying {
  reading: Repository;
  target: Target;
  say: (line: string) => void;
}

/** Gives the digest of what was written. */
async function one(image: Manifest, { reading, target, say }: Copying, isTagged: boolean): Promise<string> {
  say('Getting image source signatures');
  const config = image.config ? [image.config] : [];
  for (const [kind, blobs] of [
    ['blob', image.layers],
    ['config', config],
  ] as const)
    for (const { digest } of blobs) {
      say(`Copying ${kind} ${digest}`);
      await within(`writing blob`, async () => {
        if (!(await target.hasBlob(digest))) await target.writeBlob(digest, await reading.readBlob(digest));
      });
    }
  say('Writing manifest to image destination');
  await within('writing manifest', () => target.writeManifest(image, isTagged));
  say('Storing signatures');
  return image.digest;
}

async function all(index: Manifest, copying: Copying): Promise<string> {
  const { say, reading, target } = copying;
  const count = index.children.length;
  say('Getting image list signatures');
  say(`Copying ${count} of ${count} images in list`);
  for (const [at, { digest }] of index.children.entries()) {
    say(`Copying image ${digest} (${at + 1}/${count})`);
    await within(`copying image ${at + 1}/${count} from manifest list`, async () =>
      one(await reading.manifest(digest), copying, false),
    );
  }
  say('Writing manifest list to image destination');
  await within('writing manifest list', () => target.writeManifest(index, true));
  say('Storing list signatures');
  return index.digest;
}

async function ofMachine(index: Manifest, copying: Copying, { arch, os }: Machine, name: string): Promise<string> {
  const image = await within(`choosing an image from manifest list ${name}`, async () => chosen(index, arch, os));
  return within('copying system image from manifest list', async () =>
    one(await copying.reading.manifest(image.digest), copying, true),
  );
}

function modeOf(given: Arguments): 'system' | 'all' {
  const mode = given.one('multi-arch');
  if (mode !== undefined && given.has('all')) throw new Error('Cannot use --all and --multi-arch flags together');
  if (mode !== undefined && !MODES.includes(mode))
    throw new Error(
      `unknown multi-arch option "${mode}". Choose one of the supported options: 'system', 'all', or 'index-only'`,
    );
  if (mode === 'index-only') throw new NotSimulated('--multi-arch=index-only of skopeo copy');
  return mode === 'all' || given.has('all') ? 'all' : 'system';
}

function named(which: string, text: string): Place {
  try {
    return placeOf(text);
  } catch (error) {
    if (error instanceof NotSimulated || !(error instanceof Error)) throw error;
    throw new Error(`Invalid ${which} name ${text}: ${error.message}`);
  }
}

/** Puts what was being done before what went wrong. */
async function within<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotSimulated || !(error instanceof Error)) throw error;
    throw new Error(`${what}: ${error.message}`);
  }
}
