import { readArguments } from '#practice/arguments.ts';
import { type CommandIo, NotSimulated } from '#practice/command.ts';
import { chosen, repositoryOf } from '#practice/registry/client.ts';
import { fullName, nameOf, parseReference } from '#practice/registry/reference.ts';
import type { ImageConfig } from '../skopeo/config.ts';
import { type Image, imagesIn, keep } from './store.ts';

const FLAGS = { values: ['arch', 'os', 'platform'], switches: ['quiet q'] };

/** podman pull: reads manifest and config; layers are not needed where nothing runs. */
export async function pull(argv: readonly string[], io: CommandIo): Promise<number> {
  const given = readArguments('podman pull', argv, FLAGS);
  const [name, ...more] = given.words;
  if (name === undefined) throw new Error('requires at least 1 arg(s), only received 0');
  if (more.length > 0) throw new NotSimulated('podman pull of several images at once');
  const [os = 'linux', arch = 'amd64'] = given.one('platform')?.split('/') ?? [given.one('os'), given.one('arch')];
  const say = (line: string) => (given.has('quiet') ? undefined : io.err(`${line}\n`));
  const image = await pulled(name.replace(/^docker:\/\//, ''), { arch, os }, io, say);
  const others = (await imagesIn(io)).flatMap((one) => {
    const tags = one.tags.filter((tag) => !image.tags.includes(tag));
    return one.id === image.id ? [] : [{ ...one, tags }];
  });
  const before = (await imagesIn(io)).find(({ id }) => id === image.id);
  const merged: Image = {
    ...image,
    tags: [...new Set([...(before?.tags ?? []), ...image.tags])],
    digests: [...new Set([...(before?.digests ?? []), ...image.digests])].sort(),
  };
  await keep(io, [merged, ...others]);
  io.out(`${image.id}\n`);
  return 0;
}

async function pulled(
  name: string,
  { arch, os }: { arch: string; os: string },
  io: CommandIo,
  say: (line: string) => void,
): Promise<Image> {
  if (!/^[^/]*[.:][^/]*\//.test(name))
    throw new NotSimulated(`short names such as ${name}: write the registry too, as quay.io/fedora/fedora-bootc:45`);
  const reference = parseReference(name);
  const whole = `docker://${fullName(reference)}`;
  say(`Trying to pull ${fullName(reference)}...`);
  const repository = repositoryOf(io, reference, { actions: 'pull' });
  const manifest = await repository.manifest(reference.which).catch((error: Error) => {
    throw new Error(`initializing source ${whole}: ${error.message}`);
  });
  const single = manifest.children.length === 0 ? manifest : await repository.manifest(childOf());
  say('Getting image source signatures');
  for (const { digest } of single.layers) say(`Copying blob ${digest}`);
  const { digest = '' } = single.config ?? {};
  say(`Copying config ${digest}`);
  const config: ImageConfig = JSON.parse(new TextDecoder().decode(await repository.readBlob(digest)));
  say('Writing manifest to image destination');
  say('Storing signatures');
  return {
    id: digest.replace('sha256:', ''),
    tags: reference.which.startsWith('sha256:') ? [] : [fullName(reference)],
    digests: [...new Set([single.digest, manifest.digest])].map((one) => `${nameOf(reference)}@${one}`),
    digest: manifest.digest,
    mediaType: single.mediaType,
    config,
  };

  function childOf(): string {
    try {
      return chosen(manifest, arch, os).digest;
    } catch (error) {
      throw new Error(
        `choosing an image from manifest list ${whole}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}
