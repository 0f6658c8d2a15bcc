import { parse } from 'yaml';
import { NotSimulated } from '#practice/command.ts';

/** An expression of mikefarah's yq: its stages, and each in jq's words where both mean the same. */

export type Stage =
  | { kind: 'path'; steps: Step[] }
  | { kind: 'select'; condition: string }
  | { kind: 'del'; path: Stage[] }
  | { kind: 'assign'; operator: '=' | '|=' | '+='; path: Stage[]; value: string }
  | { kind: 'value'; jq: string };
/** A name, an index, or null for every one. */
export type Step = string | number | null;

const STEP = /\.?"((?:[^"\\]|\\.)*)"|\.?\["((?:[^"\\]|\\.)*)"\]|\.?\[(-?\d*)\]|\.([A-Za-z_][\w-]*)/y;
const TOKEN = /"(?:[^"\\]|\\.)*"|\.?[A-Za-z_][\w-]*|\.\.|[*/-]=|==|!=|<=|>=|\/\/|[^\s]/g;
/** Words that mean the same in both. */
const SAME: ReadonlySet<string> = new Set([
  ...['select', 'length', 'keys', 'has', 'map', 'sort_by', 'sort'],
  ...['join', 'test', 'split', 'unique', 'unique_by', 'first', 'any', 'all', 'not', 'and', 'or', 'true', 'false'],
  ...['null', 'group_by', 'flatten', 'reverse', 'min', 'max', 'add', 'tostring', 'map_values'],
]);
const OTHERWISE: Readonly<Record<string, string>> = {
  downcase: 'ascii_downcase',
  upcase: 'ascii_upcase',
  to_string: 'tostring',
};

type Env = Readonly<Record<string, string | undefined>>;

/** Throws a NotSimulated on what jq has otherwise, or we do not know. */
export function stagesOf(text: string, env: Env): Stage[] {
  return split(filled(text, env), '|').map((one) => stageOf(one.trim()));
}

function filled(text: string, env: Env): string {
  return text.replace(/\b(str)?env\((\w+)\)/g, (_, isText: string | undefined, name: string) => {
    const value = env[name];
    if (value === undefined) throw new Error(`value for env variable '${name}' not provided in env()`);
    return JSON.stringify(isText ? value : parse(value));
  });
}

function stageOf(text: string): Stage {
  const [, left, operator, right] = assignment(text) ?? [];
  if (left !== undefined && right !== undefined && (operator === '=' || operator === '|=' || operator === '+='))
    return { kind: 'assign', operator, path: pathOf(left), value: inJq(right) };
  const [, gone] = /^del\((.*)\)$/s.exec(text) ?? [];
  if (gone !== undefined && isWhole(gone)) return { kind: 'del', path: pathOf(gone) };
  const [, condition] = /^select\((.*)\)$/s.exec(text) ?? [];
  if (condition !== undefined && isWhole(condition)) return { kind: 'select', condition: inJq(condition) };
  const steps = stepsOf(text);
  return steps ? { kind: 'path', steps } : { kind: 'value', jq: inJq(text) };
}

/** What stands left and right of an operator that assigns, outside of brackets. */
function assignment(text: string): string[] | null {
  const [left = '', ...rest] = split(text, '=');
  if (rest.length === 0) return null;
  const [, path = '', mark = ''] = /^(.*?)([|+*/-]?)$/s.exec(left.trim()) ?? [];
  if (['*', '/', '-'].includes(mark)) throw new NotSimulated(`"${mark}=" in an expression of yq`);
  return [text, path.trim(), `${mark}=`, rest.join('=').trim()];
}

function pathOf(text: string): Stage[] {
  const [, inner] = /^\((.*)\)$/s.exec(text.trim()) ?? [];
  const stages = split(inner ?? text, '|').map((one) => stageOf(one.trim()));
  if (stages.some(({ kind }) => kind !== 'path' && kind !== 'select'))
    throw new NotSimulated(`a change of "${text}" by yq`);
  return stages;
}

/** `.a.b[0]`, `.a.[]`, `.["x.y"]`; null where it is something else. */
function stepsOf(text: string): Step[] | null {
  if (text === '.') return [];
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  for (let end = 0; end < text.length; end = STEP.lastIndex) {
    const found = STEP.exec(text);
    if (!found || (end === 0 && !text.startsWith('.'))) return null;
    const [, quoted, bracketed, index, name] = found;
    const word = quoted ?? bracketed ?? name;
    steps.push(word !== undefined ? word : index === '' ? null : Number(index));
  }
  return steps;
}

/** The parts between a mark that stands outside of brackets and quotes, and is no part of `|=`, `==` and their like. */
function split(text: string, mark: '|' | '='): string[] {
  const parts = [''];
  let depth = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    depth += depthOf(word);
    const isOther = mark === '|' && text[index + 1] === '=';
    if (word === mark && depth === 0 && !isOther) parts.push('');
    else parts[parts.length - 1] += word;
  }
  return parts;
}

/** Whether every bracket that is closed in it was opened in it. */
function isWhole(text: string): boolean {
  let depth = 0;
  return [...text.matchAll(WORD)].every(([word]) => {
    depth += depthOf(word);
    return depth >= 0;
  });
}

const WORD = /"(?:[^"\\]|\\.)*"|[=!<>]=|[\s\S]/g;
const depthOf = (word: string): number => ('([{'.includes(word) ? 1 : ')]}'.includes(word) ? -1 : 0);

function inJq(text: string): string {
  let last = '';
  // `.a.[0]` and `.a[0]` are one to yq.
  const path = text.replace(/"(?:[^"\\]|\\.)*"|([\w\])])\.\[/g, (all, before: string | undefined) =>
    before === undefined ? all : `${before}[`,
  );
  return path.replace(TOKEN, (token) => {
    const isPattern = /^".*[*?].*"$/.test(token) && (last === '==' || last === '!=');
    last = token;
    if (isPattern) throw new NotSimulated('patterns with * or ? in a comparison of yq');
    if (['*=', '-=', '/=', '..', '*', '?', '=', '$'].includes(token))
      throw new NotSimulated(`"${token}" in an expression of yq`);
    if (!/^[A-Za-z_]/.test(token)) return token;
    const known = OTHERWISE[token] ?? token;
    if (!SAME.has(known) && known !== OTHERWISE[token]) throw new NotSimulated(`"${token}" in an expression of yq`);
    return known;
  });
}
