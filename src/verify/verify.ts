import { join, resolve } from 'node:path';
import { thisMachine } from '#host/machine.ts';
import { readText, writeAtomic } from '#host/store.ts';
import { RecordOfRuns } from '#runbook/record.ts';
import { contentOf, worldsOf } from './content.ts';
import type { Options } from './options.ts';
import { provisionsOf, rowsOf } from './provisions.ts';
import { recordOf, systemName } from './record.ts';
import { isGood, resultText, summary } from './report.ts';
import { type Result, runAll } from './session.ts';

/** The whole of `npm run runbooks`. */

/** Gives the exit code: 0 when all went as written, 1 else. Throws a ContentError where content is broken. */
export async function verify(root: string, options: Options, say: (text: string) => void): Promise<number> {
  const content = await contentOf(root, options.only);
  const machine = thisMachine(say);
  const clients = join(root, '.cache/clients');
  const worldOf = worldsOf(root);
  const onResult = (result: Result) => say(resultText(result, options.verbose));
  const provisions = await provisionsOf(machine, clients);
  const session = { content, worldOf, provisions, keep: options.keep, isLenient: false, onResult };
  const results = await runAll(session);
  const isAllGood = results.every(isGood);
  let older: Result[] = [];
  const tools = await rowsOf(provisions, startedBy(results));
  if (options.older && isAllGood) {
    const old = await provisionsOf(machine, clients, true);
    const runbooks = content.runbooks.filter(({ needs }) => 'kubectl' in needs.tools);
    if (old.kubectl?.client === 'real') {
      older = await runAll({
        ...session,
        content: { ...content, runbooks },
        provisions: old,
        isLenient: true,
        onResult: () => {},
      });
      tools.push(...(await rowsOf(old, new Set(['kubectl']))));
      say(olderSummary(older));
    } else if (old.kubectl?.client === 'checked') say(`older kubectl: skipped, ${old.kubectl.why}`);
  }
  if (options.out !== null && isAllGood) {
    const path = resolve(root, options.out);
    const last = await readText(join(root, 'content/runbooks/record.json'));
    const record = recordOf({
      ...{ results, older, tools, at: new Date(), system: await systemName() },
      last: last === null ? null : RecordOfRuns.parse(JSON.parse(last)),
    });
    await writeAtomic(path, `${JSON.stringify(record, null, 2)}\n`);
    say(`record: ${options.out}`);
  } else if (options.out !== null) say('record: left as it was, since not all went as written');
  say(summary(results, content.runbooks.filter(({ status }) => status === 'draft').length));
  return isAllGood ? 0 : 1;
}

function startedBy(results: readonly Result[]): Set<string> {
  return new Set(results.flatMap(({ trial }) => trial.ran.flatMap(({ tools }) => tools)));
}

function olderSummary(results: readonly Result[]): string {
  const rows = results.flatMap(({ trial }) => trial.ran.filter(({ tools }) => tools.includes('kubectl')));
  const good = rows.filter(({ older }) => older === 'ran').length;
  return `older kubectl: ${good} of ${rows.length} commands ran with it too`;
}
