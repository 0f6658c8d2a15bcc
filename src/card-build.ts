import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { attributes, tags } from '#editing/html.ts';
import { type CardText, cardPress } from '#host/cards.ts';
import { inTurns } from '#sources/turns.ts';
import { loadStrings } from '#strings-loader.ts';

/** Cards that are drawn side by side: the pixels are made in threads of their own. */
const AT_ONCE = 4;

/** Draws the cards that the built pages name; src/card-meta.ts names them, and only where the site's address is known. */
export function cards(): AstroIntegration {
  const root = new URL('../', import.meta.url);
  return {
    name: 'slipway-cards',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const began = performance.now();
        const named = new Map<string, Named>();
        for await (const page of glob('**/*.html', { cwd: fileURLToPath(dir) })) {
          const card = cardIn(await readFile(new URL(page, dir), 'utf8'));
          if (card) named.set(card.file, card);
        }
        if (named.size === 0) return;
        const press = await cardPress(fileURLToPath(root));
        const english = (await loadStrings(root)).find(({ id }) => id === 'en');
        const tagline = english?.['card.tagline'] ?? '';
        await inTurns([...named.values()], AT_ONCE, async ({ file, section, title }) => {
          const path = fileURLToPath(new URL(file, dir));
          await mkdir(dirname(path), { recursive: true });
          await writeFile(path, await press.draw({ section, title, tagline }));
        });
        logger.info(`${named.size} cards in ${Math.round(performance.now() - began)} ms`);
      },
    },
  };
}

type Named = Pick<CardText, 'section' | 'title'> & { file: string };

/** The card that a page names: its file in the built folder, and its words as the text for who does not see it has them. */
export function cardIn(html: string): Named | null {
  const head = html.slice(0, html.indexOf('</head>'));
  const content = (property: string): string | undefined =>
    tags(head, 'meta')
      .filter((tag) => attributes(tag, 'property')[0] === property)
      .flatMap((tag) => attributes(tag, 'content'))[0];
  const file = /\/(og\/(?!.*\.\.)[^?#]+\.png)$/.exec(content('og:image') ?? '')?.[1];
  const [, section, title] = /^(.+?): (.+)$/s.exec(content('og:image:alt') ?? '') ?? [];
  return file && section && title ? { file, section, title } : null;
}
