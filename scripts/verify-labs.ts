/** `npm run labs`: every lab from start to end, and with --real against real clients. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { onStop } from '#host/child.ts';
import { ContentError } from '#status/parse.ts';
import { USAGE, verifyLabs } from '#verify/labs.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');

onStop(async () => undefined);
try {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      real: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      report: { type: 'string' },
    },
  });
  const only = values.only?.flatMap((ids) => ids.split(',')) ?? null;
  process.exitCode = await verifyLabs(ROOT, { ...values, only, report: values.report ?? null }, (text) =>
    console.log(text),
  );
} catch (error) {
  const isUse = error instanceof TypeError && !(error instanceof ContentError);
  const isOurs = isUse || error instanceof ContentError;
  console.error(isOurs && error instanceof Error ? error.message : error);
  if (isUse) console.error(USAGE);
  process.exitCode = isOurs ? 2 : 70;
}
