import { parse } from '@astrojs/compiler-rs';
import ts from 'typescript';

/** Finds words for readers in code, where they should come from content/i18n. */

export interface Found {
  line: number;
  text: string;
}

interface Node {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

/** Attributes that a reader meets; the others name things. */
const SPOKEN = /^(aria-label|aria-description|title|alt|placeholder|label|what|heading|caption|summary|none|end)$/;
/** Attributes whose expressions hold no words. */
const SILENT = /^(class|class:list|style|id|href|d|set:html)$|^data-|^on/;
/** Parts of a node that hold no words: names of its kind and of properties. */
const NOT_SAID = new Set(['type', 'key']);
/** What they hold is code, not words. */
const CODE = new Set(['code', 'pre', 'kbd', 'samp', 'style', 'script']);

/** Words in an .astro file: texts, spoken attributes, and strings of expressions and front matter. */
export function stringsInAstro(source: string): Found[] {
  const read = parse(source);
  const tree: unknown = typeof read.ast === 'string' ? JSON.parse(read.ast) : read.ast;
  const bytes = Buffer.from(source);
  const found: Found[] = [];
  const add = (node: Node, text: string) =>
    found.push({
      line: bytes.subarray(0, node.start).toString().split('\n').length,
      text: text.replace(/\s+/g, ' ').trim(),
    });
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) walk(one);
    if (!isNode(value)) return;
    if (isSilent(value)) return;
    if (value.type === 'JSXText' && /[A-Za-z]{2}/.test(String(value['value']))) add(value, String(value['value']));
    if (value.type === 'JSXAttribute') {
      attribute(value);
      return;
    }
    if (value.type === 'Literal' && typeof value['value'] === 'string' && isSaid(value['value']))
      add(value, value['value']);
    if (value.type === 'TemplateLiteral' && isSaid(rawOf(value))) add(value, rawOf(value));
    for (const [name, child] of Object.entries(value)) if (!NOT_SAID.has(name)) walk(child);
  };
  const attribute = (node: Node): void => {
    const name = nameOf(node['name']);
    const value = node['value'];
    if (!isNode(value)) return;
    if (value.type !== 'Literal') {
      if (SPOKEN.test(name) || !SILENT.test(name)) walk(value);
      return;
    }
    if (SPOKEN.test(name) && /[A-Z]| /.test(String(value['value'])) && /[A-Za-z]{2}/.test(String(value['value'])))
      add(value, String(value['value']));
  };
  walk(tree);
  return found;
}

/** Imports, types, errors for developers, and elements that hold code. */
function isSilent(node: Node): boolean {
  if (node.type === 'ImportDeclaration' || node.type === 'ThrowStatement') return true;
  // `as const` and its like are types around a value.
  if (node.type.startsWith('TS') && !node.type.endsWith('Expression')) return true;
  if (node.type !== 'JSXElement') return false;
  const opening = node['openingElement'];
  return isNode(opening) && CODE.has(nameOf(opening['name']));
}

/** Words in a .ts file. */
export function stringsInScript(source: string): Found[] {
  const file = ts.createSourceFile('script.ts', source, ts.ScriptTarget.Latest, true);
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isThrowStatement(node) || ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    const text = ts.isStringLiteralLike(node) ? node.text : ts.isTemplateExpression(node) ? templateText(node) : null;
    if (text !== null && isSaid(text))
      found.push({ line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1, text });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const templateText = (node: ts.TemplateExpression): string =>
  node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');

/** Whether a string is words for people: a word with a capital, or words with spaces that are no list of names. */
function isSaid(text: string): boolean {
  const plain = text.replaceAll('{}', ' ').trim();
  if (!/[A-Za-z]{2}/.test(plain) || /[<>=#@_|;[\]\\]|https?:|^\.|--/.test(plain)) return false;
  if (/^[A-Z][a-z]+[.:…]?$/.test(plain)) return true;
  return (
    /(^|\s)[A-Za-z]{2,}[,.:]?\s+([a-z]{2,}|[A-Z][a-z])/.test(plain) && !plain.split(' ').every((word) => /-/.test(word))
  );
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

function nameOf(value: unknown): string {
  if (!isNode(value)) return '';
  if (value.type === 'JSXNamespacedName') return `${nameOf(value['namespace'])}:${nameOf(value['name'])}`;
  return typeof value['name'] === 'string' ? value['name'] : '';
}

function rawOf(node: Node): string {
  const quasis = node['quasis'];
  if (!Array.isArray(quasis)) return '';
  return quasis
    .map((one) =>
      isNode(one) && typeof one['value'] === 'object' && one['value'] !== null && 'raw' in one['value']
        ? String(one['value'].raw)
        : '',
    )
    .join('{}');
}
