import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '#host/child.ts';

/** Debian's docker-registry on a free port, with its files in a temporary folder. */

export interface Registry {
  /** `127.0.0.1:41234` */
  host: string;
  /** Where it keeps its repositories. */
  storage: string;
  /** Pushes what a layout calls `it`, every platform of it, with its digests as they are. */
  push(layout: string, name: string): Promise<void>;
  /** What it was asked for since this was last called: `GET /v2/team/image/manifests/latest`. */
  asked(): Promise<string[]>;
  close(): Promise<void>;
}

const READY_MS = 15_000;
const REQUEST = /"((?:GET|HEAD|PUT|POST|PATCH|DELETE) \S+) HTTP/g;

/** Starts a registry; rejects with what it printed when it does not answer. */
export async function registry(): Promise<Registry> {
  const dir = mkdtempSync(join(tmpdir(), 'slipway-registry-'));
  const host = `127.0.0.1:${await freePort()}`;
  const config = join(dir, 'config.yml');
  const storage = join(dir, 'storage');
  writeFileSync(
    config,
    `version: 0.1
log: { level: error, accesslog: { disabled: false } }
storage: { filesystem: { rootdirectory: ${storage} }, delete: { enabled: true } }
http: { addr: "${host}", secret: not-a-secret }
`,
  );
  const child = spawn('docker-registry', ['serve', config], { env: { PATH: process.env['PATH'] } });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk));
  const end = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', (error) => {
      printed += error.message;
      resolve();
    });
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);

  async function close(): Promise<void> {
    process.off('exit', kill);
    kill();
    await end;
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }

  async function asked(): Promise<string[]> {
    // Its log runs behind its answers: a question of our own marks where we are.
    const mark = `/v2/mark-${Math.random().toString(36).slice(2)}/tags/list`;
    await fetch(`http://${host}${mark}`);
    while (!printed.includes(`GET ${mark} `)) await sleep(5);
    const found = [...printed.matchAll(REQUEST)].map(([, request = '']) => request);
    printed = '';
    return found.filter((request) => !request.includes(mark));
  }

  const started = performance.now();
  while (
    !(await fetch(`http://${host}/v2/`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null || performance.now() - started > READY_MS) {
      await close();
      throw new Error(`docker-registry does not answer on ${host}. It printed:\n${printed}`);
    }
    await sleep(50);
  }
  return { host, storage, push: (layout, name) => push(layout, `${host}/${name}`), asked, close };
}

const PUSHES = 3;

/** Pushes a layout; docker-registry may answer 500 where two pushes of one blob meet, and the next try goes through. */
async function push(layout: string, name: string, attempt = 1): Promise<void> {
  const from = `oci:${layout}:it`;
  try {
    await skopeo('copy', '--all', '--preserve-digests', '--dest-tls-verify=false', from, `docker://${name}`);
  } catch (error) {
    if (attempt === PUSHES || !/\b500\b/.test(String(error))) throw error;
    await push(layout, name, attempt + 1);
  }
}

/** What skopeo prints; rejects when it fails. */
export async function skopeo(...args: string[]): Promise<string> {
  const { code, output } = await run('skopeo', ['--insecure-policy', ...args], { capture: true, timeoutMs: 60_000 });
  if (code !== 0) throw new Error(`skopeo ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

/** A port that nothing listens on; another program may still be faster than we are. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (!address || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}
