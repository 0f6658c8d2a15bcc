import { readArguments } from '#practice/arguments.ts';
import { type CommandIo, NotSimulated } from '#practice/command.ts';
import { goJson } from '#practice/go-json.ts';
import { digestOf, repositoryOf } from '#practice/registry/client.ts';
import { forgetLogin, loginTo } from '#practice/registry/login.ts';
import { nameOf, type Reference } from '#practice/registry/reference.ts';
import { GLOBAL } from './machine.ts';
import { inRegistry, words } from './transport.ts';

/** skopeo list-tags, delete, manifest-digest, login, logout. */

const WITH_LOGIN = { values: [...GLOBAL.values, 'retry-times'], switches: [...GLOBAL.switches, 'no-creds'] };

export async function listTags(argv: readonly string[], io: CommandIo): Promise<number> {
  const given = readArguments('skopeo list-tags', argv, WITH_LOGIN);
  const [name = ''] = words('skopeo list-tags', given, 1);
  if (!/^[a-z-]+:/.test(name)) throw new Error(`Invalid "${name}": does not specify a transport`);
  const reference = inRegistry('skopeo list-tags', name);
  if (!reference.isBare) throw new Error('No tag or digest allowed in reference');
  const repository = repositoryOf(io, reference, { actions: 'pull', isAnonymous: given.has('no-creds') });
  const tags = await repository.tags().catch((error: Error) => {
    throw new Error(`Error listing repository tags: ${error.message}`);
  });
  io.out(`${goJson({ Repository: nameOf(reference), Tags: tags }, 4)}\n`);
  return 0;
}

function named(name: string): Reference {
  try {
    return inRegistry('skopeo delete', name);
  } catch (error) {
    if (error instanceof NotSimulated || !(error instanceof Error)) throw error;
    throw new Error(`Invalid source name ${name}: ${error.message}`);
  }
}

export async function remove(argv: readonly string[], io: CommandIo): Promise<number> {
  const given = readArguments('skopeo delete', argv, WITH_LOGIN);
  const [name = ''] = words('skopeo delete', given, 1);
  const reference = named(name);
  const repository = repositoryOf(io, reference, { actions: '*', isAnonymous: given.has('no-creds') });
  const { digest } = await repository.manifest(reference.which).catch((error: Error) => {
    throw /unknown/.test(error.message)
      ? new Error(
          `Unable to delete ${nameOf(reference)}:${reference.which}. Image may not exist or is not stored with a v2 Schema in a v2 registry`,
        )
      : error;
  });
  await repository.removeManifest(digest);
  return 0;
}

export async function manifestDigest(argv: readonly string[], io: CommandIo): Promise<number> {
  const [path = ''] = words('skopeo manifest-digest', readArguments('skopeo manifest-digest', argv, GLOBAL), 1);
  if (!(await io.files.exists(path)))
    throw new Error(`Error reading manifest from ${path}: open ${path}: no such file or directory`);
  io.out(`${await digestOf(new Uint8Array(await io.readFile(path)))}\n`);
  return 0;
}

/** Signing in with what is known already; no secret is ever asked for. */
export async function login(what: string, argv: readonly string[], io: CommandIo): Promise<number> {
  const given = readArguments(`${what} login`, argv, { switches: ['get-login', ...GLOBAL.switches] });
  const [host = ''] = words(`${what} login`, given, 1);
  const known = await loginTo(io, host);
  if (given.has('get-login')) {
    if (!known) throw new Error(`not logged into ${host}`);
    io.out(`${known.user}\n`);
  } else if (known)
    io.out(
      `Authenticating with existing credentials for ${host}\nExisting credentials are valid. Already logged in to ${host}\n`,
    );
  else
    throw new NotSimulated(
      `typing a password, and asks for none. Nothing here is secret: where a lab lets you write to ${host}, it has signed you in already`,
    );
  return 0;
}

export async function logout(what: string, argv: readonly string[], io: CommandIo): Promise<number> {
  const [host = ''] = words(`${what} logout`, readArguments(`${what} logout`, argv, GLOBAL), 1);
  if (!(await forgetLogin(io, host))) throw new Error(`not logged into ${host}`);
  io.out(`Removed login credentials for ${host}\n`);
  return 0;
}
