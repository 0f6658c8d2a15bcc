import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Ran, run } from './bench-child.ts';

/** Sites to be built: a copy of ours that may be changed, and plain Starlight with as many pages. */

const PARTS = ['package.json', 'tsconfig.json', 'astro.config.mjs', 'src', 'content', 'public'];
const KEPT = ['snapshot.json', 'attempt.json', 'doctor.json', 'history'];
const PLAIN = {
  'package.json': '{ "type": "module", "private": true, "dependencies": { "astro": "*", "@astrojs/starlight": "*" } }',
  'astro.config.mjs': `import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
export default defineConfig({ integrations: [starlight({ title: 'Plain' })] });
`,
  'src/content.config.ts': `import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
import { defineCollection } from 'astro:content';
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
`,
};

/** Copies what our site is built from, without what a refresh has found. */
export async function copySite(to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const part of PARTS) await cp(part, join(to, part), { recursive: true });
  for (const name of KEPT) await rm(join(to, 'content/status', name), { recursive: true, force: true });
  await furnish(to);
}

/** Writes a Starlight site that has one page of prose for each of these texts. */
export async function plainSite(to: string, texts: ReadonlyMap<string, string>): Promise<void> {
  const pages = [...texts].map(([path, text]) => [`src/content/docs/${path}.md`, text] as const);
  for (const [name, text] of [...Object.entries(PLAIN), ...pages]) {
    await mkdir(dirname(join(to, name)), { recursive: true });
    await writeFile(join(to, name), text);
  }
  await furnish(to);
}

/** A cache of its own, so that builds of the working tree are left alone. */
async function furnish(to: string): Promise<void> {
  const config = `import site from './astro.config.mjs';\nexport default { ...site, cacheDir: './cache' };\n`;
  await writeFile(join(to, 'bench.config.mjs'), config);
}

/** Builds from nothing, as a process of its own; the site is then in `dist` there. */
export async function build(site: string): Promise<Ran> {
  for (const name of ['cache', 'dist', '.astro']) await rm(join(site, name), { recursive: true, force: true });
  const astro = resolve('node_modules/astro/bin/astro.mjs');
  const env = { ASTRO_TELEMETRY_DISABLED: '1', BASE: '/' };
  return run(process.execPath, [astro, 'build', '--config', 'bench.config.mjs'], { cwd: site, env, usage: site });
}

/** Pages of a built site by path, without the 404 page, which every site has. */
export async function pagesOf(site: string): Promise<string[]> {
  const files = await readdir(join(site, 'dist'), { recursive: true });
  return files.filter((name) => name.endsWith('.html') && name !== '404.html');
}

/** The words of a page as Markdown of as many words. */
export function prose(html: string, title: string): string {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html;
  const text = main.replace(/<(script|style|svg)\b[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]*>/g, ' ');
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}.,-]*/gu) ?? [];
  const paragraphs = Array.from(
    { length: Math.ceil(words.length / 60) },
    (_, index) =>
      `${index % 5 === 0 ? `## Part ${index / 5 + 1}\n\n` : ''}${words.slice(60 * index, 60 * index + 60).join(' ')}`,
  );
  return `---\ntitle: ${JSON.stringify(title)}\n---\n\n${paragraphs.join('\n\n')}\n`;
}
