/** What of a built page a check looks at. */

export interface SitePage {
  /** Path below the base, '' for the front page. */
  path: string;
  html: string;
}

/** Within a tag: a value between quotes may hold the sign that ends one. */
const WITHIN = `(?:[^>"']|"[^"]*"|'[^']*')`;

/** Every tag of a name that opens an element, whole. */
export const tags = (html: string, name: string): string[] =>
  html.match(new RegExp(`<${name}\\b${WITHIN}*>`, 'gi')) ?? [];

/** Values of an attribute, with the entities that Astro writes turned back. */
export function attributes(html: string, name: string): string[] {
  const plain = html.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, (element) => element.replace(/>[\s\S]*</, '><'));
  return [...plain.matchAll(new RegExp(`<[a-z]${WITHIN}*?\\s${name}="([^"]*)"`, 'gi'))].map((match) =>
    decode(match[1] ?? ''),
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '#38': '&', '#x26': '&', amp: '&' },
  ...{ '#34': '"', '#x22': '"', quot: '"' },
  ...{ '#39': "'", '#x27': "'", '#60': '<', '#x3c': '<', lt: '<', gt: '>' },
};

/** In one pass: what stands for a sign may itself look like another entity. */
const decode = (text: string): string =>
  text.replace(/&(#?\w+);/g, (entity, name: string) => ENTITIES[name.toLowerCase()] ?? entity);
