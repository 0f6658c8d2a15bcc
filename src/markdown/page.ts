import type { Element, ElementContent, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { select, selectAll } from 'hast-util-select';
import { toMdast } from 'hast-util-to-mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';

/** A built page for readers that are programs. */
export interface PageText {
  title: string;
  description: string;
  /** What holds for the whole page: that it shows sample data, or kept ones. */
  notice: string | null;
  /** Markdown with title, description and notices above the body. */
  markdown: string;
}

/** What only a person at a screen can use, and what says nothing in words. */
const DROPPED = new Set([
  ...['script', 'style', 'template', 'svg'],
  ...['button', 'form', 'dialog', 'input', 'select', 'textarea'],
]);
const isDropped = (node: ElementContent): boolean =>
  node.type === 'element' &&
  (DROPPED.has(node.tagName) || node.properties['hidden'] === true || 'dataPagefindIgnore' in node.properties);

/** A page of HTML to its text; null where the page has no body of its own, as a redirect. `address` is its whole address. */
export function pageText(html: string, address: string): PageText | null {
  const tree = fromHtml(essence(html), { fragment: true });
  const body = select('main .sl-markdown-content', tree);
  const title = textOf(select('h1', tree)).trim();
  if (!body || !title) return null;
  const description = String(select('meta[name=description]', tree)?.properties['content'] ?? '');
  const notice = textOf(select('.notice:is(.sample, .kept)', tree)).replace(/\s+/g, ' ').trim() || null;
  const head = [`# ${title}`, description && `> ${description}`, `Page: ${address}`, notice && `**${notice}**`];
  const markdown = `${head.filter(Boolean).join('\n\n')}\n\n${markdownOf(body, address)}`;
  return { title, description, notice, markdown };
}

/** Only the description and what lies in `<main>`: the lists of links around it are most of a page, and say nothing of it. */
function essence(html: string): string {
  const description = /<meta name="description"[^>]*>/.exec(html)?.[0] ?? '';
  const [from, to] = [html.indexOf('<main'), html.lastIndexOf('</main>')];
  return from < 0 ? '' : description + html.slice(from, to < 0 ? undefined : to);
}

function markdownOf(body: Element, address: string): string {
  const tree = toMdast(absolute(without(body), address));
  return toMarkdown(tree, { extensions: [gfmToMarkdown()], bullet: '-', rule: '-' });
}

/** A copy without what is dropped, and with a space between parts that only the style sheet sets apart. */
function without(body: Element): Element {
  const kept = (node: Element): Element => {
    if (node.tagName === 'pre' || node.tagName === 'code') return node;
    const children = node.children.filter((child) => !isDropped(child));
    return {
      ...node,
      children: children.flatMap((child, at): ElementContent[] => {
        if (child.type !== 'element') return [child];
        return children[at - 1]?.type === 'element' ? [{ type: 'text', value: ' ' }, kept(child)] : [kept(child)];
      }),
    };
  };
  return kept(body);
}

/** With links that work from wherever the text is read. */
function absolute(body: Element, address: string): Element {
  for (const link of selectAll('a[href]', body)) {
    const href = String(link.properties['href']);
    link.properties['href'] = URL.canParse(href, address) ? new URL(href, address).href : href;
  }
  return body;
}

function textOf(node: Element | Root | undefined): string {
  if (!node) return '';
  return node.children
    .map((child) => (child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : ''))
    .join('');
}
