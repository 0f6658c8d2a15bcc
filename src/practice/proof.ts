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
  const [at] = first.linePos ?? [];
  const where = at ? `Line ${at.line}, column ${at.col}: ` : '';
  const more =
    errors.length > 1
      ? ` There ${errors.length === 2 ? 'is 1 more fault' : `are ${errors.length - 1} more faults`}.`
      : '';
  return `${where}${inWords(first)}${more}`;
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
  BLOCK_IN_FLOW: 'within { } or [ ] no list with dashes may stand.',
  UNEXPECTED_TOKEN: 'something stands here that cannot. Does the line before it end as it should?',
  BAD_ALIAS: 'a value that begins with * is read as a reference. Put it in quotes.',
  BAD_SCALAR_START: 'a value may not begin with this sign. Put it in quotes.',
  KEY_OVER_1024_CHARS: 'this key is too long. Is a colon missing?',
  MULTIPLE_DOCS: 'a second document begins here.',
};

const inWords = ({ code, message }: YAMLParseError): string =>
  WORDS[code] ?? `${(message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '')}.`;

function jsonFault(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return `This is not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}
