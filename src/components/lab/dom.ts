/** Small things of the page. */

/** An element with its text or its children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  page: Document,
  name: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = page.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** A sentence; backticks mark code. */
export function sentence(page: Document, text: string): Node[] {
  return text.split('`').map((part, at) => (at % 2 === 1 ? make(page, 'code', {}, part) : page.createTextNode(part)));
}

const SVG = 'http://www.w3.org/2000/svg';

/** A shape of the sprite; its word stands beside it. */
export function shape(page: Document, name: string): SVGElement {
  const svg = page.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'sw-shape');
  svg.setAttribute('aria-hidden', 'true');
  const use = page.createElementNS(SVG, 'use');
  use.setAttribute('href', `#sw-${name}`);
  svg.append(use);
  return svg;
}

/** Throws where the page is not the one that the script was written for. */
export function find<T extends Element>(within: ParentNode, selector: string, kind: new () => T): T {
  const found = within.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`The page has no ${selector}.`);
  return found;
}
