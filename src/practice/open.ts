import type { Lab } from '#lab/model.ts';
import type { Shell } from '#lab/shell.ts';
import type { Role } from '#runbook/model.ts';
import { simulate } from '#sim/index.ts';
import { KONFLUX } from '#sim/place.ts';
import { API_TOKEN, ROBOT } from '#sim/registry/account.ts';
import type { World } from '#world/model.ts';
import { interpreter, type State } from './bash.ts';
import { CLIENTS } from './clients.ts';
import type { Entry } from './command.ts';
import { networkOf } from './network.ts';

/** The practice shell: a bash over a pretend world, whose clock moves only when it is told to. */

export const HOME = '/home/learner';
const CLUSTER = 'kflux-fedora-01';

/** What the shell needs to know of a lab. */
export type Start = Pick<Lab, 'role' | 'registries'>;

export interface Practice extends Shell {
  /** Reaches the pretend services, as the side view does. */
  fetch: typeof fetch;
  cwd: () => string;
  /** What lies in a folder, from the home where it is relative; null where there is no such folder. */
  list: (path: string) => Promise<Entry[] | null>;
  /** Stops what is running. */
  stop: () => void;
}

/** A fresh home in a fresh world; throws where the world contradicts itself. `limitMs` is what one script may take, 15 seconds when left out. */
export async function openPractice(world: World, start: Start, limitMs?: number): Promise<Practice> {
  let nowMs = Date.parse(world.now);
  const now = () => nowMs;
  const pass = async (ms: number) => {
    if (Number.isFinite(ms) && ms > 0) nowMs += Math.round(ms);
  };
  const handler = simulate(world, { now });
  const fetch = networkOf(world, handler);
  const { run, files } = interpreter({ clients: CLIENTS, fetch, now, pass, limitMs });
  for (const [path, text] of Object.entries(homeOf(start))) await files.write(`${HOME}/${path}`, text);
  for (const folder of ['/tmp', '/usr/bin', '/etc']) await files.makeFolder(folder);
  let state: State = { cwd: HOME, exitCode: 0, env: envOf(world) };
  let running: AbortController | undefined;
  const path = (name: string) => (name.startsWith('/') ? name : `${HOME}/${name}`);
  return {
    fetch,
    nowMs: now,
    pass,
    cwd: () => state.cwd,
    stop: () => running?.abort(),
    run: async (script) => {
      running = new AbortController();
      const { state: left, ...ended } = await run(script, state, running.signal);
      state = left;
      return ended;
    },
    ask: async (script, env = {}) => {
      const own = { cwd: HOME, exitCode: 0, env: { ...withoutAliases(state.env), ...env, PWD: HOME } };
      const { state: _, ...ended } = await run(script, own);
      return ended;
    },
    readFile: async (name) =>
      (await files.exists(path(name))) && !(await files.list(path(name)))
        ? new TextDecoder().decode(await files.read(path(name)))
        : null,
    writeFile: (name, text) => files.write(path(name), text),
    list: (name) => files.list(name === '' ? HOME : path(name)),
  };
}

/** A check of a lab means kubectl itself, whatever a learner calls so. */
const withoutAliases = (env: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('BASH_ALIAS_')));

function envOf(world: World): Record<string, string> {
  const token = world.forges?.token ?? 'sample-token';
  return {
    ...{ HOME, PWD: HOME, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC', TERM: 'dumb', USER: 'learner' },
    ...{ IFS: ' \t\n', GITLAB_TOKEN: token, GH_TOKEN: token, QUAY_TOKEN: API_TOKEN },
    REGISTRY_AUTH_FILE: `${HOME}/.config/containers/auth.json`,
  };
}

/** Files of somebody who has signed in and done nothing else; the real shells of the tests have the same. */
function homeOf({ role, registries }: Start): Record<string, string> {
  const auth = btoa(`${ROBOT.user}:${ROBOT.password}`);
  const auths = Object.fromEntries(registries.map((registry) => [registry, { auth }]));
  return {
    '.gitconfig': '[user]\n\tname = sample\n\temail = sample@example.org\n',
    '.config/containers/auth.json': `${JSON.stringify({ auths }, null, 2)}\n`,
    ...(role === 'none' ? {} : { '.kube/config': kubeconfig(role) }),
  };
}

/** Without a namespace, so that a command that forgets one fails. */
function kubeconfig(role: Role): string {
  return `apiVersion: v1
kind: Config
current-context: ${CLUSTER}
clusters:
  - name: ${CLUSTER}
    cluster: { server: "https://${KONFLUX}:6443" }
users:
  - name: sample-${role}
    user: { token: sample-${role} }
contexts:
  - name: ${CLUSTER}
    context: { cluster: ${CLUSTER}, user: sample-${role} }
`;
}
