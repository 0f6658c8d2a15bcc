import { type Document, isAlias, isMap as isMapNode, isNode, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import type { Lines } from '#pipeline/definition.ts';
import { type Faults, quoted } from './faults.ts';

/** Nodes of YAML as plain values; aliases are counted as often as they are used. */

export type Plain = string | number | boolean | null | Plain[] | PlainMap;
/** Without a prototype: `__proto__` and `constructor` are keys like others. */
export interface PlainMap {
  [key: string]: Plain;
}

export const isMap = (value: Plain | undefined): value is PlainMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const MAX_DEPTH = 64;
/** Characters and nodes together, aliases spelled out: twice the largest text. */
const MAX_WORK = 4_000_000;

/** `{{revision}}` of Pipelines as Code, not in quotes: YAML takes it for a map in a map. */
const PLACEHOLDER = /^\{\{[^{}\n]{1,200}\}\}$/;

interface Known {
  value: Plain;
  work: number;
}

export class Values {
  #text: string;
  #lineAt: (offset: number) => number;
  #faults: Faults;
  #places = new WeakMap<object, readonly [from: number, to: number]>();
  #anchors = new Map<string, Known>();
  #work = 0;
  #isOver = false;

  constructor(text: string, lineAt: (offset: number) => number, faults: Faults) {
    this.#text = text;
    this.#lineAt = lineAt;
    this.#faults = faults;
  }

  /** The value of a document without errors; null where it is empty, or too deep or too large. */
  of(document: Document.Parsed): Plain {
    this.#anchors.clear();
    const value = this.#value(document.contents, 0);
    return this.#isOver ? null : value;
  }

  linesOf(object: PlainMap): Lines | null {
    const place = this.#places.get(object);
    if (!place) return null;
    const [from, end] = place;
    let to = end;
    while (to > from + 1 && /\s/.test(this.#text[to - 1] ?? '')) to--;
    return { from: this.#lineAt(from), to: this.#lineAt(to - 1) };
  }

  #value(node: unknown, depth: number): Plain {
    const before = this.#work++;
    if (this.#isOver || this.#isTooDeep(node, depth)) return null;
    const value = this.#content(node, depth);
    if (this.#work > MAX_WORK) this.#stop('The values of this text are too large when its aliases are spelled out.');
    const anchor = isScalar(node) || isMapNode(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor) this.#anchors.set(anchor, { value, work: this.#work - before });
    return value;
  }

  #content(node: unknown, depth: number): Plain {
    if (isAlias(node)) return this.#aliased(node.source);
    if (isScalar(node)) return this.#scalar(node.value, node.source);
    if (isSeq(node)) return node.items.map((item) => this.#value(item, depth + 1));
    return isMapNode(node) ? this.#map(node, depth) : null;
  }

  #scalar(value: unknown, source: string | undefined): Plain {
    this.#work += source?.length ?? 0;
    if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
    // A digest or date of many digits is a number that would lose its end.
    if (typeof value === 'number')
      return Number.isInteger(value) && !Number.isSafeInteger(value) ? (source ?? '') : value;
    return source ?? String(value);
  }

  #aliased(name: string): Plain {
    const known = this.#anchors.get(name);
    if (!known) this.#faults.add(`The alias ${quoted(name)} stands for nothing that comes before it.`);
    this.#work += known?.work ?? 0;
    return known?.value ?? null;
  }

  #map(node: YAMLMap, depth: number): Plain {
    const [from, to] = node.range ?? [0, 0];
    const written = node.flow && to - from < 210 ? this.#text.slice(from, to) : '';
    if (PLACEHOLDER.test(written)) return written;
    const map: PlainMap = Object.create(null);
    const merged: Plain[] = [];
    for (const pair of node.items) this.#pair(pair, map, merged, depth);
    for (const [key, value] of merged
      .flat()
      .filter(isMap)
      .flatMap((other) => Object.entries(other)))
      if (!(key in map)) map[key] = value;
    this.#places.set(map, [from, to]);
    return map;
  }

  #pair({ key: name, value: node }: Pair, map: PlainMap, merged: Plain[], depth: number): void {
    const key = this.#value(name, depth + 1);
    const value = this.#value(node, depth + 1);
    if (typeof key === 'object') return;
    if (key === '<<') merged.push(value);
    else if (String(key) in map)
      this.#faults.add(`Line ${this.#lineOf(name)}: ${quoted(String(key))} is given twice; the first is read.`);
    else map[String(key)] = value;
  }

  #lineOf(node: unknown): number {
    return this.#lineAt(isNode(node) ? (node.range?.[0] ?? 0) : 0);
  }

  #isTooDeep(node: unknown, depth: number): boolean {
    if (depth <= MAX_DEPTH) return false;
    this.#stop(`Line ${this.#lineOf(node)}: the YAML is nested more than ${MAX_DEPTH} levels deep; it is not read.`);
    return true;
  }

  #stop(why: string): void {
    this.#faults.add(why);
    this.#isOver = true;
  }
}
