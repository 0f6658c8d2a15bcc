import { type Client, type CommandIo, NotSimulated, withErrors } from '#practice/command.ts';
import { login, logout } from '../skopeo/others.ts';
import { exists, images, inspect, inspectImage, remove, tag } from './images.ts';
import { pull } from './pull.ts';
import { inspectManifest, search } from './remote.ts';

const FAILED = 125;
const CONTAINERS =
  /^(run|build|exec|start|create|commit|cp|logs|ps|stop|kill|rm|top|machine|pod|kube|container|unshare)$/;

type Verb = (argv: readonly string[], io: CommandIo) => Promise<number>;

const VERBS: Readonly<Record<string, Verb>> = {
  pull,
  images,
  inspect,
  tag,
  rmi: remove,
  search,
  login: (argv, io) => login('podman', argv, io),
  logout: (argv, io) => logout('podman', argv, io),
  'image inspect': inspectImage,
  'image exists': exists,
  'image pull': pull,
  'image ls': images,
  'image list': images,
  'image tag': tag,
  'image rm': remove,
  'manifest inspect': inspectManifest,
};

export const podman: Client = {
  name: 'podman',
  command: withErrors(run, (message) => `Error: ${message}`, FAILED),
  can: [
    'pull [-q] [--arch ARCH | --platform OS/ARCH] IMAGE, images [-q] [--digests] [--format TEMPLATE], tag, rmi',
    'image inspect [--format TEMPLATE] IMAGE, image exists IMAGE, manifest inspect IMAGE, search --list-tags REPOSITORY',
    'login [--get-login] REGISTRY, logout REGISTRY',
  ],
  differs: [
    { what: 'Containers', instead: 'The practice shell runs none: podman run and podman build say so.' },
    { what: 'podman push', instead: 'It is not simulated: skopeo copy writes to a registry and keeps the digest.' },
    { what: 'Sizes of images', instead: 'They are left out, since no layer is unpacked.' },
  ],
};

async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const [first = '', second = '', ...rest] = argv;
  const pair = VERBS[`${first} ${second}`];
  if (pair) return pair(rest, io);
  const verb = VERBS[first];
  if (verb) return verb(argv.slice(1), io);
  if (CONTAINERS.test(first))
    throw new NotSimulated(`podman ${first}: it runs no containers. Do this step on your own machine`);
  if (first === 'push')
    throw new NotSimulated(`podman push ${second}`.trim(), 'Use skopeo copy, which keeps the digest.');
  throw new NotSimulated(
    `podman ${[first, second].filter((word) => /^[a-z]/.test(word)).join(' ') || first}`.trim(),
    'What it can do: podman --help.',
  );
}
