import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Finding } from '#editing/finding.ts';
import { headOf } from '#editing/head.ts';
import { UsageError } from '../options.ts';
import { checkLinks } from '../site-links.ts';
import { lintMarkdown } from './markdown.ts';
import { dictionary, spell } from './spelling.ts';
import { lintData, lintPage } from './textlint.ts';

/** All that is only suggested: spelling, form of Markdown, style. */

const PAGES = ['content/docs/**/*.{md,mdx}', 'content/**/README.md', 'README.md', 'CONTRIBUTING.md'];
const DATA = ['content/*.yaml', 'content/{runbooks,labs,tracks,quizzes,pipelines,pictures}/**/*.yaml'];

/** Suggestions for everything under `root`, or for the files that are named; links too where `dist` holds a site. */
export async function checkProse(root: string, only: readonly string[], dist: string): Promise<Finding[]> {
  const asked = new Set(only.map((file) => slashed(relative(root, resolve(root, file)))));
  const isAsked = (file: string) => asked.size === 0 || asked.has(file);
  const pages = filesIn(root, PAGES).filter(isAsked);
  const data = filesIn(root, DATA).filter(isAsked);
  // A name with a slip in it must not pass for a text without one.
  const stray = [...asked].find((file) => !pages.includes(file) && !data.includes(file));
  if (stray !== undefined) throw new UsageError(`${stray} is no page and no data that is looked at. Correct its path.`);
  const settings = await dictionary(root);
  const found = pages.length === 0 ? [] : await lintMarkdown(root, pages);
  for (const file of pages) {
    const text = await readFile(join(root, file), 'utf8');
    found.push(...(await lintPage(text, file)), ...(await lintData(headOf(text), file)));
    found.push(...(await spell(text, file, settings)));
  }
  for (const file of data) {
    const text = await readFile(join(root, file), 'utf8');
    found.push(...(await lintData(text, file)), ...(await spell(text, file, settings)));
  }
  return [...found, ...(await linksOf(root, dist, isAsked))];
}

/** Links block in `npm run check`; here they are told beside the rest. */
async function linksOf(root: string, dist: string, isAsked: (file: string) => boolean): Promise<Finding[]> {
  if (!existsSync(join(dist, 'index.html'))) return [];
  const broken = await checkLinks(root, dist, '/');
  return broken.filter(({ file }) => isAsked(file)).map((one) => ({ ...one, weight: 'suggests' }));
}

function filesIn(root: string, patterns: readonly string[]): string[] {
  return globSync(patterns, { cwd: root }).map(slashed).sort();
}

const slashed = (name: string): string => name.replaceAll('\\', '/');
