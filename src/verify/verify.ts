import { join, resolve } from 'node:path';
import { type Machine, thisMachine } from '#host/machine.ts';
import type { Count } from '#host/report.ts';
import { readRecord } from '#host/runbooks.ts';
import { writeAtomic } from '#host/store.ts';
import type { Tool } from '#runbook/model.ts';
import type { Provisions } from './bin.ts';
import { type Content, contentOf, worldsOf } from './content.ts';
import { kindsIn } from './definitions.ts';
import type { Options } from './options.ts';
import { provisionsOf, rowsOf, type ToolRow } from './provisions.ts';
import { recordOf, systemName } from './record.ts';
import { faultsOf, isGood, resultText, summary } from './report.ts';
import { type Result, runAll, type Session } from './session.ts';

/** The whole of `npm run runbooks`. */

type Say = (text: string) => void;

/** Gives the exit code: 0 when all went as written, 1 else. Throws a ContentError where content is broken. */
export async function verify(root: string, options: Options, say: Say): Promise<number> {
  const content = await contentOf(root, options.only);
  const machine = thisMachine(say);
  const clients = join(root, '.cache/clients');
  const provisions = await provisionsOf(machine, clients);
  const lacks = lacking(machine, content, provisions);
  for (const row of lacks) say(`FAILED  ${row}`);
  const onResult = (result: Result) => say(resultText(result, options.verbose));
  const kinds = options.definitions === null ? [] : await kindsIn(resolve(root, options.definitions));
  const session = {
    content,
    worldOf: worldsOf(root),
    provisions,
    kinds,
    keep: options.keep,
    isLenient: false,
    onResult,
  };
  const results = await runAll(session);
  const isAllGood = results.every(isGood) && lacks.length === 0;
  const tools = await rowsOf(provisions, startedBy(results));
  const older = options.older && isAllGood ? await olderOf(session, machine, clients, say) : { results: [], tools: [] };
  if (options.out !== null) {
    if (isAllGood) await writeRecord(root, options.out, results, older, tools);
    say(`record: ${isAllGood ? options.out : 'left as it was, since not all went as written'}`);
  }
  say(summary(results, content.runbooks.filter(({ status }) => status === 'draft').length));
  const counts = { ...countOf(results, lacks), faults: faultsOf(results) };
  if (options.report !== null) await writeAtomic(resolve(root, options.report), `${JSON.stringify(counts)}\n`);
  if (options.json) say(JSON.stringify(counts));
  return isAllGood ? 0 : 1;
}

/** Tools that runbooks need and that every machine can have: on CI none may be absent. */
function lacking({ env }: Machine, { runbooks }: Content, provisions: Provisions): string[] {
  if (!env['CI'] || env['CI'] === 'false') return [];
  const needed = new Set(runbooks.flatMap(({ status, needs }) => (status === 'ready' ? Object.keys(needs.tools) : [])));
  const common: Tool[] = ['kubectl', 'skopeo', 'jq', 'git', 'curl', 'podman', 'gh', 'rpm'];
  return common.flatMap((tool) => {
    const provision = provisions[tool];
    return needed.has(tool) && provision?.client === 'checked' ? `${tool} cannot be run here: ${provision.why}` : [];
  });
}

interface Older {
  results: Result[];
  tools: ToolRow[];
}

/** The same tests with kubectl 1.20, as far as it goes. */
async function olderOf(session: Session, machine: Machine, clients: string, say: Say): Promise<Older> {
  const provisions = await provisionsOf(machine, clients, true);
  if (provisions.kubectl?.client !== 'real') {
    say(
      `older kubectl: skipped, ${provisions.kubectl?.client === 'checked' ? provisions.kubectl.why : 'not looked for'}`,
    );
    return { results: [], tools: [] };
  }
  const runbooks = session.content.runbooks.filter(({ needs }) => 'kubectl' in needs.tools);
  const content = { ...session.content, runbooks };
  const results = await runAll({ ...session, content, provisions, isLenient: true, onResult: () => {} });
  const rows = results.flatMap(({ trial }) => trial.ran.filter(({ tools }) => tools.includes('kubectl')));
  say(
    `older kubectl: ${rows.filter(({ older }) => older === 'ran').length} of ${rows.length} commands ran with it too`,
  );
  return { results, tools: await rowsOf(provisions, new Set(['kubectl'])) };
}

async function writeRecord(
  root: string,
  out: string,
  results: readonly Result[],
  older: Older,
  tools: readonly ToolRow[],
): Promise<void> {
  const last = await readRecord(join(root, 'content/runbooks/record.json'));
  const record = recordOf({
    ...{ results, older: older.results, tools: [...tools, ...older.tools], at: new Date(), system: await systemName() },
    last,
  });
  await writeAtomic(resolve(root, out), `${JSON.stringify(record, null, 2)}\n`);
}

function startedBy(results: readonly Result[]): Set<string> {
  return new Set(results.flatMap(({ trial }) => trial.ran.flatMap(({ tools }) => tools)));
}

function countOf(results: readonly Result[], lacks: readonly string[]): Count {
  const ran = results.flatMap(({ trial }) => trial.ran);
  const skipped = ran.filter(({ client }) => client === 'checked').length;
  return {
    passed: ran.length - skipped,
    failed: results.filter((result) => !isGood(result)).length + lacks.length,
    skipped,
  };
}
