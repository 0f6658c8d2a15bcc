import { readArguments } from '#practice/arguments.ts';
import { type CommandIo, NotSimulated } from '#practice/command.ts';
import { goJson } from '#practice/go-json.ts';
import { fillTemplate } from '#practice/go-template.ts';
import { chosen, type Manifest, type Repository, repositoryOf } from '#practice/registry/client.ts';
import { nameOf, type Reference } from '#practice/registry/reference.ts';
import { byKey, type ImageConfig, ordered } from './config.ts';
import { GLOBAL, type Machine, machineOf } from './machine.ts';
import { inRegistry } from './transport.ts';

const FLAGS = {
  values: [...GLOBAL.values, 'format f', 'retry-times'],
  switches: [...GLOBAL.switches, 'raw', 'config', 'no-tags n', 'no-creds'],
};

/** skopeo inspect */
export async function inspect(argv: readonly string[], io: CommandIo, before: Machine): Promise<number> {
  const given = readArguments('skopeo inspect', argv, FLAGS);
  const [name = '', ...more] = [...given.words, ...given.after];
  if (name === '' || more.length > 0) throw new Error('Exactly one argument expected');
  const format = given.one('format');
  if (given.has('raw') && format !== undefined) throw new Error('raw output does not support format option');
  const machine = machineOf(given, before);
  const { reference, repository, manifest } = await opened(name, io, given.has('no-creds'));
  if (given.has('raw') && !given.has('config')) io.out(manifest.text);
  else {
    const image = await instanceOf(manifest, repository, machine);
    const config = await configOf(image, repository);
    if (given.has('config') && given.has('raw')) io.out(config.text);
    else if (given.has('config')) print(io, ordered(config.value), format, configData(config.value));
    else {
      const tags = given.has('no-tags') ? [] : await tagsOf(repository);
      const summary = summaryOf(reference, manifest, image, config.value, tags);
      print(io, summary, format, { ...summary, Created: dated(summary.Created) });
    }
  }
  return 0;
}

async function opened(name: string, io: CommandIo, isAnonymous: boolean) {
  try {
    const reference = inRegistry('skopeo inspect', name);
    const repository = repositoryOf(io, reference, { actions: 'pull', isAnonymous });
    return { reference, repository, manifest: await repository.manifest(reference.which) };
  } catch (error) {
    if (error instanceof NotSimulated || !(error instanceof Error)) throw error;
    throw new Error(`Error parsing image name "${name}": ${error.message}`);
  }
}

async function instanceOf(manifest: Manifest, repository: Repository, { arch, os }: Machine): Promise<Manifest> {
  if (manifest.children.length === 0) return manifest;
  try {
    return await repository.manifest(chosen(manifest, arch, os).digest);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`Error parsing manifest for image: choosing image instance: ${why}`);
  }
}

async function tagsOf(repository: Repository): Promise<string[]> {
  try {
    return await repository.tags();
  } catch (error) {
    throw new Error(`Error determining repository tags: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function configOf({ config }: Manifest, repository: Repository): Promise<{ text: string; value: ImageConfig }> {
  const text = new TextDecoder().decode(await repository.readBlob(config?.digest ?? ''));
  return { text, value: JSON.parse(text) };
}

function summaryOf(
  reference: Reference,
  { digest }: Manifest,
  { layers }: Manifest,
  config: ImageConfig,
  tags: readonly string[],
) {
  return {
    Name: nameOf(reference),
    Digest: digest,
    RepoTags: tags,
    Created: config.created ?? null,
    DockerVersion: '',
    Labels: config.config?.Labels ? byKey(config.config.Labels) : null,
    Architecture: config.architecture ?? '',
    Os: config.os ?? '',
    Layers: layers.map((layer) => layer.digest),
    Env: config.config?.Env ?? null,
  };
}

/** Templates that ask for all of it as JSON. */
const AS_JSON = /^\s*(?:json|\{\{\s*json\s*\.?\s*\}\})?\s*$/;

function print(io: CommandIo, value: unknown, format: string | undefined, data: unknown): void {
  if (format === undefined || AS_JSON.test(format)) io.out(`${goJson(value, 4)}\n`);
  else io.out(formatted(format, data));
}

function formatted(format: string, data: unknown): string {
  const row = format.replaceAll('\\n', '\n').replaceAll('\\t', '\t');
  if (row.includes('\t')) throw new NotSimulated('tabs in --format of skopeo inspect');
  return fillTemplate('skopeo inspect', `{{range . }}${row.endsWith('\n') ? row : `${row}\n`}{{end}}`, [data]);
}

/** Go's names of the fields of a config. */
function configData({ created, architecture, os, config = {}, rootfs }: ImageConfig): Record<string, unknown> {
  const { Env = [], Entrypoint = [], Cmd = [], Labels = {}, User = '', WorkingDir = '', StopSignal = '' } = config;
  return {
    Created: dated(created ?? null),
    Architecture: architecture ?? '',
    OS: os ?? '',
    Config: { Env, Entrypoint, Cmd, Labels, User, WorkingDir, StopSignal },
    RootFS: { Type: rootfs?.type ?? '', DiffIDs: rootfs?.diff_ids ?? [] },
  };
}

const dated = (text: string | null): Date | null => (text === null ? null : new Date(text));
