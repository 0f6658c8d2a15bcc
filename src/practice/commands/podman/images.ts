import { readArguments } from '#practice/arguments.ts';
import { type CommandIo, NotSimulated } from '#practice/command.ts';
import { goJson } from '#practice/go-json.ts';
import { fillTemplate } from '#practice/go-template.ts';
import { byKey, ordered } from '../skopeo/config.ts';
import { columns } from './columns.ts';
import { find, type Image, imagesIn, keep, tagged } from './store.ts';

/** What podman tells of the images that it has pulled: images, image inspect, exists, tag, rmi. */

const SHORT = 12;

/** podman images */
export async function images(argv: readonly string[], io: CommandIo): Promise<number> {
  const given = readArguments('podman images', argv, {
    values: ['format'],
    switches: ['quiet q', 'digests', 'noheading n'],
  });
  if (given.words.length > 0) throw new NotSimulated('podman images with a name');
  const all = await imagesIn(io);
  const rows = all.flatMap((image) => (image.tags.length > 0 ? image.tags : [null]).map((tag) => rowOf(image, tag)));
  const format = given.one('format');
  if (given.has('quiet')) io.out(all.map(({ id }) => `${id.slice(0, SHORT)}\n`).join(''));
  else if (format !== undefined) io.out(rows.map((row) => `${filled(format, row)}\n`).join(''));
  else {
    const table = rows.map((row) => [
      ...[row.Repository, row.Tag, ...(given.has('digests') ? [row.Digest] : []), row.ID],
      `${ago(io.now() - Date.parse(row.created))} ago`,
    ]);
    const head = ['REPOSITORY', 'TAG', ...(given.has('digests') ? ['DIGEST'] : []), 'IMAGE ID', 'CREATED'];
    io.out(columns(given.has('noheading') ? table : [head, ...table]));
  }
  return 0;
}

function rowOf({ id, digest, digests, config }: Image, tag: string | null) {
  const [, repository = digests[0]?.split('@')[0] ?? '', name = '<none>'] = /^(.*):([^:/]*)$/.exec(tag ?? '') ?? [];
  return { Repository: repository, Tag: name, ID: id.slice(0, SHORT), Digest: digest, created: config.created ?? '' };
}

function filled(format: string, row: ReturnType<typeof rowOf>): string {
  const { created: _, ...data } = row;
  const stray = [...format.matchAll(/\.(\w+)/g)].find(([, name = '']) => !(name in data));
  if (/^\s*json\s*$/.test(format))
    throw new NotSimulated('--format json of podman images', 'Use podman image inspect, which prints JSON.');
  if (stray || format.startsWith('table'))
    throw new NotSimulated(`${stray?.[0] ?? 'table'} in --format of podman images`);
  return fillTemplate('images', format.replaceAll('\\t', '\t').replaceAll('\\n', '\n'), data);
}

/** How long ago, in the words of go-units. */
function ago(ms: number): string {
  const [seconds, minutes, hours] = [ms / 1_000, ms / 60_000, Math.round(ms / 3_600_000)];
  if (seconds < 60) return seconds < 1 ? 'Less than a second' : `${Math.floor(seconds)} seconds`;
  if (minutes < 60) return minutes < 2 ? 'About a minute' : `${Math.floor(minutes)} minutes`;
  if (hours < 48) return hours === 1 ? 'About an hour' : `${hours} hours`;
  const days = Math.floor(hours / 24);
  if (days < 14) return `${days} days`;
  if (days < 60) return `${Math.floor(days / 7)} weeks`;
  return days < 730 ? `${Math.floor(days / 30)} months` : `${Math.floor(days / 365)} years`;
}

/** podman image inspect */
export const inspectImage = (argv: readonly string[], io: CommandIo): Promise<number> =>
  inspect(argv, io, (name) => `${name}: image not known`);

