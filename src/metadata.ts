import type { StarlightRouteData } from '@astrojs/starlight/route-data';

type Head = StarlightRouteData['head'];

/** What a page tells programs about itself, beside what Starlight says: its Markdown, and when its text last changed. */
export function metadataOf({ id, lastUpdated }: Pick<StarlightRouteData, 'id' | 'lastUpdated'>, base: string): Head {
  if (id === '404') return [];
  const markdown = `${base.replace(/\/*$/, '/')}${id && `${id.replace(/\/*$/, '')}/`}index.md`;
  const head: Head = [{ tag: 'link', attrs: { rel: 'alternate', type: 'text/markdown', href: markdown } }];
  if (lastUpdated)
    head.push({ tag: 'meta', attrs: { property: 'article:modified_time', content: lastUpdated.toISOString() } });
  return head;
}
