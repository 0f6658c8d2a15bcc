import { parseDocument, type YAMLParseError } from 'yaml';
import { Failure } from './failure.ts';

/** YAML as kubectl reads it. */

/** All documents as JSON; dates stay text, and of a key that stands twice the last counts. `where` begins the message of a fault. */
export function readYaml(texts: string, where: string): unknown[] {
  return texts.split(/^---(?:[ \t].*)?$/m).flatMap((part) => {
    const text = part.replace(/^\n/, '');
    const document = parseDocument(text, {
      ...{ version: '1.1', uniqueKeys: false },
      customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !/timestamp|binary/.test(tag.tag)),
    });
    const fail = (why: string) => new Failure(`${where}: error converting YAML to JSON: yaml: ${why}`);
    if (document.errors.length > 0) throw fail(inGo(document.errors, text.split('\n')));
    const [, alias] = /Unresolved alias .*: (.*)/.exec(attempted(() => document.toJSON())) ?? [];
    if (alias !== undefined) throw fail(`unknown anchor '${alias}' referenced`);
    const value: unknown = document.toJSON();
    return value === null || value === undefined ? [] : [value];
  });
}

/** The faults that people make most, in the words of Go's parser, which names no line where it is the first. */
function inGo(errors: readonly YAMLParseError[], lines: readonly string[]): string {
  const [first] = errors;
  if (!first) return '';
  const { code, message, linePos } = first;
  const { line, col } = linePos?.[0] ?? { line: 1, col: 1 };
  const at = (number: number) => (number > 1 || code === 'MISSING_CHAR' ? `line ${number}: ` : '');
  const before = (number: number) => (number > 1 ? `line ${number - 1}: ` : '');
  if (code === 'TAB_AS_INDENT')
    return `${at(line)}${/:\s*$/.test(lines[line - 2] ?? '') ? 'found character that cannot start any token' : 'found a tab character that violates indentation'}`;
  if (code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'MULTILINE_IMPLICIT_KEY') {
    const broken = errors.find((error) => error.code === 'MULTILINE_IMPLICIT_KEY')?.linePos?.[1]?.line ?? line;
    const isKey =
      code === 'MULTILINE_IMPLICIT_KEY' && indentOf(lines[line - 1]) === col - 1 && hasBefore(lines, line, col - 1);
    return `${at(broken)}${isKey ? "could not find expected ':'" : 'mapping values are not allowed in this context'}`;
  }
  const [, end] = /Flow (?:map|sequence) .* end with a (.)/.exec(message) ?? [];
  if (end !== undefined) return `${before(line)}did not find expected ',' or '${end}'`;
  if (/need to be followed by map values/.test(message)) return `line ${line + 1}: could not find expected ':'`;
  if (/All mapping items/.test(message) && hasBefore(lines, line, indentOf(lines[line - 1]), '- '))
    return `${before(line)}did not find expected '-' indicator`;
  if (code === 'BAD_SCALAR_START') return `${at(line)}found character that cannot start any token`;
  if (code === 'MISSING_CHAR' && /quote/.test(message)) return `${at(line)}found unexpected end of stream`;
  return `${before(line)}did not find expected key`;
}

/** What a work says when it fails; empty when it does not. */
function attempted(work: () => unknown): string {
  try {
    work();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const indentOf = (line = ''): number => line.search(/\S|$/);

/** Whether a line above stands at this indent, with nothing further left between them. */
function hasBefore(lines: readonly string[], line: number, indent: number, start = ''): boolean {
  const above = lines.slice(0, line - 1).findLast((one) => one.trim() !== '' && indentOf(one) <= indent) ?? '';
  return indentOf(above) === indent && above.trim() !== '' && above.trimStart().startsWith(start);
}
