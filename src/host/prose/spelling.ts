import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spellCheckDocument } from 'cspell-lib';
import type { Finding } from '#editing/finding.ts';
import { headOf } from '#editing/head.ts';
import { wordsOfPage, wordsOfText } from '#editing/prose/blank.ts';
import { passagesIn } from '#editing/prose/passages.ts';
import { SUGGESTED } from '#editing/rules.ts';

/** Words that no dictionary has, and content/words.txt neither. */

const WORDS = 'content/words.txt';

type Settings = Parameters<typeof spellCheckDocument>[2];

/** What all files are held against. */
export async function dictionary(root: string): Promise<Settings> {
  return {
    language: 'en,en-GB',
    words: wordsIn(await readFile(join(root, WORDS), 'utf8')),
    dictionaries: ['softwareTerms', 'companies'],
    allowCompoundWords: false,
    minWordLength: 4,
    maxNumberOfProblems: 1_000,
    maxDuplicateProblems: 1_000,
  };
}

/** Of the word list: one word a line, and comments. */
export function wordsIn(list: string): string[] {
  return list.split('\n').flatMap((row) => row.replace(/#.*/, '').trim() || []);
}

/** Unknown words of a file, page or data, each where it stands first. */
export async function spell(text: string, file: string, settings: Settings): Promise<Finding[]> {
  const looked = /\.mdx?$/.test(file) ? joined(wordsOfData(headOf(text)), wordsOfPage(text)) : wordsOfData(text);
  const { issues, errors } = await spellCheckDocument(
    { uri: `file:///${file}.txt`, text: looked, languageId: 'plaintext' },
    { generateSuggestions: false, noConfigSearch: true },
    settings,
  );
  if (errors) throw new Error(`${file}: the spelling could not be looked at: ${errors}`);
  const seen = new Set<string>();
  return issues.flatMap(({ text: word, offset }) => {
    if (seen.has(word)) return [];
    seen.add(word);
    return [
      {
        file,
        line: lineOf(looked, offset),
        rule: SUGGESTED.spelling,
        weight: 'suggests' as const,
        message: `"${word}" is in no dictionary.`,
        action: `Correct it; if it is right, add it to ${WORDS}, or set it as code with backticks.`,
      },
    ];
  });
}

/** Head and body on their own lines: where the one stands the other is blank. */
function joined(head: string, body: string): string {
  const above = head.split('\n');
  return body
    .split('\n')
    .map((row, at) => `${above[at] ?? ''}${row}`)
    .join('\n');
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** The prose of a YAML file on the lines where it stands. */
function wordsOfData(text: string): string {
  const rows = text.split('\n').map(() => '');
  for (const { text: words, line } of passagesIn(text))
    for (const [at, row] of wordsOfText(words).split('\n').entries()) {
      const to = Math.min(line - 1 + at, rows.length - 1);
      rows[to] = `${rows[to]} ${row}`;
    }
  return rows.join('\n');
}
