import { readArguments } from '#practice/arguments.ts';
import { type CommandIo, NotSimulated } from '#practice/command.ts';
import { goJson } from '#practice/go-json.ts';
import { repositoryOf } from '#practice/registry/client.ts';
import { fullName, nameOf, parseReference } from '#practice/registry/reference.ts';
import { columns } from './columns.ts';

/** What podman asks of a registry without pulling: the tags, and the list of images of an index. */

const LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';
const TAGS = 25;

/** podman search --list-tags */
export async function search(argv: readonly string[], io: CommandIo): Promise<number> {
  const given = readArguments('podman search', argv, { values: ['limit'], switches: ['list-tags'] });
  const [name = ''] = given.words;
  if (!given.has('list-tags')) throw new NotSimulated('podman search without --list-tags');
  const reference = parseReference(name.replace(/^docker:\/\//, ''));
  const tags = await repositoryOf(io, reference, { actions: 'pull' })
    .tags()
    .catch((error: Error) => {
      throw new Error(`1 error occurred:\n\t* getting repository tags: ${error.message}\n\n`);
    });
  const shown = tags.slice(0, Number(given.one('limit') ?? TAGS));
  io.out(columns([['NAME', 'TAG'], ...shown.map((tag) => [nameOf(reference), tag])]));
  return 0;
}

/** podman manifest inspect */
export async function inspectManifest(argv: readonly string[], io: CommandIo): Promise<number> {
  const { words } = readArguments('podman manifest inspect', argv, {});
  const [name = ''] = words;
  if (words.length !== 1 || /^[a-z-]+:\/\//.test(name))
    throw new NotSimulated('podman manifest inspect of any but one name without a transport');
  const reference = parseReference(name);
  const manifest = await repositoryOf(io, reference, { actions: 'pull' })
    .manifest(reference.which)
    .catch((error: Error) => {
      throw new Error(`reading image "docker://${fullName(reference)}": ${error.message}`);
    });
  if (manifest.children.length === 0)
    throw new Error(
      `parsing manifest blob ${JSON.stringify(manifest.text)} as a "${manifest.mediaType}": Treating single images as manifest lists is not implemented`,
    );
  const manifests = manifest.children.map(({ mediaType, size, digest, architecture, os }) => {
    return { mediaType, size, digest, platform: { architecture, os } };
  });
  io.out(`${goJson({ schemaVersion: 2, mediaType: LIST, manifests }, 4)}\n`);
  return 0;
}
