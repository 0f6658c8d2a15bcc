import { appendFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { changedPages, parseNameStatus } from '#editing/changed.ts';
import { git } from '#host/git.ts';

/** `npm run changed -- [--base origin/main] [--site URL [--files]] [--out FILE]`: the pages that a change touches, as Markdown. */

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');

try {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      base: { ...string, default: 'origin/main' },
      site: { ...string, default: '' },
      out: string,
      files: { type: 'boolean', default: false },
    },
  });
  const run = git(ROOT);
  await run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${values.base}^{commit}`]).catch((cause) => {
    throw new Error(`there is no commit "${values.base}" here. Fetch it, or name another one: --base main`, { cause });
  });
  const printed = await run(['diff', '--name-status', '-z', '--no-renames', `${values.base}...HEAD`, '--']);
  const list = changedPages(parseNameStatus(printed.toString()), values.site, values.files);
  if (values.out) await appendFile(values.out, list);
  else console.log(list);
} catch (error) {
  console.error(`changed: ${(error as Error).message}`);
  process.exitCode = 2;
}
