import { isFields } from '#sim/kube/value.ts';

/** YAML as Kubernetes' clients print it, which is as go-yaml does: keys in order, text quoted only where it must be. */

const WIDTH = 80;
const INTEGER = /^[-+]?(0b[01_]+|0o?[0-7_]+|0x[\da-f_]+|[1-9][\d_]*|0)$/i;
const FLOAT = /^[-+]?(\.\d+|\d+(\.\d*)?)(e[-+]?\d+)?$/i;
const WORD = /^(|~|null|true|false|y|yes|n|no|on|off|<<|[-+]?\.inf|\.nan)$/i;
const DATE = /^\d{4}-\d{1,2}-\d{1,2}([Tt ]+\d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?\s*(Z|[-+]\d\d(:?\d\d)?)?)?$/;
const SEXAGESIMAL = /^[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?$/;
/** What YAML prints as it is; the rest is escaped. */
const SPECIAL = /[^\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

/** A document, with a line end. */
export function yaml(value: unknown): string {
  return isInline(value) ? `${scalar(value, 0, 0)}\n` : block(value, 0);
}

const isInline = (value: unknown): boolean =>
  Array.isArray(value) ? value.length === 0 : !isFields(value) || Object.keys(value).length === 0;

/** Lines of a map or a list that is not empty. */
function block(value: unknown, depth: number): string {
  const pad = ' '.repeat(depth);
  if (Array.isArray(value))
    return value
      .map((item) =>
        isInline(item)
          ? `${pad}- ${scalar(item, depth + 2, depth + 2)}\n`
          : `${pad}- ${block(item, depth + 2).slice(depth + 2)}`,
      )
      .join('');
  if (!isFields(value)) return '';
  return Object.keys(value)
    .toSorted(inOrder)
    .map((name) => {
      const key = `${pad}${plainOrQuoted(name, 0, 0, true)}:`;
      const item = value[name];
      if (isInline(item)) return `${key} ${scalar(item, key.length + 1, depth + 2)}\n`;
      return `${key}\n${block(item, Array.isArray(item) ? depth : depth + 2)}`;
    })
    .join('');
}

/** `column` is where it begins, `indent` where its next lines do. */
function scalar(value: unknown, column: number, indent: number): string {
  if (Array.isArray(value)) return '[]';
  if (isFields(value)) return '{}';
  if (typeof value === 'number') return numberText(value);
  return typeof value === 'string' ? plainOrQuoted(value, column, indent, false) : String(value ?? null);
}

function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value);
  return String(value).replace(/e([-+])(\d)$/, 'e$10$2');
}

function plainOrQuoted(text: string, column: number, indent: number, isKey: boolean): string {
  const isSpecial = SPECIAL.test(text) || / \n/.test(text);
  const isBroken = text.includes('\n');
  if (isBroken && !isKey && !isSpecial && !text.endsWith(' ')) return literal(text, indent);
  const isText = !resolves(text);
  if (!isText || isBroken || isSpecial) return double(text, column, indent, isKey);
  if (canBePlain(text)) return folded(text, column, indent, isKey);
  return `'${folded(text.replaceAll("'", "''"), column + 1, indent, isKey)}'`;
}

const resolves = (text: string): boolean =>
  WORD.test(text) || INTEGER.test(text) || FLOAT.test(text) || DATE.test(text) || SEXAGESIMAL.test(text);

const canBePlain = (text: string): boolean =>
  !/^[\s#,[\]{}&*!|>'"%@`]|^[-?:](\s|$)|^---|^\.\.\.|\s$|:(\s|$)|\s#/.test(text);

function literal(text: string, indent: number): string {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomp = text.endsWith('\n') ? (/(^|\n)\n$/.test(text) ? '+' : '') : '-';
  const lines = text.replace(/\n$/, '').split('\n');
  return `|${hint}${chomp}\n${lines.map((line) => (line === '' ? '' : ' '.repeat(indent) + line)).join('\n')}`;
}

/** Breaks at the first lone space behind the width. */
function folded(text: string, from: number, indent: number, isKey: boolean): string {
  if (isKey) return text;
  let column = from;
  let made = '';
  let wasSpace = false;
  for (const [at, char] of [...text].entries()) {
    const next = [...text][at + 1];
    if (char === ' ' && !wasSpace && column > WIDTH && at > 0 && next !== undefined && next !== ' ') {
      made += `\n${' '.repeat(indent)}`;
      column = indent;
    } else {
      made += char;
      column += 1;
    }
    wasSpace = char === ' ';
  }
  return made;
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '\0': '\\0', '\x07': '\\a', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\v': '\\v', '\f': '\\f', '\r': '\\r' },
  ...{ '\x1b': '\\e', '"': '\\"', '\\': '\\\\', '\x85': '\\N', '\xa0': '\\_', '\u2028': '\\L', '\u2029': '\\P' },
};

function double(text: string, from: number, indent: number, isKey: boolean): string {
  const chars = [...text];
  let column = from + 1;
  let wasSpace = false;
  let made = '';
  for (const [at, char] of chars.entries()) {
    if (char === ' ' && !isKey && !wasSpace && column > WIDTH && at > 0 && at < chars.length - 1) {
      made += `\n${' '.repeat(indent)}${chars[at + 1] === ' ' ? '\\' : ''}`;
      column = indent;
      wasSpace = true;
      continue;
    }
    const written = ESCAPES[char] ?? (SPECIAL.test(char) ? escaped(char) : char);
    made += written;
    column += written.length;
    wasSpace = char === ' ';
  }
  return `"${made}"`;
}

function escaped(char: string): string {
  const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase();
  if (code.length <= 2) return `\\x${code.padStart(2, '0')}`;
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`;
}

const isLetter = (char: string): boolean => /\p{L}/u.test(char);
const digitsAt = (text: string, at: number): string => /^\d*/.exec(text.slice(at))?.[0] ?? '';

/** go-yaml's order of keys: numbers within them by value, letters behind all else. */
function inOrder(a: string, b: string): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const [left, right] = [a.charAt(at), b.charAt(at)];
    if (left === right) continue;
    if (isLetter(left) !== isLetter(right)) return isLetter(left) ? 1 : -1;
    if (isLetter(left)) return left < right ? -1 : 1;
    const [one, other] = [digitsAt(a, at), digitsAt(b, at)];
    return Number(one) - Number(other) || one.length - other.length || (left < right ? -1 : 1);
  }
  return a.length - b.length;
}
