import { visible } from '#status/text/words.ts';

/** What is wrong with a text, in sentences. */

const MOST = 100;
const LONGEST = 2_000;

export class Faults {
  readonly list: string[] = [];

  /** Each sentence once; the hundredth says that more were left out. */
  add(sentence: string): void {
    const text = sentence.slice(0, LONGEST);
    if (this.list.length >= MOST || this.list.includes(text)) return;
    this.list.push(this.list.length === MOST - 1 ? 'There are more faults than these; they are left out.' : text);
  }
}

/** Foreign text in quotes, short and without disguise. */
export function quoted(text: string): string {
  const shown = visible(text.slice(0, 80));
  return `“${shown}${text.length > 80 ? '…' : ''}”`;
}
