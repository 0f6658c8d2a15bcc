import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCheatSheet } from '#cheat-sheet/model.ts';
import { findingsOf } from '#editing/faults.ts';
import type { Finding } from '#editing/finding.ts';
import { BLOCKING } from '#editing/rules.ts';
import type { Lab } from '#lab/model.ts';
import { ContentError } from '#status/parse.ts';
import { checkFiles } from './content-files.ts';
import { parsersFor } from './content-parsers.ts';
import { readLabs } from './labs.ts';
import { readLearning } from './learning.ts';
import { checkPages } from './pages-check.ts';
import { checkRedirects } from './redirects.ts';
import { readRunbooks } from './runbooks.ts';

/** Everything that people write, read as the build reads it, and every fault of every file. */

/** Faults of all content under `root`; empty where a build would take it. */
export async function checkContent(root: string): Promise<Finding[]> {
  const files = await checkFiles(root);
  const unread = new Set(files.map(({ file }) => file));
  const alone = [...(await eachFile(root)), ...(await checkPages(root))].filter(({ file }) => !unread.has(file));
  const broken = new Set([...files, ...alone].map(({ file }) => file));
  // What is broken by itself would be reported once more by all that lead to it.
  const joint = [...(await together(root)), ...(await checkRedirects(root))].filter(({ file }) => !broken.has(file));
  const told = await Promise.all(joint.map((finding) => atItsLine(root, finding)));
  return [...files, ...alone, ...new Map(told.map((finding) => [JSON.stringify(finding), finding])).values()];
}

async function eachFile(root: string): Promise<Finding[]> {
  const parsers = await parsersFor(root);
  const faults = [...parsers].map(async ([file, parse]) => {
    try {
      await parse(await readFile(join(root, file), 'utf8'), file);
      return [];
    } catch (error) {
      return findingsOf(error, file, BLOCKING.form);
    }
  });
  return (await Promise.all(faults)).flat();
}

/** What no file can tell of itself: who leads to whom. */
async function together(root: string): Promise<Finding[]> {
  const cheatSheet = 'content/cheat-sheet.yaml';
  const whole: [string, () => Promise<unknown>][] = [
    ['content/runbooks', () => readRunbooks(root)],
    ['content/tracks', () => readLearning(root)],
    [
      cheatSheet,
      async () => {
        const { runbooks } = await readRunbooks(root);
        return parseCheatSheet(
          await readFile(join(root, cheatSheet), 'utf8'),
          cheatSheet,
          runbooks,
          await readLabs(root),
        );
      },
    ],
    ['content/labs', async () => checkWorlds(root, await readLabs(root))],
  ];
  const found: Finding[] = [];
  for (const [file, read] of whole) {
    try {
      await read();
    } catch (error) {
      found.push(...findingsOf(error, file, BLOCKING.together));
    }
  }
  return found;
}

function checkWorlds(root: string, labs: readonly Lab[]): void {
  const worlds = globSync('*.yaml', { cwd: join(root, 'content/worlds') }).map((name) => name.replace('.yaml', ''));
  const faults = labs
    .filter(({ world }) => !worlds.includes(world))
    .map(
      ({ id, world }) =>
        `content/labs/${id}.yaml begins in the world "${world}", which is not there. Write one of ${worlds.sort().join(', ')}.`,
    );
  if (faults.length > 0) throw new ContentError(faults.join('\n'));
}

/** A fault that was found without its line stands where the file has the first word that it quotes. */
async function atItsLine(root: string, finding: Finding): Promise<Finding> {
  const quoted = /"([^"]+)"/.exec(finding.message)?.[1];
  if (finding.line > 1 || quoted === undefined || !finding.file.endsWith('.yaml')) return finding;
  const text = await readFile(join(root, finding.file), 'utf8').catch(() => '');
  const whole = new RegExp(`(?<![\\w./:-])${RegExp.escape(quoted)}(?![\\w/#:-])`);
  const row = text.split('\n').findIndex((one) => !one.trimStart().startsWith('#') && whole.test(one));
  return { ...finding, line: Math.max(row, 0) + 1 };
}
