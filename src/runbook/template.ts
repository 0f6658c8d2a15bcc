/** Commands with their variables: `{{name}}` takes a value, as Go templates with a leading dot do not. */

const TOKEN = /\{\{([a-z][a-z0-9-]*)\}\}/g;

/** Names of the variables of a text, each once, in their order. */
export function namesIn(text: string): string[] {
  return [...new Set([...text.matchAll(TOKEN)].map(([, name = '']) => name))];
}

export type Piece = { text: string } | { name: string };

/** A text as its pieces. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > at) found.push({ text: text.slice(at, match.index) });
    found.push({ name: match[1] ?? '' });
    at = match.index + match[0].length;
  }
  if (at < text.length) found.push({ text: text.slice(at) });
  return found;
}

/** The text with its values; a name without a value stays as it is. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(TOKEN, (token, name: string) => values[name] ?? token);
}
