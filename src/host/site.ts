import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** When the site must be built again, and whether its port is free. */

const INPUTS = ['content', 'src', 'public', 'astro.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];
const VARIABLES = /^(SITE|BASE|SLIPWAY_.*)$/;
const STAMP = '.inputs';

/** One hash over everything that the built pages depend on. */
export async function inputsOf(root: string, env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const hash = createHash('sha256');
  for (const name of Object.keys(env).filter((key) => VARIABLES.test(key))) hash.update(`${name}=${env[name]}\0`);
  const isSample = !existsSync(join(root, 'content/status/snapshot.json'));
  for (const file of await filesOf(root)) {
    const bytes = await readFile(join(root, file));
    const isAttempt = isSample && file.endsWith('status/attempt.json');
    hash.update(`${file}\0`).update(isAttempt ? outcomeOf(bytes.toString()) : bytes);
  }
  return hash.digest('hex');
}

/** Sample pages do not age: which sources failed matters to them, not when, how often or in which order. */
function outcomeOf(attempt: string): string {
  try {
    const { sources } = JSON.parse(attempt) as { sources: { id: string; state: string }[] };
    return sources.map(({ id, state }) => `${id} ${state}`).join();
  } catch {
    return attempt;
  }
}

async function filesOf(root: string): Promise<string[]> {
  const found = await Promise.all(
    INPUTS.filter((name) => existsSync(join(root, name))).map(async (name) => {
      const entries = await readdir(join(root, name), { recursive: true, withFileTypes: true }).catch(() => null);
      if (entries === null) return [name];
      return entries
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.part'))
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/').replace(/^\//, ''));
    }),
  );
  return found.flat().sort();
}

/** Whether `dist` was built from exactly these inputs. */
export async function isBuilt(dist: string, inputs: string): Promise<boolean> {
  return inputs === (await readFile(join(dist, STAMP), 'utf8').catch(() => ''));
}

/** Remembers what `dist` was built from; the next build empties the folder, and this with it. */
export async function markBuilt(dist: string, inputs: string): Promise<void> {
  await writeFile(join(dist, STAMP), inputs);
}

/** Throws when nothing can listen there, and says what to do. */
export async function checkPort(port: number, host: string): Promise<void> {
  const probe = createServer();
  const error = await new Promise<NodeJS.ErrnoException | null>((done) => {
    probe.once('error', done);
    probe.listen(port, host, () => done(null));
  });
  await new Promise((done) => probe.close(done));
  if (error === null) return;
  const why =
    error.code === 'EADDRINUSE' ? 'is in use, perhaps by an earlier "npm start"' : `is refused (${error.code})`;
  throw new Error(`Port ${port} ${why}. Stop that program, or take another port: PORT=${port + 1} npm start`);
}
