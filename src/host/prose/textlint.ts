import { TextlintKernel, type TextlintKernelRule } from '@textlint/kernel';
import markdown from '@textlint/textlint-plugin-markdown';
import type { Finding } from '#editing/finding.ts';
import { bodyOf } from '#editing/head.ts';
import { passagesIn } from '#editing/prose/passages.ts';
import { EMPTY_LINK_TEXT, type Place, PROSE_RULES } from '#editing/prose/rules.ts';
import { SUGGESTED } from '#editing/rules.ts';

/** The rules of the style guide over pages and over the prose inside data, by textlint, which knows what in a text is code. */

const kernel = new TextlintKernel();
type Rule = Extract<TextlintKernelRule['rule'], (...args: never[]) => unknown>;
type Context = Parameters<Rule>[0];

/** Suggestions for a page of Markdown. */
export async function lintPage(text: string, file: string): Promise<Finding[]> {
  // What a page imports is no paragraph.
  const body = bodyOf(text).replaceAll(/^import [^\n]*$/gm, '');
  return lint(body, file, 'page', (line, column) => ({ line, column }));
}

/** Suggestions for what stands in YAML for readers: fields of data, or the head of a page. */
export async function lintData(text: string, file: string): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const passage of passagesIn(text)) {
    const place = passage.kind === 'heading' ? 'heading' : 'field';
    const at = (line: number) => ({ line: passage.line + (passage.rows ? line - 1 : 0) });
    found.push(...(await lint(passage.text, file, place, at)));
  }
  return found;
}

async function lint(
  text: string,
  file: string,
  place: Place,
  at: (line: number, column: number) => Pick<Finding, 'line' | 'column'>,
): Promise<Finding[]> {
  const { messages } = await kernel.lintText(text, {
    ext: '.md',
    plugins: [{ pluginId: 'markdown', plugin: pluginOf(markdown) }],
    rules: rulesFor(place),
  });
  return messages.map(({ ruleId, message, loc }) => {
    const [said = '', action = ''] = message.split('\n');
    const { line, column } = loc.start;
    return { file, ...at(line, column), rule: ruleId, weight: 'suggests', message: said, action };
  });
}

/** A module of CommonJS, whose default export is one level below for Node and not for a bundler. */
function pluginOf<T extends object>(module: T): T {
  return 'default' in module ? (module.default as T) : module;
}

function rulesFor(place: Place): TextlintKernelRule[] {
  const rules = Object.entries(PROSE_RULES).map(([ruleId, { places, find }]): TextlintKernelRule => {
    const reporter: Rule = (context) => {
      const look = (where: Place) => (node: Node) => {
        if (!places.includes(where)) return;
        for (const { index, message, action } of find(plain(context, node)))
          report(context, node, index, message, action);
      };
      const inText = (node: Node) => look(node.parent?.type === 'ListItem' && place === 'page' ? 'item' : place)(node);
      return { Paragraph: inText, Header: look('heading'), TableCell: look('field') };
    };
    return { ruleId, rule: reporter };
  });
  return [...rules, { ruleId: SUGGESTED.linkText, rule: linkText }];
}

const linkText: Rule = (context) => ({
  Link: (node: Node) => {
    const text = (node.children ?? []).map((child) => context.getSource(child as never)).join('');
    if (EMPTY_LINK_TEXT.test(text.trim()))
      report(
        context,
        node,
        0,
        `The link says "${text}".`,
        'Say where it leads: some hear links without the text around them.',
      );
  },
});

function report(context: Context, node: Node, index: number, message: string, action: string): void {
  const { RuleError, locator } = context;
  context.report(node as never, new RuleError(`${message}\n${action}`, { padding: locator.at(index) }));
}

/** As far as we look into a node of textlint. */
interface Node {
  type: string;
  range: readonly [number, number];
  children?: readonly Node[];
  parent?: Node;
}

/** The text of a node with dots for code, tags and addresses, so that offsets hold. */
function plain(context: Context, node: Node): string {
  const source = context.getSource(node as never);
  // Offsets count units of UTF-16, of which a picture of a face has two.
  const text = source.split('');
  const hide = (from: number, to: number) => {
    for (let at = from - node.range[0]; at < to - node.range[0]; at++) if (source[at] !== '\n') text[at] = '·';
  };
  for (const one of within(node)) {
    if (/^(?:Code|Html|Image)/.test(one.type)) hide(...one.range);
    if (one.type === 'Link') hide(one.children?.at(-1)?.range[1] ?? one.range[0], one.range[1]);
  }
  return text.join('');
}

function* within(node: Node): Generator<Node> {
  for (const child of node.children ?? []) {
    yield child;
    yield* within(child);
  }
}
