import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { run } from '#host/child.ts';
import type { Forge, Histories } from './git-history.ts';

/** The git repositories of the pretend forges, behind git's own HTTP server. */

export interface GitServer {
  /** Null for a request that is not git's. */
  answer: (request: Request) => Promise<Response> | null;
  close: () => void;
}

const FORGES: Readonly<Record<string, Forge>> = { 'gitlab.com': 'gitlab', 'github.com': 'github' };
const GIT_PATH = /^\/(.+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack|HEAD|objects\/.+)$/;

/** What GitLab says after a push, and what it says of a merge request that was asked for. */
const POST_RECEIVE = `#!/bin/sh
read -r old new ref
asked=
i=0
while [ "$i" -lt "\${GIT_PUSH_OPTION_COUNT:-0}" ]; do
  eval "option=\\$GIT_PUSH_OPTION_$i"
  case $option in merge_request.create*) asked=yes ;; esac
  i=$((i + 1))
done
[ "$asked" ] && echo "sample: a merge request for \${ref#refs/heads/} would be open now"
exit 0
`;

/** Repositories are made in `folder` when they are first asked for, as they are at `now()`. */
export function gitServer(histories: Histories, folder: string, now: () => number): GitServer {
  const made = new Map<string, Promise<void>>();
  const running = new Set<ChildProcessWithoutNullStreams>();
  async function make(forge: Forge, project: string, host: string): Promise<void> {
    const path = join(folder, host, `${project}.git`);
    const stream = join(folder, `${host}-${project.replaceAll('/', '-')}.import`);
    await mkdir(path, { recursive: true });
    await writeFile(stream, await histories.importOf(forge, project, now()));
    const trunk = histories.trunkOf(forge, project);
    const script = `
      git init --quiet --bare --initial-branch="$2" "$1"
      git -C "$1" fast-import --quiet <"$3"
      git -C "$1" config http.receivepack true
      git -C "$1" config receive.advertisePushOptions true
      git -C "$1" config uploadpack.allowAnySHA1InWant true`;
    const { code, output } = await run('bash', ['-euc', script, 'bash', path, trunk, stream], {
      capture: true,
      env: plain(),
    });
    if (code !== 0) throw new Error(`git could not make the repository ${project}: ${output.trim()}`);
    const hook = join(path, 'hooks/post-receive');
    await mkdir(join(path, 'hooks'), { recursive: true });
    await writeFile(hook, POST_RECEIVE);
    await chmod(hook, 0o755);
  }
  async function serve(request: Request, forge: Forge, host: string, project: string, rest: string): Promise<Response> {
    if (!histories.has(forge, project)) return new Response(`The sample world has no ${project}.\n`, { status: 404 });
    const key = `${host}/${project}`;
    const ready = made.get(key) ?? make(forge, project, host);
    made.set(key, ready);
    await ready;
    return backend(request, folder, `/${key}.git/${rest}`, running);
  }
  return {
    answer: (request) => {
      const { hostname, pathname } = new URL(request.url);
      const forge = FORGES[hostname];
      const [, project = '', rest = ''] = GIT_PATH.exec(pathname) ?? [];
      return forge && project ? serve(request, forge, hostname, project, rest) : null;
    },
    close: () => {
      for (const child of running) child.kill('SIGKILL');
    },
  };
}

/** One request through `git http-backend`, a CGI program. */
async function backend(
  request: Request,
  root: string,
  path: string,
  running: Set<ChildProcessWithoutNullStreams>,
): Promise<Response> {
  const header = (name: string) => request.headers.get(name) ?? '';
  const child = spawn('git', ['http-backend'], {
    env: {
      ...plain(),
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: path,
      QUERY_STRING: new URL(request.url).search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: header('content-type'),
      HTTP_CONTENT_ENCODING: header('content-encoding'),
      GIT_PROTOCOL: header('git-protocol'),
      REMOTE_USER: 'sample',
      REMOTE_ADDR: '127.0.0.1',
    },
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  const broken = new Promise<never>((_, reject) => child.once('error', reject));
  request.signal.addEventListener('abort', () => child.kill('SIGKILL'));
  // It may answer without reading all of what it is sent.
  if (request.body) pipeline(Readable.from(request.body), child.stdin).catch(() => child.stdin.destroy());
  else child.stdin.end();
  child.stderr.resume();
  return Promise.race([answerOf(child), broken]);
}

async function answerOf(child: ChildProcessWithoutNullStreams): Promise<Response> {
  const chunks = child.stdout[Symbol.asyncIterator]();
  let seen = Buffer.alloc(0);
  let end = -1;
  while (end < 0) {
    const { done, value } = await chunks.next();
    if (done) return new Response('git http-backend gave no answer\n', { status: 502 });
    seen = Buffer.concat([seen, value]);
    end = seen.indexOf('\r\n\r\n');
  }
  const headers = new Headers();
  for (const line of seen.subarray(0, end).toString().split('\r\n')) {
    const [name = '', ...rest] = line.split(': ');
    headers.set(name, rest.join(': '));
  }
  const status = Number.parseInt(headers.get('status') ?? '200', 10);
  headers.delete('status');
  async function* body() {
    yield seen.subarray(end + 4);
    for (;;) {
      const { done, value } = await chunks.next();
      if (done) return;
      yield value as Buffer;
    }
  }
  return new Response(Readable.toWeb(Readable.from(body())) as ReadableStream, { status, headers });
}

/** Git without the settings of the person who runs this. */
const plain = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
});
