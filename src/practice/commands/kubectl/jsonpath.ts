import { fieldOf, isFields } from '#sim/kube/value.ts';
import { Failure } from './failure.ts';
import { goJson, keysOf } from './go.ts';
import { type Node, type Operand, readTemplate, type Step } from './jsonpath-read.ts';

/** JSONPath as kubectl evaluates it; what is missing prints nothing. */

/** The text that a template gives for a value. */
export function jsonpath(template: string, value: unknown): string {
  const nodes = readTemplate(template);
  try {
    return printed(nodes, value, value);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(
      `error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${error.message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n`,
    );
  }
}

/** What each path of a template finds, without its text. */
export function jsonpathValues(template: string, value: unknown): unknown[][] {
  const values = (nodes: readonly Node[], of: unknown): unknown[][] =>
    nodes.flatMap((node) => {
      if (node.kind === 'text') return [];
      const found = walked(node.steps, of, value);
      return node.kind === 'range' ? found.flatMap((one) => values(node.body, one)) : [found];
    });
  return values(readTemplate(template), value);
}

function printed(nodes: readonly Node[], value: unknown, root: unknown): string {
  return nodes
    .map((node) => {
      if (node.kind === 'text') return node.text;
      const found = walked(node.steps, value, root);
      if (node.kind === 'range') return found.map((one) => printed(node.body, one, root)).join('');
      return found.map(textOf).join(' ');
    })
    .join('');
}

/** A path such as `.status.phase`, with or without braces and the first dot. */
export function find(path: string, value: unknown): unknown[] {
  const [node] = readTemplate(relaxed(path));
  return node?.kind === 'path' ? walked(node.steps, value, value) : [];
}

/** `{.a}` from `a`, `.a`, `{a}` and `{.a}`; throws a Failure on anything else. */
export function relaxed(path: string): string {
  if (path === '') return path;
  const [, inner, bare] = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(path) ?? [];
  const rest = inner ?? bare;
  if (rest === undefined)
    throw new Failure(
      `unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`,
    );
  return `{.${rest}}`;
}

const textOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? goJson(value) : String(value ?? '');

function walked(steps: readonly Step[], value: unknown, root: unknown): unknown[] {
  return steps.reduce<unknown[]>((found, step) => stepped(step, found, root), [value]);
}

function stepped(step: Step, found: readonly unknown[], root: unknown): unknown[] {
  if (step.kind === 'text') return [step.text];
  if (step.kind === 'deep') return found.flatMap(deep);
  if (step.kind === 'union') return step.paths.flatMap((path) => found.flatMap((one) => walked(path, one, root)));
  return found.flatMap((one) => {
    if (one === null || one === undefined) return [];
    if (step.kind === 'field') return isFields(one) && Object.hasOwn(one, step.name) ? [fieldOf(one, step.name)] : [];
    if (step.kind === 'all') return valuesOf(one);
    if (step.kind === 'slice') return sliced(step, one);
    if (!Array.isArray(one)) throw new Failure(`${goJson(one)} is not array or slice and cannot be filtered`);
    return one.filter((item) => isKept(step, item, root));
  });
}

const valuesOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : isFields(value) ? keysOf(value).map((key) => value[key]) : [];

const deep = (value: unknown): unknown[] => [value, ...valuesOf(value).flatMap(deep)];

function sliced({ from, to, by }: Extract<Step, { kind: 'slice' }>, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Failure(`${goJson(value)} is not array or slice`);
  const isOne = Number.isNaN(to);
  const { length } = value;
  const start = (from ?? 0) < 0 ? (from ?? 0) + length : (from ?? 0);
  const end = isOne ? start + 1 : (to ?? length) < 0 ? (to ?? length) + length : (to ?? length);
  if (start === end) return [];
  const bounds = (index: number): never => {
    throw new Failure(`array index out of bounds: index ${index}, length ${length}`);
  };
  if (start >= length || start < 0) return bounds(start);
  if (end > length || end < 0) return bounds(end - 1);
  return value.slice(start, end).filter((_, at) => at % (by ?? 1) === 0);
}

function isKept({ left, operator, right }: Extract<Step, { kind: 'filter' }>, item: unknown, root: unknown): boolean {
  const [one, ...more] = operand(left, item, root);
  if (operator === 'exists') return one !== undefined || more.length > 0;
  const [other] = operand(right, item, root);
  if (more.length > 0) throw new Failure('can only compare one element at a time');
  if (one === undefined || other === undefined) return false;
  const [a, b] = [one.value, other.value];
  if (operator === '==') return a === b;
  if (operator === '!=') return a !== b;
  if (
    typeof a !== typeof b ||
    (typeof a !== 'number' && typeof a !== 'string') ||
    (typeof b !== 'number' && typeof b !== 'string')
  )
    throw new Failure('incompatible types for comparison');
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  if (operator === '>') return a > b;
  if (operator === '>=') return a >= b;
  throw new Failure(`unrecognized filter operator ${operator}`);
}

/** Values of one side; a bare number or truth value is one. */
function operand(steps: Operand, item: unknown, root: unknown): { value: unknown }[] {
  const [only] = steps;
  return walked(steps, item, root).map((value) => ({ value: only?.kind === 'text' ? literal(only) : value }));
}

const literal = ({ text, isBare }: { text: string; isBare?: boolean }): unknown =>
  isBare ? (text === 'true' ? true : text === 'false' ? false : Number(text)) : text;
