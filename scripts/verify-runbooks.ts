/** `npm run runbooks`: runs every command of every runbook against pretend services, and writes the record. */
import { fileURLToPath } from 'node:url';
import { onStop } from '#host/child.ts';
import { ContentError } from '#status/parse.ts';
import { optionsOf, USAGE } from '#verify/options.ts';
import { verify } from '#verify/verify.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');

onStop(async () => undefined);
try {
  process.exitCode = await verify(ROOT, optionsOf(process.argv.slice(2)), (text) => console.log(text));
} catch (error) {
  const isUse = error instanceof TypeError && !(error instanceof ContentError);
  const isOurs = isUse || error instanceof ContentError;
  console.error(isOurs && error instanceof Error ? error.message : error);
  if (isUse) console.error(USAGE);
  process.exitCode = isOurs ? 2 : 70;
}
