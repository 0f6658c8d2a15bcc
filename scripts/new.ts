import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fieldsOf, type NewKind, PLANS } from '#editing/scaffold.ts';
import { UsageError } from '#host/options.ts';
import { begin } from '#host/scaffold.ts';

/** `npm run new -- runbook|lab|… [name] [--title … --summary …]`: asks for what is not given, and begins the file. */

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');
const KINDS = Object.keys(PLANS).join(', ');
const isKind = (word: string): word is NewKind => Object.hasOwn(PLANS, word);

type Ask = (question: string) => Promise<string>;

async function main(ask: Ask | null): Promise<void> {
  const string = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { title: string, summary: string, kind: string, for: string, gain: string },
  });
  const [word = '', given] = positionals;
  const kind = word || (await ask?.(`What do you begin? (${KINDS}) `)) || '';
  if (!isKind(kind)) throw new UsageError(`Say what you begin: npm run new -- KIND NAME. KIND is one of ${KINDS}.`);
  const name = given ?? (await ask?.('Its name in the address, as in stale-image: '));
  if (!name) throw new UsageError(`Give it a name: npm run new -- ${kind} my-${kind}.`);
  const answers: Record<string, string> = {};
  for (const { name: field, question, otherwise } of fieldsOf(kind)) {
    const known = Object.entries(values).find(([option]) => option === field)?.[1];
    const answer = known ?? (await ask?.(`${question}${otherwise ? ` (${otherwise})` : ''}: `));
    if (answer) answers[field] = answer;
  }
  const { file, page, check } = await begin(ROOT, kind, name, answers);
  console.log(`${PLANS[kind].title}: ${file}`);
  console.log(`It will be at /${page}. See it while you write: npm run dev`);
  if (kind === 'page') console.log('It is in the sidebar once it has a line in src/sidebar.ts.');
  console.log(`Look at it before you propose it: ${check}`);
}

const terminal = process.stdin.isTTY ? createInterface({ input: process.stdin, output: process.stdout }) : null;
try {
  await main(terminal && ((question) => terminal.question(question)));
} catch (error) {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  console.error(`new: ${(error as Error).message}`);
  process.exitCode = error instanceof UsageError || code.startsWith('ERR_PARSE_ARGS') ? 2 : 1;
} finally {
  terminal?.close();
}
