/** What of a built page a check looks at. */

export interface SitePage {
  /** Path below the base, '' for the front page. */
  path: string;
  html: string;
}

/** Values of an attribute, with the entities that Astro writes turned back. */
export function attributes(html: string, name: string): string[] {
  const plain = html.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, (element) => element.replace(/>[\s\S]*</, '><'));
  return [...plain.matchAll(new RegExp(`<[a-z][^>]*\\s${name}="([^"]*)"`, 'gi'))].map((match) =>
    decode(match[1] ?? ''),
  );
}

function decode(text: string): string {
  return text.replaceAll('&#38;', '&').replaceAll('&amp;', '&').replaceAll('&#34;', '"').replaceAll('&quot;', '"');
}
