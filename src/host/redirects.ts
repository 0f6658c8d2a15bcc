import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pagesOf } from '#editing/addresses.ts';
import { findingsOf } from '#editing/faults.ts';
import type { Finding } from '#editing/finding.ts';
import { checkMoved } from '#editing/moved.ts';
import { BLOCKING } from '#editing/rules.ts';
import { parseRedirects } from '#runbook/catalog.ts';
import { git } from './git.ts';

/** Addresses that pages had and have. */

const FILE = 'content/redirects.yaml';

/** Faults of the redirects under `root`, and pages of the git history that went without one; without git only the former. */
export async function checkRedirects(root: string): Promise<Finding[]> {
  const text = await readFile(join(root, FILE), 'utf8');
  try {
    const redirects = parseRedirects(text, FILE);
    const lives = await livingIn(root);
    const rows = text.split('\n');
    return checkMoved({ redirects, lives, published: await publishedIn(root) }).map(({ from, ...told }) => ({
      file: FILE,
      line:
        1 +
        Math.max(
          0,
          rows.findIndex((row) => row.includes(from)),
        ),
      rule: BLOCKING.moved,
      weight: 'blocks',
      ...told,
    }));
  } catch (error) {
    return findingsOf(error, FILE, BLOCKING.moved);
  }
}

/** Whether an address, as in /handbook/evidence/, has a page: a file of its own, or code that makes pages of its shape. */
async function livingIn(root: string): Promise<(address: string) => boolean> {
  const files = globSync(['content/**/*.{md,mdx,yaml,yml}', 'src/pages/**/*.astro'], { cwd: root }).map(slashed);
  const own = new Set(files.flatMap(pagesOf));
  const made = files.flatMap((file) => shapeOf(file) ?? []);
  return (address) => {
    const path = address.slice(1);
    return own.has(path) || made.some((shape) => shape.test(path));
  };
}

/** Of `src/pages/status/releases/[release].astro` what its addresses look like; null for a page per file of content. */
function shapeOf(file: string): RegExp | null {
  const route = /^src\/pages\/(?!(?:.*\/)?_)(.*\[(?!\.\.\.).*)\.astro$/.exec(file)?.[1];
  if (route === undefined || /^(runbooks|labs|tracks|quizzes|pipelines)\//.test(route)) return null;
  const shape = RegExp.escape(`${route}/`.replace(/\/index\/$/, '/')).replaceAll(/\\\[.+?\\\]/g, '[^/]+');
  return new RegExp(`^${shape}$`);
}

async function publishedIn(root: string): Promise<string[]> {
  const log = [
    'log',
    '--diff-filter=D',
    '--no-renames',
    '--name-only',
    '--format=',
    '-z',
    '--',
    'content',
    'src/pages',
  ];
  const printed = await git(root)(log).catch(() => Buffer.alloc(0));
  return printed
    .toString()
    .split('\0')
    .flatMap((file) => pagesOf(file.trim()))
    .map((path) => `/${path}`);
}

const slashed = (name: string): string => name.replaceAll('\\', '/');
