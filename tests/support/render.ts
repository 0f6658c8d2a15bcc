import { experimental_AstroContainer } from 'astro/container';
import type { AstroComponentFactory } from 'astro/runtime/server/index.js';

/** HTML of a component with its props, spaces between words made single. */
export async function render(component: AstroComponentFactory, props: Record<string, unknown>): Promise<string> {
  const container = await experimental_AstroContainer.create();
  const html = await container.renderToString(component, { props });
  return html.replace(/\s+/g, ' ');
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
