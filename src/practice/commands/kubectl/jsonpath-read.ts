import { Failure } from './failure.ts';

/** Templates of JSONPath as kubectl reads them. */

export type Step =
  | { kind: 'field'; name: string }
  | { kind: 'all' }
  | { kind: 'deep' }
  | { kind: 'slice'; from: number | null; to: number | null; by: number | null }
  | { kind: 'union'; paths: Step[][] }
  | { kind: 'filter'; left: Operand; operator: string; right: Operand }
  | { kind: 'text'; text: string; isBare?: boolean };
export type Operand = Step[];
export type Node =
  | { kind: 'text'; text: string }
  | { kind: 'path'; steps: Step[] }
  | { kind: 'range'; steps: Step[]; body: Node[] };

/** Throws a Failure in kubectl's words where the template is broken. */
export function readTemplate(template: string): Node[] {
  const fail = (why: string): never => {
    throw new Failure(`error parsing jsonpath ${template}, ${why}`);
  };
  const root: Node[] = [];
  const open: Node[][] = [root];
  let rest = template;
  while (rest !== '') {
    const start = rest.indexOf('{');
    const text = start < 0 ? rest : rest.slice(0, start);
    if (text !== '') open.at(-1)?.push({ kind: 'text', text });
    if (start < 0) break;
    const end = endOf(rest, start + 1);
    if (end < 0) return fail(/\[[^\]]*$/.test(rest) ? 'unterminated array' : 'unclosed action');
    const action = rest.slice(start + 1, end).trim();
    rest = rest.slice(end + 1);
    const [, ranged] = /^range\s+(.*)$/s.exec(action) ?? [];
    if (action === 'end') {
      if (open.length === 1) return fail('not in range, nothing to end');
      open.pop();
    } else if (ranged !== undefined) {
      const body: Node[] = [];
      open.at(-1)?.push({ kind: 'range', steps: readPath(ranged, fail), body });
      open.push(body);
    } else open.at(-1)?.push({ kind: 'path', steps: readPath(action, fail) });
  }
  if (open.length > 1) return fail('unterminated range');
  return root;
}

/** Where the action's brace closes; braces within quotes do not count. */
function endOf(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote !== '') {
      if (char === '\\') at++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '}') return at;
  }
  return -1;
}

const TOKEN =
  /\s+|[$@]|(?<deep>\.\.)|\.(?<field>(?:\\.|[^\s.[\]{}()'"$@,:|=<>!?\\])+)|(?<word>(?:\\.|[\w*-])+)|(?<quote>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|\./sy;

/** One action without its braces. */
function readPath(text: string, fail: (why: string) => never): Step[] {
  const steps: Step[] = [];
  for (let at = 0; at < text.length; ) {
    const bracket = /^\.?\[/.exec(text.slice(at))?.[0];
    if (bracket !== undefined) {
      const end = closing(text, at + bracket.length);
      if (end < 0) return fail('unterminated array');
      steps.push(readBracket(text.slice(at + bracket.length, end), fail));
      at = end + 1;
      continue;
    }
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) return fail(unreadable(text.slice(at)));
    at = TOKEN.lastIndex;
    const { deep, field, word, quote } = match.groups ?? {};
    if (deep !== undefined) steps.push({ kind: 'deep' });
    else if (field !== undefined || (word !== undefined && steps.at(-1)?.kind === 'deep'))
      steps.push(fieldStep(field ?? word ?? ''));
    else if (quote !== undefined) steps.push({ kind: 'text', text: unquoted(quote) });
    else if (word !== undefined) {
      if (!/^-?[\d.]+$|^true$|^false$/.test(word)) return fail(`unrecognized identifier ${word}`);
      steps.push({ kind: 'text', text: word, isBare: true });
    }
  }
  return steps;
}

function unreadable(left: string): string {
  if (/^['"]/.test(left)) return 'unterminated quoted string';
  const code = (left.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `unrecognized character in action: U+${code} '${left.charAt(0)}'`;
}

/** Where the bracket closes that was opened before `from`; -1 where it does not. */
function closing(text: string, from: number): number {
  let [depth, quote] = [1, ''];
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote !== '') {
      if (char === '\\') at++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '[') depth++;
    else if (char === ']' && --depth === 0) return at;
  }
  return -1;
}

const fieldStep = (name: string): Step =>
  name === '*' ? { kind: 'all' } : { kind: 'field', name: name.replace(/\\(.)/g, '$1') };

const unquoted = (quote: string): string =>
  quote.slice(1, -1).replace(/\\(.)/g, (_, char: string) => ({ n: '\n', t: '\t', r: '\r' })[char] ?? char);

function readBracket(inside: string, fail: (why: string) => never): Step {
  const text = inside.trim();
  if (text === '*') return { kind: 'all' };
  const [, condition] = /^\?\((.*)\)$/s.exec(text) ?? [];
  if (condition !== undefined) return readFilter(condition, fail);
  const parts = text.match(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[^,'"]+/g) ?? [];
  if (parts.length > 1) return { kind: 'union', paths: parts.map((part) => [readBracket(part, fail)]) };
  const [, name] = /^(['"].*['"])$/s.exec(text) ?? [];
  // A dot within the quotes parts two fields for kubectl, unless a backslash stands before it.
  if (name !== undefined && /(?<!\\)\./.test(name))
    return { kind: 'union', paths: [readPath(`.${name.slice(1, -1)}`, fail)] };
  if (name !== undefined) return { kind: 'field', name: unquoted(name) };
  const [, from, second, to, , by] = /^(-?\d+)?(:(-?\d+)?)?(:(-?\d+)?)?$/.exec(text) ?? [];
  if (text === '' || (from === undefined && second === undefined)) return fail(`invalid array index ${text}`);
  const start = from === undefined ? null : Number(from);
  if (second === undefined) return { kind: 'slice', from: start, to: Number.NaN, by: null };
  return {
    kind: 'slice',
    from: start,
    to: to === undefined ? null : Number(to),
    by: by === undefined ? null : Number(by),
  };
}

function readFilter(condition: string, fail: (why: string) => never): Step {
  const [, left = '', operator = '', right = ''] = /^([^!<>=]+)([!<>=]+)(.+)$/s.exec(condition) ?? [];
  if (operator === '') return { kind: 'filter', left: readPath(condition, fail), operator: 'exists', right: [] };
  return { kind: 'filter', left: readPath(left, fail), operator, right: readPath(right, fail) };
}
