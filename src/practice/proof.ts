import { parseAllDocuments, type YAMLParseError } from 'yaml';

/** What is wrong with a text, before it is used. */

/** A sentence with line and column; null where nothing is, or where the file is of a kind that is not read. */
export function faultOf(path: string, text: string): string | null {
  if (/\.ya?ml$/.test(path)) return yamlFault(text);
  if (/\.json$/.test(path)) return jsonFault(text);
  return null;
}

function yamlFault(text: string): string | null {
  const documents = parseAllDocuments(text, { prettyErrors: true });
  const errors = Array.isArray(documents) ? documents.flatMap((document) => document.errors) : [];
  const [first] = errors;
  if (!first) return null;
  const { line, said } = placed(errors, first);
  const others = errors.filter(({ pos: [from] }) => from !== first.pos[0]).length;
  const more = others > 0 ? ` There ${others === 1 ? 'is 1 more fault' : `are ${others} more faults`}.` : '';
  return `${line}${said}${more}`;
}

/** A line too far in is two faults of the line before it: that is told as what it is. */
function placed(errors: readonly YAMLParseError[], first: YAMLParseError): { line: string; said: string } {
  const [at] = first.linePos ?? [];
  if (!at) return { line: '', said: inWords(first) };
  const isAfter =
    first.code === 'BLOCK_AS_IMPLICIT_KEY' &&
    errors.some(({ code, pos: [from] }) => code === 'MULTILINE_IMPLICIT_KEY' && from === first.pos[0]);
  if (isAfter)
    return {
      line: `Line ${at.line + 1}: `,
      said: 'this line stands further in than the one before, which has a value already. Begin both in the same column.',
    };
  return { line: `Line ${at.line}, column ${at.col}: `, said: inWords(first) };
}

const WORDS: Readonly<Partial<Record<YAMLParseError['code'], string>>> = {
  TAB_AS_INDENT: 'a tab stands where spaces must. Use two spaces for each level.',
  BAD_INDENT:
    'this line does not stand as far in as its neighbours. Lines of one list or one map begin in the same column.',
  DUPLICATE_KEY: 'this key is there twice in the same map. Keep one of them.',
  MULTILINE_IMPLICIT_KEY: 'a colon is missing after a key, or the line before it is not finished.',
  MISSING_CHAR: 'a sign is missing: a closing quote or bracket, or a space or a comma between two values.',
  BLOCK_AS_IMPLICIT_KEY:
    'a second "key: value" stands on this line. Write it on a line of its own, or put the value in quotes.',
  UNEXPECTED_TOKEN: 'something stands here that cannot. Does the line before it end as it should?',
  BAD_SCALAR_START: 'a value may not begin with this sign. Put it in quotes.',
};

const inWords = ({ code, message }: YAMLParseError): string =>
  (message.startsWith('Flow ') ? 'a bracket that was opened before is not closed.' : WORDS[code]) ??
  `${(message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '')}.`;

function jsonFault(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return `This is not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}
