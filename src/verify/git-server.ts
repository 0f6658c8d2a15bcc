import { join } from 'node:path';
import { gitBackend } from './git-backend.ts';
import { type GitMirror, gitMirror } from './git-mirror.ts';

/** The git repositories of the pretend forges, behind git's own HTTP server. */

export interface GitServer {
  /** Null for a request that is not git's. */
  answer: (request: Request) => Promise<Response> | null;
  close: () => void;
}

type Ask = (request: Request) => Promise<Response>;

const FORGES: readonly string[] = ['gitlab.com', 'github.com'];
const GIT_PATH = /^\/(.+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack|HEAD|objects\/.+)$/;
const FLUSH = '0000';
/** The band on which a server says what git prints after `remote: `. */
const PROGRESS = 2;

/** Repositories are made in `folder` when they are first asked for; `ask` reaches the simulator, which has their truth. */
export function gitServer(ask: Ask, folder: string): GitServer {
  const made = new Map<string, Promise<GitMirror | null>>();
  const backend = gitBackend(folder);
  async function serve(request: Request, key: string, rest: string): Promise<Response> {
    const ready = made.get(key) ?? gitMirror(ask, `https://${key}`, join(folder, `${key}.git`));
    made.set(key, ready);
    const mirror = await ready;
    if (!mirror) return new Response(`The sample world has no ${key}.\n`, { status: 404 });
    if (rest === 'info/refs') await mirror.take();
    const answer = await backend.answer(request, `/${key}.git/${rest}`);
    return rest === 'git-receive-pack' ? withLines(answer, () => mirror.tell()) : answer;
  }
  return {
    answer: (request) => {
      const { hostname, pathname } = new URL(request.url);
      const [, project = '', rest = ''] = GIT_PATH.exec(pathname) ?? [];
      return FORGES.includes(hostname) && project ? serve(request, `${hostname}/${project}`, rest) : null;
    },
    close: backend.close,
  };
}

/** The answer to a push with what follows from the push, said as a hook would. */
async function withLines(answer: Response, tell: () => Promise<string[]>): Promise<Response> {
  const body = Buffer.from(await answer.arrayBuffer());
  const lines = await tell();
  const end = body.length - FLUSH.length;
  if (lines.length === 0 || body.toString('latin1', end) !== FLUSH)
    return new Response(body, { status: answer.status, headers: answer.headers });
  const text = Buffer.from(`${lines.join('\n')}\n`);
  const size = (text.length + 5).toString(16).padStart(4, '0');
  const packet = Buffer.concat([Buffer.from(size), Buffer.from([PROGRESS]), text]);
  const all = Buffer.concat([body.subarray(0, end), packet, Buffer.from(FLUSH)]);
  return new Response(all, { status: answer.status, headers: answer.headers });
}
