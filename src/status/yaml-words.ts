import type { YAMLParseError } from 'yaml';

/** What the parser of YAML finds, for those who write and do not program. */

const NO_COLON =
  'A name has no colon behind it, or a line does not begin under its neighbours. Write name: value, at the same column.';
const NOT_CLOSED = 'A quotation mark or a bracket is not closed, or a comma is missing. Add it.';

const NOT_UNDER =
  'Lines that belong together do not begin at the same column, or a bracket is not closed. Set them under each other.';

/** The parser has one code for many signs. */
const LACKING = [
  ['Implicit', NO_COLON],
  ['without -', NOT_UNDER],
  ['Comments', 'A # stands against the word before it. Put a space before it, or the text in quotes.'],
] as const;

const SENTENCES: Readonly<Partial<Record<YAMLParseError['code'], string>>> = {
  TAB_AS_INDENT: 'A line begins with a tab. Put spaces in its place.',
  BAD_INDENT: NOT_UNDER,
  BLOCK_AS_IMPLICIT_KEY:
    'A text holds a colon and a space, or the line below begins too far right. Put the text in quotes, or set the line under its neighbours.',
  MULTILINE_IMPLICIT_KEY: NO_COLON,
  UNEXPECTED_TOKEN:
    'This cannot stand here. Put a text that holds quotation marks or brackets in quotes as a whole, or set the line under its neighbours.',
  BAD_SCALAR_START: 'A text begins with a sign that means something else here. Put it in quotes.',
  BAD_DQ_ESCAPE: 'A backslash stands between double quotes. Use single quotes.',
  MULTIPLE_DOCS: 'A line of three hyphens begins a second file here. Take it out.',
};

/** What is wrong in a sentence, and what to do in a second one. */
export function sentenceOf(error: YAMLParseError, text: string): string {
  if (error.code === 'DUPLICATE_KEY') {
    const [key = ''] = /^[^:\n]*/.exec(text.slice(error.pos[0])) ?? [];
    return `The field "${key.trim()}" stands here twice. Take one of them out.`;
  }
  if (error.code === 'MISSING_CHAR') return LACKING.find(([sign]) => error.message.includes(sign))?.[1] ?? NOT_CLOSED;
  const own = error.message.split('\n')[0]?.replace(/(?: at line \d+, column \d+)?[:.]?$/, '');
  return SENTENCES[error.code] ?? `${own}. Mend the YAML there.`;
}
