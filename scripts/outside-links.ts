import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lookAtOutsideLinks } from '#host/outside.ts';
import { durationMs } from '#status/time.ts';

/** `npm run links:outside -- [--site DIR] [--out DIR] [--max-age 24h]`: links to other sites. A broken one is no failure. */

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');

try {
  const { values } = parseArgs({
    options: {
      site: { type: 'string', default: join(ROOT, 'dist') },
      out: { type: 'string', default: join(ROOT, 'content/status') },
      'max-age': { type: 'string' },
    },
  });
  const maxAgeMs = values['max-age'] ? durationMs(values['max-age']) : 0;
  const report = await lookAtOutsideLinks({ root: ROOT, dist: values.site, out: values.out, maxAgeMs });
  for (const { url, why, pages } of report?.broken ?? []) console.log(`${url}: ${why} (on ${pages.join(', ')})`);
  console.log(
    report ? `links: ${report.asked} asked, ${report.broken.length} broken` : 'links: they were looked at not long ago',
  );
} catch (error) {
  console.error(`links: ${(error as Error).message}`);
  process.exitCode = 2;
}
