import { NotSimulated } from './command.ts';

/** Go's text/template as far as people use it with image tools: fields, range, if, index, len, println. */

interface Scope {
  dot: unknown;
  variables: ReadonlyMap<string, unknown>;
}
type Node =
  | { kind: 'text'; text: string }
  | { kind: 'print'; words: Word[]; at: number }
  | {
      kind: 'block';
      verb: 'range' | 'if';
      words: Word[];
      names: string[];
      at: number;
      body: Node[];
      otherwise: Node[];
    };
interface Word {
  text: string;
  at: number;
}

const ACTION = /\{\{(-\s)?\s*(.*?)\s*(\s-)?\}\}/gs;
const WORD = /"(?:[^"\\]|\\.)*"|`[^`]*`|[^\s|()]+|[|()]/g;

/** The text that a template gives for some data; throws an Error in Go's words, or a NotSimulated. `name` is the template's own. */
export function fillTemplate(name: string, template: string, data: unknown, functions: Functions = {}): string {
  const context = { name, template, functions, tokens: [...template.matchAll(ACTION)], next: 0, from: 0 };
  const { nodes } = parse(context, []);
  return rendered(context, nodes, { dot: data, variables: new Map() });
}

/** Those that a client adds to Go's own. */
export type Functions = Readonly<Record<string, (value: unknown) => string>>;

interface Context {
  name: string;
  template: string;
  functions: Functions;
  tokens: RegExpExecArray[];
  next: number;
  from: number;
}

function parse(context: Context, ends: readonly string[]): { nodes: Node[]; end: string } {
  const nodes: Node[] = [];
  for (;;) {
    const token = context.tokens[context.next];
    const from = context.from;
    const text = context.template.slice(from, token?.index);
    const trimsBefore = context.tokens[context.next - 1]?.[3] !== undefined;
    const left = trimsBefore ? text.trimStart() : text;
    nodes.push({ kind: 'text', text: token?.[1] === undefined ? left : left.trimEnd() });
    if (!token) {
      if (ends.length > 0) throw new Error(`template: ${context.name}:1: unexpected EOF`);
      return { nodes, end: '' };
    }
    context.next += 1;
    context.from = token.index + token[0].length;
    const at = token.index + token[0].indexOf(token[2] ?? '', 2);
    const words = [...(token[2] ?? '').matchAll(WORD)].map((word) => ({ text: word[0], at: at + word.index }));
    const verb = words[0]?.text ?? '';
    if (ends.includes(verb)) return { nodes, end: verb };
    if (verb === 'range' || verb === 'if') nodes.push(block(context, verb, words.slice(1), at));
    else nodes.push({ kind: 'print', words, at });
  }
}

function block(context: Context, verb: 'range' | 'if', words: Word[], at: number): Node {
  const assigned = words.findIndex(({ text }) => text === ':=');
  const names = words.slice(0, Math.max(assigned, 0)).map(({ text }) => text.replace(',', ''));
  const body = parse(context, ['else', 'end']);
  const otherwise = body.end === 'else' ? parse(context, ['end']).nodes : [];
  return { kind: 'block', verb, words: words.slice(assigned + 1), names, at, body: body.nodes, otherwise };
}

function rendered(context: Context, nodes: readonly Node[], scope: Scope): string {
  return nodes
    .map((node) => {
      if (node.kind === 'text') return node.text;
      const value = evaluated(context, node.words, scope);
      if (node.kind === 'print') return shown(value);
      if (node.verb === 'if') return rendered(context, isTrue(value) ? node.body : node.otherwise, scope);
      const entries = entriesOf(value);
      if (entries.length === 0) return rendered(context, node.otherwise, scope);
      return entries.map((entry) => rendered(context, node.body, inside(scope, node.names, entry))).join('');
    })
    .join('');
}

function inside(scope: Scope, names: readonly string[], [key, dot]: [unknown, unknown]): Scope {
  const variables = new Map(scope.variables);
  const [first, second] = names;
  if (second !== undefined) variables.set(first ?? '', key).set(second, dot);
  else if (first !== undefined) variables.set(first, dot);
  return { dot, variables };
}

function entriesOf(value: unknown): [unknown, unknown][] {
  if (Array.isArray(value)) return value.map((one, at): [unknown, unknown] => [at, one]);
  return isMap(value) ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : [];
}

function evaluated(context: Context, words: readonly Word[], scope: Scope): unknown {
  const [first, ...rest] = words;
  if (!first) throw new Error(`template: ${context.name}:1: missing value for command`);
  const stray = words.find(({ text }) => ['|', '(', ')', 'with', 'define', 'template'].includes(text));
  if (stray) throw new NotSimulated(`"${stray.text}" in a template`);
  const values = () => rest.map((word) => operand(context, word, scope));
  if (/^[.$"`\d]/.test(first.text)) return operand(context, first, scope);
  if (first.text === 'len') return lengthOf(values()[0]);
  if (first.text === 'println') return `${values().map(shown).join(' ')}\n`;
  if (first.text === 'print') return values().map(shown).join('');
  if (first.text === 'index') return values().reduce((value, key) => at(value, key));
  const own = context.functions[first.text];
  if (own) return own(values()[0]);
  if (/^(and|or|not|eq|ne|lt|le|gt|ge|printf|slice|html|js|urlquery|call|join|split|upper|lower)$/.test(first.text))
    throw new NotSimulated(`the function ${first.text} in a template`);
  throw new Error(`template: ${context.name}:1: function "${first.text}" not defined`);
}

function operand(context: Context, { text, at: position }: Word, scope: Scope): unknown {
  if (/^".*\n/s.test(text)) throw new Error(`template: ${context.name}:1: unterminated quoted string`);
  if (/^["`]/.test(text)) return text.startsWith('"') ? String(JSON.parse(text)) : text.slice(1, -1);
  if (/^\d+$/.test(text)) return Number(text);
  const [, variable, path = ''] = /^(\$\w*)?((?:\.\w*)*)$/.exec(text) ?? [undefined, undefined, null];
  if (path === null) throw new NotSimulated(`"${text}" in a template`);
  let value = variable === undefined || variable === '$' ? scope.dot : scope.variables.get(variable);
  for (const name of path.split('.').filter(Boolean)) {
    if (!isMap(value) || !(name in value))
      throw new Error(
        `template: ${context.name}:1:${position}: executing "${context.name}" at <${text}>: can't evaluate field ${name} in type interface {}`,
      );
    value = value[name];
  }
  return value;
}

const at = (value: unknown, key: unknown): unknown =>
  Array.isArray(value) ? value[Number(key)] : isMap(value) ? (value[String(key)] ?? '') : undefined;

const lengthOf = (value: unknown): number =>
  typeof value === 'string' || Array.isArray(value) ? value.length : isMap(value) ? Object.keys(value).length : 0;

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

const isTrue = (value: unknown): boolean =>
  isMap(value) || Array.isArray(value) ? lengthOf(value) > 0 : Boolean(value);

/** As Go prints it with %v. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(shown).join(' ')}]`;
  if (value instanceof Date) return value.toISOString().replace(/T(.*?)(?:\.000|0*)Z$/, ' $1 +0000 UTC');
  if (isMap(value))
    return `map[${entriesOf(value)
      .map(([key, one]) => `${key}:${shown(one)}`)
      .join(' ')}]`;
  return String(value);
}
