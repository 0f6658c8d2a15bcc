import { parseAllDocuments, type YAMLParseError } from 'yaml';
import { Failure } from './failure.ts';

/** YAML as kubectl reads it. */

/** All documents as JSON; dates stay text. `where` begins the message of a fault. */
export function readYaml(text: string, where: string): unknown[] {
  const documents = parseAllDocuments(text, {
    version: '1.1',
    customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !/timestamp|binary/.test(tag.tag)),
  });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document) => {
    const [fault] = document.errors;
    if (fault) throw new Failure(`${where}: error converting YAML to JSON: yaml: ${inGo(fault)}`);
    const value: unknown = document.toJSON();
    return value === null || value === undefined ? [] : [value];
  });
}

/** The faults that people make most, in the words of Go's parser. */
function inGo({ code, message, linePos }: YAMLParseError): string {
  const line = linePos?.[0].line ?? 1;
  if (code === 'TAB_AS_INDENT') return `line ${line}: found character that cannot start any token`;
  if (code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'MULTILINE_IMPLICIT_KEY' || /Nested mappings/.test(message))
    return `line ${line}: mapping values are not allowed in this context`;
  if (code === 'DUPLICATE_KEY') return `unmarshal errors:\n  line ${line}: key already set in map`;
  if (code === 'MISSING_CHAR' && /quote/.test(message)) return `line ${line}: found unexpected end of stream`;
  return `line ${line}: did not find expected key`;
}
