import type { Element, ElementContent, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { select, selectAll } from 'hast-util-select';
import { toMdast } from 'hast-util-to-mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import { oneLine } from '#editing/line.ts';

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
  ...['script', 'noscript', 'style', 'template', 'svg', 'symptom-finder'],
  ...['button', 'form', 'dialog', 'input', 'select', 'textarea'],
]);
/** Parts that speak of the screen or the paper: of pictures that are not here, of what a script adds, of what print leaves out. */
const ABOUT_SCREEN = new Set([
  ...['sl-anchor-link', 'pic-shapes', 'pl-legend', 'pl-paper', 'pl-step-count'],
  ...['lab-script', 'lab-unscripted', 'lq-option'],
]);
const classesOf = ({ properties: { className } }: Element): string[] =>
  Array.isArray(className) ? className.map(String) : [];

/** A question of a quiz is a form too; the list of its answers repeats the options. */
const isQuestion = (node: Element): boolean => classesOf(node).includes('lq-question');

const isDropped = (node: ElementContent): boolean => {
  if (node.type !== 'element') return node.type === 'comment';
  const { hidden } = node.properties;
  return (
    (DROPPED.has(node.tagName) && !isQuestion(node)) ||
    // Written as `hidden` or as `hidden="true"`; what is found by a search is only folded.
    (hidden !== undefined && hidden !== null && hidden !== false && hidden !== 'until-found') ||
    'dataPagefindIgnore' in node.properties ||
    classesOf(node).some((name) => ABOUT_SCREEN.has(name)) ||
    // What tells those who hear the page how to use a picture.
    (node.tagName === 'p' && classesOf(node).includes('sw-hidden'))
  );
};

/** A page of HTML to its text; null where the page has no body of its own, as a redirect. `address` is its whole address. */
export function pageText(html: string, address: string): PageText | null {
  const tree = fromHtml(essence(html), { fragment: true });
  const body = select('main .sl-markdown-content', tree);
  const title = oneLine(textOf(select('h1', tree)));
  if (!body || !title) return null;
  const description = oneLine(String(select('meta[name=description]', tree)?.properties['content'] ?? ''));
  const notice = sentencesOf(select('.notice:is(.sample, .kept)', tree)) || null;
  const head = [
    `# ${plain(title)}`,
    description && `> ${plain(description)}`,
    `Page: ${address}`,
    notice && `**${notice}**`,
  ];
  const markdown = `${head.filter(Boolean).join('\n\n')}\n\n${markdownOf(body, address)}`;
  return { title, description, notice, markdown };
}

/** A text without signs of Markdown: no title makes a link. */
const plain = (text: string): string => toMarkdown({ type: 'text', value: text }).trim();

/** Only the description and what lies in `<main>`: the lists of links around it are most of a page, and say nothing of it. */
function essence(html: string): string {
  const description = /<meta name="description"(?:[^>"]|"[^"]*")*>/.exec(html)?.[0] ?? '';
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
    if (node.tagName === 'pre') return node;
    if (node.tagName === 'code') return blockOf(node) ?? node;
    if (node.tagName === 'dl') return kept(listOf(node));
    const children = node.children.filter((child) => !isDropped(child));
    return {
      ...node,
      children: children.flatMap((child, at): ElementContent[] => {
        if (child.type !== 'element') return [child];
        const gap = gapBefore(child, children[at - 1]);
        return gap ? [{ type: 'text', value: gap }, kept(child)] : [kept(child)];
      }),
    };
  };
  return kept(body);
}

/** A command of several rows that stands in a sentence, as a block: on one line it would be another command. */
function blockOf(code: Element): Element | null {
  const rows = code.children.filter((child) => child.type === 'element' && classesOf(child).includes('rb-row'));
  if (rows.length < 2) return null;
  const text = rows.map((row) => (row.type === 'element' ? textOf(row).trimEnd() : '')).join('\n');
  return element('pre', [element('code', [{ type: 'text', value: text }])]);
}

/** What stands for the distance that the style sheet makes; small print is a line of its own there. */
function gapBefore(child: Element, before: ElementContent | undefined): string {
  if (!before || (before.type === 'text' && /\s$/.test(before.value))) return '';
  if (child.tagName === 'small') return ' – ';
  return before.type === 'element' ? ' ' : '';
}

/** Terms and what they are, each a line of a list: Markdown has no other form for them. */
function listOf(terms: Element): Element {
  const rows = terms.children.flatMap((child) =>
    child.type === 'element' && child.tagName === 'div' ? child.children : [child],
  );
  const items: Element[] = [];
  for (const row of rows) {
    if (row.type !== 'element') continue;
    if (row.tagName === 'dt') items.push(element('li', [element('b', row.children), { type: 'text', value: ': ' }]));
    else items.at(-1)?.children.push(...row.children);
  }
  return element('ul', items);
}

const element = (tagName: string, children: ElementContent[]): Element => ({
  type: 'element',
  tagName,
  properties: {},
  children,
});

/** With links that work from wherever the text is read: a citation leads to the source itself. */
function absolute(body: Element, address: string): Element {
  const sources = new Map(
    selectAll('li[id^="source-"]', body).map((item) => [`#${item.properties['id']}`, select('a[href]', item)]),
  );
  for (const link of selectAll('a[href]', body)) {
    const own = String(link.properties['href']);
    const href = String(sources.get(own)?.properties['href'] ?? own);
    link.properties['href'] = URL.canParse(href, address) ? new URL(href, address).href : href;
  }
  return body;
}

/** A notice without the link behind it, which says nothing where it cannot be followed. */
function sentencesOf(notice: Element | undefined): string {
  const children = notice?.children.filter((child) => child.type !== 'element' || child.tagName !== 'a') ?? [];
  return textOf({ type: 'root', children }).replace(/\s+/g, ' ').trim();
}

function textOf(node: Element | Root | undefined): string {
  if (!node) return '';
  return node.children
    .map((child) => (child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : ''))
    .join('');
}
