import type { Client, Command } from './command.ts';

/** The clients of the practice shell, each loaded when it is first called. */
export const CLIENTS: Readonly<Record<string, () => Promise<Client>>> = {
  kubectl: async () => (await import('./commands/kubectl/index.ts')).kubectl,
  oc: async () => (await import('./commands/kubectl/index.ts')).oc,
  tkn: async () => (await import('./commands/tkn/index.ts')).tkn,
  skopeo: async () => (await import('./commands/skopeo/index.ts')).skopeo,
  podman: async () => (await import('./commands/podman/index.ts')).podman,
  curl: async () => (await import('./commands/curl/index.ts')).curl,
  git: async () => (await import('./commands/git/index.ts')).git,
  yq: async () => (await import('./commands/yq/index.ts')).yq,
  diff: async () => (await import('./commands/diff/index.ts')).diff,
  cosign: async () => ({
    name: 'cosign',
    command: await doubled('cosign'),
    can: [
      'verify --key FILE --insecure-ignore-tlog=true IMAGE, tree IMAGE',
      'verify-attestation --key FILE --insecure-ignore-tlog=true [--type TYPE] IMAGE',
      'download attestation IMAGE, download sbom [--platform OS/ARCH] IMAGE',
    ],
    differs: [
      { what: 'What it is', instead: 'A stand-in of our own, which really reads and really verifies.' },
      { what: 'Keys and logs', instead: 'It verifies with a public key only, and knows no transparency log.' },
      { what: 'Words of errors', instead: 'They are shorter than those of the real one.' },
    ],
  }),
  ec: async () => ({
    name: 'ec',
    command: await doubled('ec'),
    can: ['validate image: whether there is a signature and an attestation'],
    differs: [{ what: 'The rules of a policy', instead: 'None is evaluated, and the answer says so.' }],
  }),
};

/** All of them, for the page that lists what they can. */
export const allClients = (): Promise<Client[]> => Promise.all(Object.values(CLIENTS).map((load) => load()));

async function doubled(tool: string): Promise<Command> {
  const double = (await import('#doubles/index.ts')).doubleOf(tool);
  if (!double) throw new Error(`src/doubles has no ${tool}.`);
  return double;
}
