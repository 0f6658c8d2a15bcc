import type { Machine } from './machine.ts';

/** Real programs that tests speak to, and how they come onto a machine. */

export const CLIENTS = {
  git: { apt: 'git', dnf: 'git' },
  skopeo: { apt: 'skopeo', dnf: 'skopeo' },
  'docker-registry': { apt: 'docker-registry', dnf: null },
  jq: { apt: 'jq', dnf: 'jq' },
  rpmbuild: { apt: 'rpm', dnf: 'rpm-build' },
  rpm: { apt: 'rpm', dnf: 'rpm' },
  curl: { apt: 'curl', dnf: 'curl' },
  openssl: { apt: 'openssl', dnf: 'openssl' },
  podman: { apt: 'podman', dnf: 'podman' },
  gh: { apt: 'gh', dnf: 'gh' },
} as const satisfies Record<string, Packages>;

export type Client = keyof typeof CLIENTS;

/** Name of the package in each package manager; null where we know of none. */
export interface Packages {
  apt: string | null;
  dnf: string | null;
}

export interface Absent {
  name: string;
  /** Why it is not there, and what to do. */
  why: string;
}

/** Finds the clients, installs those that are absent where that is allowed, and tells which are still absent. */
export async function ensureClients(machine: Machine, names: readonly Client[]): Promise<Absent[]> {
  const absent = names.filter((name) => machine.which(name) === null);
  if (absent.length === 0) return [];
  const why = await installPackages(
    machine,
    absent.map((name) => CLIENTS[name]),
  );
  return absent
    .filter((name) => machine.which(name) === null)
    .map((name) => ({
      name,
      why: `${name} is not installed: ${why ?? 'its package did not bring it'}. Install it and run again.`,
    }));
}

/** Installs packages by the system's manager; null when that went well, else why it did not. */
export async function installPackages(machine: Machine, wanted: readonly Packages[]): Promise<string | null> {
  const manager = machine.which('apt-get') ? 'apt' : machine.which('dnf') ? 'dnf' : null;
  if (manager === null) return 'neither apt-get nor dnf is here';
  const names = wanted.flatMap((packages) => packages[manager] ?? []);
  if (names.length === 0) return `we know of no package for ${manager}`;
  const prefix = await asRoot(machine);
  if (prefix === null) return 'installing needs root, or sudo without a password';
  machine.say(`clients: installing ${names.join(', ')} with ${manager === 'apt' ? 'apt-get' : 'dnf'}`);
  const quiet = manager === 'apt' ? ['-qq', '-o', 'Dpkg::Use-Pty=0'] : ['-q'];
  const program = manager === 'apt' ? 'apt-get' : 'dnf';
  const sudo = (args: string[]) => {
    const [first = program, ...rest] = [...prefix, program, ...args];
    return machine.run(first, rest);
  };
  if (manager === 'apt') await sudo([...quiet, 'update']);
  const extra = manager === 'apt' ? ['--no-install-recommends'] : [];
  const code = await sudo([...quiet, 'install', '-y', ...extra, ...names]);
  return code === 0 ? null : `${program} ended with code ${code}`;
}

/** What to write before a command so that root runs it; null when there is no way. */
async function asRoot(machine: Machine): Promise<string[] | null> {
  if (machine.isRoot) return [];
  const sudo = machine.which('sudo');
  return sudo && (await machine.run(sudo, ['-n', 'true'])) === 0 ? [sudo, '-n'] : null;
}
