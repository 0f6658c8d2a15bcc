import { escaped } from '#components/pipeline/yaml.ts';
import { link } from '#components/status/link.ts';

/** Texts of labs as HTML; everything in them is escaped. */

/** Plain paragraphs, split by empty lines. */
export const paragraphsHtml = (text: string): string[] =>
  text
    .trim()
    .split(/\n\s*\n/)
    .map(lineHtml);

/** Backticks mark code; `[words](/address/)` is a link of this site. */
export function lineHtml(text: string): string {
  return text
    .split('`')
    .map((part, at) => (at % 2 === 1 ? `<code>${escaped(part)}</code>` : linked(part)))
    .join('');
}

function linked(text: string): string {
  const parts = text.split(/\[([^\][]+)\]\((\/[^\s()]*)\)/);
  return parts
    .map((part, at) => {
      if (at % 3 === 1) return `<a href="${escaped(link((parts[at + 1] ?? '').slice(1)))}">${escaped(part)}</a>`;
      return at % 3 === 0 ? escaped(part) : '';
    })
    .join('');
}
