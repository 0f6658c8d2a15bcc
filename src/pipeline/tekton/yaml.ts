import { Composer, type Document, Lexer, LineCounter, Parser } from 'yaml';
import type { Lines } from '#pipeline/definition.ts';
import { visible } from '#status/text/words.ts';
import type { Faults } from './faults.ts';
import { isMap, MAX_DEPTH, type PlainMap, Values } from './values.ts';

/** Text to the objects that it holds: bounded in size, depth and work, since anyone may have written it. */

const MAX_TEXT = 2_000_000;
/** A pipeline of 500 tasks has a third of them; the library needs about 5 µs for each. */
const MAX_TOKENS = 200_000;
const MAX_DOCUMENTS = 100;

const TOO_DEEP = `the YAML is nested more than ${MAX_DEPTH} levels deep; it is not read.`;
const isTooDeep = (message: string): boolean => message.includes('call stack');

export interface Source {
  objects: PlainMap[];
  /** Where an object is written; null where it is not in this text. */
  linesOf(object: PlainMap): Lines | null;
}

/** The maps of a text in YAML or JSON, one a document; what cannot be read is a fault. */
export function readSource(text: string, faults: Faults): Source {
  const counter = new LineCounter();
  const values = new Values(text, (offset) => counter.linePos(offset).line, faults);
  const nothing = { objects: [], linesOf: () => null };
  const refusal = refusalOf(text);
  if (refusal) {
    faults.add(refusal);
    return nothing;
  }
  const objects: PlainMap[] = [];
  try {
    for (const document of documentsOf(text, counter, faults)) {
      const broken = document.errors[0];
      if (broken) faults.add(syntaxFault(text, counter.linePos(broken.pos[0]).line, broken.message));
      const value = broken ? null : values.of(document);
      if (isMap(value)) objects.push(value);
      else if (value !== null) faults.add('The text is no Tekton object: it holds no fields. Was the right file read?');
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : 'no reason given';
    faults.add(isTooDeep(message) ? `The text: ${TOO_DEEP}` : `The YAML cannot be read: ${visible(message)}.`);
    return nothing;
  }
  return { objects, linesOf: (object) => values.linesOf(object) };
}

function refusalOf(text: string): string | null {
  if (text.trim() === '') return 'The text is empty: there is nothing to read.';
  if (text.length > MAX_TEXT) return `The text has ${text.length} characters; more than ${MAX_TEXT} are not read.`;
  if (/[^\P{Cc}\t\n\v\f\r\u0085]/u.test(text.slice(0, 10_000)))
    return 'The text is binary, not YAML or JSON. Was it unpacked?';
  return null;
}

/** As they come, so that what lies behind a limit costs nothing. */
function* documentsOf(text: string, counter: LineCounter, faults: Faults): Generator<Document.Parsed> {
  const parser = new Parser(counter.addNewLine);
  // The library looks for keys given twice by comparing each with each; the values are checked below in one pass.
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  let [tokens, documents] = [0, 0];
  function* pieces() {
    for (const piece of new Lexer().lex(text)) {
      if (++tokens > MAX_TOKENS) return;
      yield* parser.next(piece);
    }
    yield* parser.end();
  }
  counter.addNewLine(0);
  for (const document of composer.compose(pieces())) {
    if (tokens > MAX_TOKENS || ++documents > MAX_DOCUMENTS) break;
    yield document;
  }
  if (tokens > MAX_TOKENS) faults.add(`The YAML has more than ${MAX_TOKENS} signs and words; it is not read.`);
  else if (documents > MAX_DOCUMENTS) faults.add(`Of the objects in this text the first ${MAX_DOCUMENTS} are read.`);
}

function syntaxFault(text: string, line: number, message: string): string {
  const isTemplate = /\{%[-+]?\s/.test(text);
  // The library reads lists in lists by calling itself, and says no more than that it could not.
  if (isTooDeep(message)) return `Line ${line}: ${TOO_DEEP}`;
  const said = visible(message.split('\n')[0] ?? '').slice(0, 300);
  return isTemplate
    ? `Line ${line}: this is a template ({% … %}), not YAML. Only what is made from it can be read.`
    : `Line ${line}: the YAML is broken there: ${said}${said.endsWith('.') ? '' : '.'}`;
}
