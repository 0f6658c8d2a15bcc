import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parse,
  parseDocument,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { middle, namesInOrder } from './order.ts';
import { isRecord, same } from './same.ts';
import { blockText, flowText, scalarText } from './scalar.ts';
import { applied, columnOf, type Edit, endLine, gapAfter, lineStart, startOf } from './source.ts';

type Entry = Pair<Node, Node | null>;

/**
 * A YAML text that holds `after`, made of the text that was there before: only the lines whose value differs are
 * written anew, and all others keep their comments, order, quotes and breaks. A text that cannot be kept is written
 * from the value, under the comment at its head.
 */
export function rewrite(before: string, after: unknown): string {
  const text = /\n$|^$/.test(before) ? before : `${before}\n`;
  const document = parseDocument(text);
  const kept = document.errors.length === 0 && document.contents ? new Rewriting(text, document).edits(after) : null;
  if (kept?.length === 0) return text;
  if (kept) {
    const written = applied(text, kept);
    if (holds(written, after)) return written;
  }
  return headOf(text) + stringify(after, { lineWidth: 0, aliasDuplicateObjects: false });
}

const headOf = (text: string): string => /^(?:#.*\n|\s*\n)*/.exec(text)?.[0] ?? '';

function holds(text: string, value: unknown): boolean {
  try {
    return same(parse(text), value);
  } catch {
    return false;
  }
}

class Rewriting {
  readonly #text: string;
  readonly #document: Document.Parsed;

  constructor(text: string, document: Document.Parsed) {
    this.#text = text;
    this.#document = document;
  }

  edits(after: unknown): Edit[] | null {
    return this.#within(this.#document.contents, after, 0);
  }

  /** What changes inside of a node; null where it must be written as a whole by what holds it. */
  #within(node: Node | null, value: unknown, indent: number): Edit[] | null {
    if (!node) return null;
    if (same(node.toJS(this.#document), value)) return [];
    if (isScalar(node)) {
      const text = scalarText(this.#text, node, value, indent);
      return text === null ? null : [{ from: startOf(node), to: node.range?.[1] ?? 0, text }];
    }
    if (isCollection(node) && node.flow) return this.#inFlow(node, value);
    if (isMap<Node, Node | null>(node) && isRecord(value)) return this.#inMap(node, value);
    if (isSeq<Node>(node) && Array.isArray(value)) return this.#inSeq(node, value);
    return null;
  }

  #inFlow(node: Node, value: unknown): Edit[] | null {
    const parts = this.#flowParts(node, value);
    if (!parts) return null;
    const [open, close] = isSeq(node) ? ['[', ']'] : ['{', '}'];
    const from = startOf(node);
    const pad = parts.length > 0 && this.#text[from + 1] === ' ' ? ' ' : '';
    return [{ from, to: node.range?.[1] ?? 0, text: open + pad + parts.join(', ') + pad + close }];
  }

  #flowParts(node: Node, value: unknown): string[] | null {
    if (isSeq<Node>(node) && Array.isArray(value)) {
      const old = node.items.map((item) => ({ value: item.toJS(this.#document), text: this.#slice(item, item) }));
      return value.map((item) => old.find((one) => same(one.value, item))?.text ?? flowText(item));
    }
    if (!isMap<Node, Node | null>(node) || !isRecord(value)) return null;
    return namesInOrder(node.items.map(keyOf), Object.keys(value)).map((key) => {
      const pair = node.items.find((one) => keyOf(one) === key);
      const item = value[key];
      const isKept = pair?.value && same(pair.value.toJS(this.#document), item);
      return isKept && pair.value ? this.#slice(pair.key, pair.value) : `${flowText(key)}: ${flowText(item)}`;
    });
  }

  #slice(from: Node, to: Node): string {
    return this.#text.slice(startOf(from), to.range?.[1] ?? 0);
  }

  #inMap(node: YAMLMap<Node, Node | null>, value: Record<string, unknown>): Edit[] | null {
    const names = node.items.map(keyOf);
    const survivor = node.items.find((pair) => Object.hasOwn(value, keyOf(pair)));
    const [first] = node.items;
    if (!first || !survivor || new Set(names).size < names.length) return null;
    const indent = columnOf(this.#text, startOf(first.key));
    const isInline = this.#text.slice(lineStart(this.#text, startOf(first.key)), startOf(first.key)).trim() !== '';
    const edits: Edit[] = [];
    // Behind the dash of a list the next entry takes the place of the first.
    const gone = isInline ? node.items.indexOf(survivor) : 0;
    if (gone > 0) edits.push({ from: startOf(first.key), to: startOf(survivor.key), text: '' });
    for (const pair of node.items.slice(gone)) edits.push(...this.#pair(pair, value, indent));
    const added = Object.keys(value).filter((name) => !names.includes(name));
    for (const name of added) {
      const text = blockText({ [name]: value[name] }, indent);
      const above = this.#above(node, value, name);
      const at = above ? endLine(this.#text, above) : startOf(survivor.key);
      const space = ' '.repeat(indent);
      const gap = this.#gap(node.items);
      if (above) edits.push({ from: at, to: at, text: gap + space + text });
      else edits.push({ from: at, to: at, text: text + gap + space });
    }
    return edits;
  }

  #pair(pair: Entry, value: Record<string, unknown>, indent: number): Edit[] {
    const key = startOf(pair.key);
    const to = endLine(this.#text, pair);
    const name = keyOf(pair);
    if (!Object.hasOwn(value, name))
      return [{ from: lineStart(this.#text, key), to: to + gapAfter(this.#text, to).length, text: '' }];
    const inside = this.#within(pair.value, value[name], indent);
    return inside ?? [{ from: key, to, text: blockText({ [name]: value[name] }, indent) }];
  }

  /** The entry of the text behind which a new one comes. */
  #above(node: YAMLMap<Node, Node | null>, value: Record<string, unknown>, name: string): Entry | undefined {
    const order = Object.keys(value);
    const before = order.slice(0, order.indexOf(name));
    return before.flatMap((one) => node.items.find((pair) => keyOf(pair) === one) ?? []).at(-1);
  }

  #inSeq(node: YAMLSeq<Node>, value: readonly unknown[]): Edit[] | null {
    if (value.length === 0 || node.items.length === 0 || !node.items.every((item) => this.#hasOwnLine(item)))
      return null;
    const old = node.items.map((item) => item.toJS(this.#document));
    const { start, oldEnd, newEnd } = middle(old, value);
    const indent = columnOf(this.#text, this.#dash(node.items[0]));
    const space = ' '.repeat(indent);
    const pairs = Math.min(oldEnd, newEnd) - start;
    const edits = node.items.slice(start, start + pairs).flatMap((item, index) => {
      const now = value[start + index];
      const from = lineStart(this.#text, startOf(item));
      const whole = { from, to: endLine(this.#text, item), text: space + blockText([now], indent) };
      return this.#within(item, now, indent + 2) ?? [whole];
    });
    for (const item of node.items.slice(start + pairs, oldEnd)) {
      const to = endLine(this.#text, item);
      edits.push({ from: lineStart(this.#text, startOf(item)), to: to + gapAfter(this.#text, to).length, text: '' });
    }
    const gap = this.#gap(node.items);
    const above = node.items[start + pairs - 1];
    const at = above ? endLine(this.#text, above) : lineStart(this.#text, this.#dash(node.items[0]));
    for (const item of value.slice(start + pairs, newEnd)) {
      const text = space + blockText([item], indent);
      edits.push({ from: at, to: at, text: above ? gap + text : text + gap });
    }
    return edits;
  }

  /** Empty lines between entries, as between the first and the second. */
  #gap(items: readonly (Node | Entry)[]): string {
    const [first] = items;
    return first && items.length > 1 ? gapAfter(this.#text, endLine(this.#text, first)) : '';
  }

  #dash(item: Node | undefined): number {
    const at = item ? startOf(item) : 0;
    return lineStart(this.#text, at) + this.#text.slice(lineStart(this.#text, at), at).indexOf('-');
  }

  #hasOwnLine(item: Node | null): boolean {
    if (!item?.range) return false;
    return /^ *- +$/.test(this.#text.slice(lineStart(this.#text, startOf(item)), startOf(item)));
  }
}

const keyOf = (pair: Entry): string => (isScalar(pair.key) ? String(pair.key.value) : '');
