/** A pattern of a branch as the words that a reader looks for, one for each way it can be met. */
export function patternWords(pattern: string): string[] {
  const words = alternatives(pattern).map(plain);
  return words.some((word) => word === null) ? [pattern] : words.flatMap((word) => word ?? []);
}

/** Cut at each `|` that stands in no group. */
function alternatives(pattern: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const [token] of pattern.matchAll(/\\.|\[(?:\\.|[^\]])*\]|./gs)) {
    if (token === '(') depth++;
    if (token === ')') depth--;
    if (token === '|' && depth === 0) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts;
}

/** Without what only a machine reads; null where more than that would be left. */
function plain(pattern: string): string | null {
  const text = pattern
    .replaceAll(/(?:\[\^\\n\]|\.|\\S|\[\^[^\]]*\])[*+]\??/g, '…')
    .replaceAll(/\\s[*+]?/g, ' ')
    .replaceAll(/\\[bB]|[\^$]/g, '')
    .replaceAll('\\n', ' ⏎')
    .replaceAll(/\(\?:/g, '(')
    .replaceAll(/\\d\+?/g, '0');
  if (/(?<!\\)[[\]*+?{}]|\(\?/.test(text) || /\\[a-z]/i.test(text)) return null;
  return (
    text
      .replaceAll(/(?<!\\)\|/g, ' or ')
      .replaceAll(/\\(.)/g, '$1')
      .trim() || null
  );
}
