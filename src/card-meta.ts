import type { StarlightRouteData } from '@astrojs/starlight/route-data';
import { CARD_SIZE, type Card, cardOf } from '#picture/card.ts';

type Head = StarlightRouteData['head'];

/** What a page says of its card; nothing where the site's own address is not known, since a card needs a whole one. */
export function cardMetaOf(
  { id, entry }: Pick<StarlightRouteData, 'id' | 'entry'>,
  { site, base }: { site: URL | undefined; base: string },
  altOf: (card: Card) => string,
): Head {
  if (!site || id === '404') return [];
  const path = id.replace(/^\/+|\/+$/g, '');
  const card = cardOf(path, entry.data.title, entry.filePath?.startsWith('content/docs/') ?? false);
  const image = new URL(`${base.replace(/\/*$/, '/')}og/${card.name}.png`, site).href;
  const alt = altOf(card);
  return [
    meta('property', 'og:image', image),
    meta('property', 'og:image:type', 'image/png'),
    meta('property', 'og:image:width', String(CARD_SIZE.width)),
    meta('property', 'og:image:height', String(CARD_SIZE.height)),
    meta('property', 'og:image:alt', alt),
    meta('name', 'twitter:image', image),
    meta('name', 'twitter:image:alt', alt),
  ];
}

const meta = (key: 'property' | 'name', name: string, content: string): Head[number] => ({
  tag: 'meta',
  attrs: { [key]: name, content },
});
