import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** git's own HTTP server, a CGI program. */

export interface GitBackend {
  /** One request; `path` lies below the folder of all repositories. */
  answer: (request: Request, path: string) => Promise<Response>;
  close: () => void;
}

/** Over the repositories below `root`. */
export function gitBackend(root: string): GitBackend {
  const running = new Set<ChildProcessWithoutNullStreams>();
  return {
    async answer(request, path) {
      const child = start(request, root, path);
      running.add(child);
      child.once('close', () => running.delete(child));
      const broken = new Promise<never>((_, reject) => child.once('error', reject));
      request.signal.addEventListener('abort', () => child.kill('SIGKILL'));
      // It may answer without reading all of what it is sent.
      if (request.body) pipeline(Readable.from(request.body), child.stdin).catch(() => child.stdin.destroy());
      else child.stdin.end();
      child.stderr.resume();
      return Promise.race([answerOf(child), broken]);
    },
    close: () => {
      for (const child of running) child.kill('SIGKILL');
    },
  };
}

function start(request: Request, root: string, path: string): ChildProcessWithoutNullStreams {
  const header = (name: string) => request.headers.get(name) ?? '';
  return spawn('git', ['http-backend'], {
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
export const plain = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
});