/** podman inspect; `unknown` says that there is nothing of a name. */
export async function inspect(
  argv: readonly string[],
  io: CommandIo,
  unknown = (name: string) => `no such object: "${name}"`,
): Promise<number> {
  const given = readArguments('podman image inspect', argv, { values: ['format f'] });
  const [name = '', ...more] = given.words;
  if (name === '' || more.length > 0) throw new NotSimulated('podman image inspect of any but one image');
  const image = await find(io, name);
  const format = given.one('format');
  if (!image) {
    if (format === undefined) io.out('[]\n');
    throw new Error(`inspecting object: ${unknown(name)}`);
  }
  const told = toldOf(image);
  if (format === undefined) io.out(`${goJson([told], 5)}\n`);
  else {
    const data = { ...told, Created: new Date(told.Created) };
    const text = format.replaceAll('\\n', '\n').replaceAll('\\t', '\t');
    try {
      io.out(fillTemplate('inspect', `{{range .}}${text}\n{{end}}`, [data], { json: (value) => goJson(value, '') }));
    } catch (error) {
      if (error instanceof NotSimulated || !(error instanceof Error)) throw error;
      throw new Error(`inspecting object: printing inspect output: ${error.message}`);
    }
  }
  return 0;
}

/** Without what only layers tell: the sizes, and where the storage keeps them. */
function toldOf({ id, tags, digests, digest, config, mediaType }: Image) {
  const { config: process = {}, history = [], rootfs } = config;
  const labels = process.Labels ? byKey(process.Labels) : {};
  return {
    ...{ Id: id, Digest: digest, RepoTags: tags, RepoDigests: digests, Parent: '' },
    ...{ Comment: history.at(-1)?.['comment'] ?? '', Created: config.created ?? '', Config: ordered(config)['config'] },
    ...{ Version: '', Author: config.author ?? '', Architecture: config.architecture, Os: config.os },
    RootFS: { Type: rootfs?.type, Layers: rootfs?.diff_ids },
    ...{ Labels: labels, Annotations: {}, ManifestType: mediaType, User: process.User ?? '', History: history },
    NamesHistory: tags.length > 0 ? tags : digests.filter((name) => name.endsWith(digest)),
  };
}

/** podman image exists */
export async function exists([name = '']: readonly string[], io: CommandIo): Promise<number> {
  return (await find(io, name)) ? 0 : 1;
}

/** podman tag */
export async function tag(argv: readonly string[], io: CommandIo): Promise<number> {
  const [from = '', ...names] = readArguments('podman tag', argv, {}).words;
  if (names.length === 0) throw new NotSimulated('podman tag without a new name');
  const image = await find(io, from);
  if (!image) throw new Error(`${from}: image not known`);
  const wanted = names.map(tagged);
  const all = (await imagesIn(io)).map((one) => {
    const left = one.tags.filter((old) => !wanted.includes(old));
    return { ...one, tags: one.id === image.id ? [...left, ...wanted] : left };
  });
  await keep(io, all);
  return 0;
}

/** podman rmi */
export async function remove(argv: readonly string[], io: CommandIo): Promise<number> {
  const [name = '', ...more] = readArguments('podman rmi', argv, {}).words;
  if (name === '' || more.length > 0) throw new NotSimulated('podman rmi of any but one image');
  const image = await find(io, name);
  if (!image) {
    io.err(`Error: ${name}: image not known\n`);
    return 1;
  }
  const named = image.tags.find((one) => `/${one}`.endsWith(`/${name}`) || `/${one}`.endsWith(`/${name}:latest`));
  const gone = named === undefined ? image.tags : [named];
  const left = image.tags.filter((one) => !gone.includes(one));
  io.out(gone.map((one) => `Untagged: ${one}\n`).join(''));
  if (left.length === 0) io.out(`Deleted: ${image.id}\n`);
  const all = await imagesIn(io);
  await keep(
    io,
    all.flatMap((one) => (one.id !== image.id ? [one] : left.length > 0 ? [{ ...one, tags: left }] : [])),
  );
  return 0;
}
