import { readArguments } from '#practice/arguments.ts';
import { type Client, type CommandIo, NotSimulated, withErrors } from '#practice/command.ts';
import { likeCobra } from '#practice/similar.ts';
import { copy } from './copy.ts';
import { inspect } from './inspect.ts';
import { GLOBAL, type Machine, machineOf } from './machine.ts';
import { listTags, login, logout, manifestDigest, remove } from './others.ts';

const VERSION = 'skopeo version 1.9.3 (practice shell)';
const LAPTOP: Machine = { arch: 'amd64', os: 'linux' };
/** Verbs that the real one has and we have not. */
const OTHERS = [
  'sync',
  'standalone-sign',
  'standalone-verify',
  'help',
  'completion',
  'generate-sigstore-key',
  'layers',
];

type Verb = (argv: readonly string[], io: CommandIo, machine: Machine) => Promise<number>;

const VERBS: Readonly<Record<string, Verb>> = {
  inspect,
  copy,
  'list-tags': listTags,
  delete: remove,
  'manifest-digest': manifestDigest,
  login: (argv, io) => login('skopeo', argv, io),
  logout: (argv, io) => logout('skopeo', argv, io),
};

export const skopeo: Client = {
  name: 'skopeo',
  command: withErrors(run, (message, io) => {
    const time = new Date(io.now()).toISOString().replace(/\.\d+/, '');
    return `time="${time}" level=fatal msg=${JSON.stringify(message)}`;
  }),
  can: [
    'inspect [--raw] [--config] [--no-tags] [--no-creds] [--format TEMPLATE] [--override-arch ARCH] [--override-os OS] docker://IMAGE',
    'list-tags REPOSITORY',
    'copy [--all | --multi-arch all] [--preserve-digests] [--quiet] [--digestfile FILE] docker://IMAGE docker://IMAGE or dir:FOLDER',
    'delete IMAGE, manifest-digest FILE, login [--get-login] REGISTRY, logout REGISTRY',
  ],
  differs: [
    { what: 'Transports', instead: 'Images are read from docker:// only, and written to docker:// and dir: only.' },
    { what: 'skopeo login', instead: 'No password is asked for. A lab that lets you write has signed you in already.' },
    { what: 'Layers of one image', instead: 'They are copied one after the other, in their order.' },
    { what: 'Registries outside of the practice world', instead: 'There is no such host.' },
    { what: 'The machine', instead: 'It is linux/amd64, whatever yours is.' },
  ],
};

async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const before = readArguments('skopeo', argv, {
    values: GLOBAL.values,
    switches: [...GLOBAL.switches, 'version v'],
    wordEnds: true,
  });
  if (before.has('version')) {
    io.out(`${VERSION}\n`);
    return 0;
  }
  const [name, ...rest] = before.words;
  if (name === undefined) throw new Error("Missing command 'skopeo COMMAND'\nTry 'skopeo --help' for more information");
  const verb = VERBS[name];
  if (verb) return verb(rest, io, machineOf(before, LAPTOP));
  if (OTHERS.includes(name)) throw new NotSimulated(`skopeo ${name}`);
  const like = likeCobra(name, [...Object.keys(VERBS), ...OTHERS].sort());
  const meant = like.length === 0 ? '' : `\n\nDid you mean this?\n${like.map((one) => `\t${one}\n`).join('')}`;
  throw new Error(`Unrecognized command \`skopeo ${name}\`${meant}\nTry 'skopeo --help' for more information`);
}
