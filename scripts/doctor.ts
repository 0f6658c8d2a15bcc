/** `npm run doctor`: holds what the simulator assumes against the real services. */
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { consult } from '#host/doctor.ts';
import { readDoctor, writeAtomic } from '#host/store.ts';
import { ContentError } from '#status/parse.ts';
import { durationMs } from '#status/time.ts';

const USAGE = 'npm run doctor -- [--targets FILE] [--pipelines DIR] [--out DIR] [--max-age 24h]';
const MARK = {
  holds: styleText('green', 'holds'),
  differs: styleText('red', 'differs'),
  'could-not-ask': 'could not ask',
};

function options() {
  const { values } = parseArgs({
    options: {
      targets: { type: 'string', default: 'content/status/targets.yaml' },
      pipelines: { type: 'string', default: 'content/pipelines' },
      out: { type: 'string', default: 'content/status' },
      'max-age': { type: 'string' },
    },
  });
  return { ...values, maxAgeMs: values['max-age'] ? durationMs(values['max-age']) : 0 };
}

async function main({ targets, pipelines, out, maxAgeMs }: ReturnType<typeof options>): Promise<number> {
  const path = join(out, 'doctor.json');
  const last = await readDoctor(path);
  if (last && Date.now() - Date.parse(last.at) < maxAgeMs) {
    console.log(`The doctor was here at ${last.at}, which is not long ago.`);
    return 0;
  }
  const report = await consult(targets, pipelines, process.env);
  if (!report) {
    console.error('The services did not answer within 30 seconds. Check the network and run "npm run doctor" again.');
    return 1;
  }
  for (const { id, what, outcome, detail, pages } of report.results) {
    const affected = outcome === 'differs' && pages.length > 0 ? ` (affects ${pages.join(', ')})` : '';
    console.log(`${MARK[outcome]}  ${id}: ${what}: ${detail}${affected}`);
  }
  const count = (outcome: string) => report.results.filter((one) => one.outcome === outcome).length;
  console.log(`${count('holds')} hold, ${count('differs')} differ, ${count('could-not-ask')} could not be asked`);
  await writeAtomic(path, `${JSON.stringify(report, null, 1)}\n`);
  return count('differs') > 0 ? 1 : 0;
}

try {
  process.exitCode = await main(options());
} catch (error) {
  const isUse = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  console.error(isUse || error instanceof ContentError ? (error as Error).message : error);
  if (isUse) console.error(USAGE);
  process.exitCode = isUse || error instanceof ContentError ? 2 : 70;
}
