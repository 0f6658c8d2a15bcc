import { BETTER } from './words.ts';

/** Rules of the style guide that a machine can look after. Each is a suggestion, and never in anybody's way. */

/** Where a text stands: a paragraph of a page, an item of a list, a heading or title, a cell or field. */
export type Place = 'page' | 'item' | 'heading' | 'field';

export interface Remark {
  /** Offset in the text. */
  index: number;
  message: string;
  action: string;
}

interface ProseRule {
  places: readonly Place[];
  find: (text: string) => Remark[];
}

const EVERYWHERE = ['page', 'item', 'heading', 'field'] as const;
const LONGEST = 40;

/** By the name under which the style guide explains it. Code and addresses are dots in the text that they get. */
export const PROSE_RULES: Readonly<Record<string, ProseRule>> = {
  'prose/sentence-a-line': {
    places: ['page'],
    find: all(/(?<!\b(?:e\.g|i\.e|vs|cf|No|St)|\b[A-Z\d])[.!?]["”’)]?[ \t]+(?=[“"(]?[A-Z])/g, () => ({
      message: 'A second sentence begins on this line.',
      action: 'Begin each sentence on a line of its own: a later change then shows what changed.',
    })),
  },
  'prose/better-word': {
    places: EVERYWHERE,
    find: (text) => BETTER.flatMap(({ find, ...say }) => betterWord(text, find, say)),
  },
  'prose/heading': {
    places: ['heading'],
    find: all(/[.,;:!]\s*$/g, ([sign = '']) => ({
      message: `The heading ends with "${sign.trim()}".`,
      action: 'Take it away.',
    })),
  },
  'prose/long-sentence': {
    places: ['page', 'item', 'field'],
    find: all(/[^.!?:;|\n]+(?:\n(?!\n)[^.!?:;|\n]+)*/g, ([sentence = '']) => {
      const words = sentence.match(/[\p{L}\d][\p{L}\d'’-]*/gu)?.length ?? 0;
      return words <= LONGEST
        ? null
        : {
            message: `This sentence has ${words} words.`,
            action: `Make two of it: ${LONGEST} are much to hold in mind.`,
          };
    }),
  },
  'prose/repeated-word': {
    places: EVERYWHERE,
    find: all(/\b([a-z]{2,})\s+\1\b/gi, ([, word = '']) =>
      /^(that|had)$/i.test(word)
        ? null
        : { message: `"${word}" stands here twice.`, action: 'Take one away, or turn the sentence round.' },
    ),
  },
  'prose/exclamation': {
    places: EVERYWHERE,
    find: all(/\p{L}!(?=\s|$)/gu, () => ({
      message: 'A mark of exclamation.',
      action: 'End the sentence with a full stop.',
    })),
  },
  'prose/contraction': {
    places: EVERYWHERE,
    find: all(/\b(?:\w+n['’]t|(?:it|that|there|what|let)['’]s|\w+['’](?:re|ve|ll))\b/gi, ([word = '']) => ({
      message: `"${word}" is a contraction.`,
      action: 'Write both words: that is easier to read for those whose first language is another.',
    })),
  },
};

/** What the text of a link must not be, because it says nothing when it is read alone. */
export const EMPTY_LINK_TEXT = /^(?:click )?(?:here|this|this page|this link|link|more|read more|see here)$/i;

function all(
  pattern: RegExp,
  tell: (match: RegExpMatchArray) => Omit<Remark, 'index'> | null,
): (text: string) => Remark[] {
  return (text) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const told = tell(match);
      return told ? [{ index: match.index, ...told }] : [];
    });
}

function betterWord(text: string, find: RegExp, { use, why }: { use: string | null; why?: string }): Remark[] {
  return [...text.matchAll(find)].map((match) => ({
    index: match.index,
    message: `"${match[0]}"${why === undefined ? '' : `: ${why}`}.`,
    action: use === null ? 'Leave it out.' : `Write "${use}".`,
  }));
}
