import { experimental_AstroContainer } from 'astro/container';
import type { AstroComponentFactory } from 'astro/runtime/server/index.js';
import { createInstance } from 'i18next';
import { loadStrings } from '#strings-loader.ts';

/** HTML of a component with its props, spaces between words made single. */
export async function render(component: AstroComponentFactory, props: Record<string, unknown>): Promise<string> {
  const container = await experimental_AstroContainer.create();
  // A component that takes props needs no more of a page than its strings.
  const locals: App.Locals = Object.assign(Object.create(null), { t: await english() });
  const html = await container.renderToString(component, { props, locals });
  return html.replace(/\s+/g, ' ');
}

/** Fills in the English strings, as Starlight lets a page do. */
export async function english() {
  const [english] = (await loadStrings(new URL('../../', import.meta.url))).filter(({ id }) => id === 'en');
  const i18next = createInstance();
  await i18next.init({ lng: 'en', defaultNS: 'starlight', resources: { en: { starlight: english ?? {} } } });
  return Object.assign(i18next.t, { all: () => english ?? {}, exists: i18next.exists, dir: () => 'ltr' as const });
}

/** What a reader without eyes gets of a piece of HTML: its text without the parts that are hidden from them. */
export function spoken(html: string): string {
  return html
    .replace(/<svg.*?<\/svg>/g, ' ')
    .replace(/<span[^>]*aria-hidden="true"[^>]*>.*?<\/span>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([,:;.])/g, '$1')
    .trim();
}
