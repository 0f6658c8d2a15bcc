import { doubleOf } from '#doubles/index.ts';
import { readWorld } from '#host/world.ts';
import { simulate } from '#sim/index.ts';

/** Doubles of clients over the world of the runbooks. */

const world = await readWorld('content/worlds/duty.yaml');
const handler = simulate(world);

/** The key that signs there. */
export const PEM = world.watch.keys?.[0]?.pem ?? '';

/** Follows redirects, as fetch does: quay.io sends readers of blobs to its storage. */
const ask: typeof fetch = async (input, init) => {
  const answer = await handler(new Request(input, init));
  const place = answer.headers.get('location');
  return answer.status === 302 && place ? ask(place) : answer;
};

/** Runs a line, split at its blanks, with these files; gives the exit code and what was printed. */
export async function runDouble(tool: string, line: string, files: Record<string, string> = { 'cosign.pub': PEM }) {
  const said = { out: '', err: '' };
  const code = await doubleOf(tool)?.(line.split(' '), {
    stdin: async () => '',
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    readFile: async (path) => {
      const text = files[path];
      if (text === undefined) throw new Error(`open ${path}: no such file or directory`);
      return new TextEncoder().encode(text);
    },
    writeFile: async () => undefined,
    env: {},
    fetch: ask,
    nowMs: Date.parse(world.now),
  });
  return { code, ...said };
}
