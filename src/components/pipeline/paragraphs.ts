/** The paragraphs of a plain text, split by empty lines; the first, and what follows it. */
export function introOf(text: string): { first: string; rest: string } {
  const [first = '', ...rest] = text.trim().split(/\n\s*\n/);
  return { first, rest: rest.join('\n\n') };
}
