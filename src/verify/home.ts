import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Role } from '#runbook/model.ts';
import { KONFLUX } from '#sim/place.ts';
import { API_TOKEN, ROBOT } from '#sim/registry/account.ts';

/** The home of somebody who has signed in and done nothing else. */

export interface Home {
  /** Empty folder in which commands run. */
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** Signs in to the cluster as this role, or out. */
  signIn: (role: Role) => Promise<void>;
}

interface Options {
  proxy: string;
  /** Path of the certificate that is to be trusted. */
  certificate: string;
  bin: string;
  /** Registries to which this person may write. */
  registries: readonly string[];
  /** For the forges. */
  token: string;
  tools: readonly string[];
  /** All commands of the runbook: a token that none reads is not there. */
  commands: string;
}

const CLUSTER = 'kflux-fedora-01';

/** Makes it under `root`. */
export async function makeHome(root: string, options: Options): Promise<Home> {
  const home = join(root, 'home');
  const cwd = join(root, 'work');
  const temporary = join(root, 'tmp');
  for (const folder of [home, cwd, temporary]) await mkdir(folder);
  await writeFile(join(home, '.gitconfig'), '[user]\n\tname = sample\n\temail = sample@example.org\n');
  const containers = join(home, '.config/containers');
  await mkdir(containers, { recursive: true });
  await writeFile(join(containers, 'policy.json'), '{ "default": [{ "type": "insecureAcceptAnything" }] }\n');
  await writeFile(join(containers, 'storage.conf'), storage(root));
  await writeFile(join(containers, 'registries.conf'), '');
  const auth = join(containers, 'auth.json');
  await writeFile(auth, `${JSON.stringify({ auths: logins(options.registries) }, null, 2)}\n`, { mode: 0o600 });
  const env: Record<string, string> = {
    HOME: home,
    PATH: options.bin,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    TMPDIR: temporary,
    XDG_RUNTIME_DIR: temporary,
    HTTPS_PROXY: options.proxy,
    https_proxy: options.proxy,
    HTTP_PROXY: options.proxy,
    http_proxy: options.proxy,
    SSL_CERT_FILE: options.certificate,
    GIT_SSL_CAINFO: options.certificate,
    CURL_CA_BUNDLE: options.certificate,
    GIT_TERMINAL_PROMPT: '0',
    // What a machine sets for all its users may name real mirrors, proxies and helpers for passwords.
    GIT_CONFIG_NOSYSTEM: '1',
    CONTAINERS_REGISTRIES_CONF: join(containers, 'registries.conf'),
    REGISTRY_AUTH_FILE: auth,
    CONTAINERS_STORAGE_CONF: join(containers, 'storage.conf'),
  };
  for (const [name, token] of Object.entries(tokensFor(options))) env[name] = token;
  const kube = join(home, '.kube');
  await mkdir(kube);
  const signIn = (role: Role) => writeFile(join(kube, 'config'), role === 'none' ? '' : kubeconfig(role, options));
  return { cwd, env, signIn };
}

/** What somebody who uses these programs has in his environment; the values are made up. */
function tokensFor({ token, tools, commands }: Options): Record<string, string> {
  const known: Record<string, string> = { GH_TOKEN: token, GITLAB_TOKEN: token, QUAY_TOKEN: API_TOKEN };
  const isUsed = (name: string) =>
    new RegExp(`\\$\\{?${name}\\b`).test(commands) ||
    (name === 'GH_TOKEN' && tools.includes('gh')) ||
    (name === 'GITLAB_TOKEN' && tools.includes('glab'));
  return Object.fromEntries(Object.entries(known).filter(([name]) => isUsed(name)));
}

/** Without a namespace, so that a command that forgets one fails. */
function kubeconfig(role: Role, { certificate }: Options): string {
  return `apiVersion: v1
kind: Config
current-context: ${CLUSTER}
clusters:
  - name: ${CLUSTER}
    cluster: { server: "https://${KONFLUX}:6443", certificate-authority: ${JSON.stringify(certificate)} }
users:
  - name: sample-${role}
    user: { token: sample-${role} }
contexts:
  - name: ${CLUSTER}
    context: { cluster: ${CLUSTER}, user: sample-${role} }
`;
}

const storage = (root: string): string => `[storage]
driver = "vfs"
graphroot = "${root}/containers"
runroot = "${root}/containers-run"
`;

function logins(registries: readonly string[]): Record<string, { auth: string }> {
  const auth = Buffer.from(`${ROBOT.user}:${ROBOT.password}`).toString('base64');
  return Object.fromEntries(registries.map((registry) => [registry, { auth }]));
}
