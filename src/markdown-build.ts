import { glob, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { type Listed, llmsText } from '#markdown/llms.ts';
import { pageText } from '#markdown/page.ts';
import { paths } from './sidebar.ts';

/** Stands for the origin where none is set; what is published then begins at the root. */
const NOWHERE = 'https://slipway.invalid';
const published = (text: string): string => text.replaceAll(NOWHERE, '');

const DATA = [
  ['status/v1/snapshot.json', 'every image that is watched, with its verdict and evidence'],
  ['status/v1/snapshot.schema.json', 'the JSON Schema of the former'],
] as const;

/** Written beside every page: its text as Markdown, index.md; and at the root llms.txt, which lists them. */
export function forMachines(about: { title: string; summary: string }): AstroIntegration {
  let root = '';
  return {
    name: 'slipway-markdown',
    hooks: {
      'astro:config:done': ({ config }) => {
        root = new URL(config.base.replace(/\/*$/, '/'), config.site ?? NOWHERE).href;
      },
      'astro:build:done': async ({ dir, logger }) => {
        const began = performance.now();
        const names = await Array.fromAsync(glob('**/index.html', { cwd: fileURLToPath(dir) }));
        const pages: Listed[] = [];
        let notice: string | null = null;
        for (const name of names.filter((one) => !one.startsWith('admin/')).sort()) {
          const path = name.replaceAll('\\', '/').replace(/index\.html$/, '');
          const html = await readFile(new URL(name, dir), 'utf8');
          const page = pageText(html, root + path);
          if (!page) continue;
          if (path === 'status/') notice = page.notice;
          await writeFile(new URL(`${path}index.md`, dir), published(page.markdown));
          pages.push({ ...page, path, address: published(`${root}${path}index.md`) });
        }
        const data = DATA.map(([path, what]) => [published(root + path), what] as const);
        await writeFile(new URL('llms.txt', dir), llmsText({ ...about, notice }, pages, data, paths));
        logger.info(`${pages.length} pages as Markdown in ${Math.round(performance.now() - began)} ms`);
      },
    },
  };
}
