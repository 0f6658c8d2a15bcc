import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countText, reportAs } from '#editing/report.ts';
import { reportOptions, writeReport } from '#host/findings.ts';
import { checkProse } from '#host/prose/prose.ts';

/** `npm run prose [-- FILE … --report FILE --format code-quality|github]`: suggestions, never a failure. */

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');
const say = (text: string) => console.log(text);

try {
  const { asked, ...report } = reportOptions(process.argv.slice(2));
  const found = await checkProse(ROOT, asked, join(ROOT, '.cache/test/dist'));
  if (report.format === 'terminal' && report.report === null) say(await reportAs('terminal', found));
  await writeReport(report, found, say);
  say(`prose: ${countText(found)}`);
} catch (error) {
  // A tool that broke has looked at nothing, and must not pass for one that found nothing.
  console.error(`prose: ${(error as Error).message}`);
  process.exitCode = 2;
}
