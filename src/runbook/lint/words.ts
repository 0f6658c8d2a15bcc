import type { Node } from 'web-tree-sitter';

/** Words of a command as the program gets them, but for {{name}}, $NAME and $(…), which stay as they are written. */

/** The name first. Redirections are no words; words behind a redirection are. */
export function wordsOf(node: Node, text: string): string[] {
  const inner = node.namedChildren.filter(({ type }) => type !== 'variable_assignment' && !type.endsWith('_redirect'));
  const words = node.type === 'command' ? inner : node.children.filter(({ type }) => type !== 'variable_assignment');
  return [...words.map((word) => plain(word, text)), ...behind(node, text)];
}

/** The parser gives a lone `-` before a redirection to nobody, and what follows a redirection to that. */
function behind(node: Node, text: string): string[] {
  const whole = node.parent;
  if (whole?.type !== 'redirected_statement') return [];
  const next = whole.children.find(({ startIndex }) => startIndex >= node.endIndex);
  const lone = next ? text.slice(node.endIndex, next.startIndex).replaceAll('\\\n', ' ').trim() : '';
  return [...(lone === '' ? [] : lone.split(/\s+/)), ...whole.namedChildren.flatMap((one) => trailing(one, text))];
}

function trailing(redirect: Node, text: string): string[] {
  const words = redirect.namedChildren.filter(({ type }) => WORDS.includes(type));
  if (redirect.type === 'file_redirect') return words.slice(1).map((word) => plain(word, text));
  return redirect.type === 'heredoc_redirect' ? words.map((word) => plain(word, text)) : [];
}

const WORDS = ['word', 'number', 'concatenation', 'string', 'raw_string', 'simple_expansion', 'expansion'];

/** A word without its quotes. */
function plain(node: Node, text: string): string {
  const source = text.slice(node.startIndex, node.endIndex);
  switch (node.type) {
    case 'raw_string':
      return source.slice(1, -1);
    case 'ansi_c_string':
      return source.slice(2, -1);
    case 'string':
      return source.slice(1, -1).replaceAll(/\\(\n|["\\$`])/g, (_, kept: string) => (kept === '\n' ? '' : kept));
    case 'command_name':
    case 'concatenation':
      return node.children.map((child) => plain(child, text)).join('');
    case 'word':
      return source.replaceAll(/\\(\n|.)/g, (_, kept: string) => (kept === '\n' ? '' : kept));
    default:
      return source;
  }
}
