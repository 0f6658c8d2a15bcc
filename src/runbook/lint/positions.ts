import type { Node } from 'web-tree-sitter';

/** Where in the text of a script values come in: as {{name}}, which is set before bash sees it, and as $NAME. */

/** word: a whole word; part: a part of a bare word; other: where a value would change what the command is. */
export type Position = 'word' | 'part' | 'double' | 'single' | 'heredoc' | 'comment' | 'other';

export interface Placeholder {
  name: string;
  /** From 1, in the text that was read. */
  row: number;
  position: Position;
}

/** One $NAME or ${NAME}. */
export interface Read {
  name: string;
  row: number;
  /** Within double quotes of a command, so that it stays one word. */
  isQuoted: boolean;
}

/** Every placeholder; `root` is the tree of the text with placeholders of the same length. */
export function placeholdersOf(root: Node, text: string): Placeholder[] {
  return [...text.matchAll(/\{\{([a-z][a-z0-9-]*)\}\}/g)].map((match) => {
    const end = match.index + match[0].length;
    const node = root.descendantForIndex(match.index, end - 1) ?? root;
    const isAlone = node.startIndex === match.index && node.endIndex === end;
    const isTurned = /[$~]$/.test(text.slice(0, match.index)) || /^[<>]/.test(text.slice(end));
    return {
      name: match[1] ?? '',
      row: text.slice(0, match.index).split('\n').length,
      position: positionOf(node, isAlone, isTurned),
    };
  });
}

/** `isTurned`: between these neighbours a bare value would name a variable, a home or a file descriptor. */
function positionOf(node: Node, isAlone: boolean, isTurned: boolean): Position {
  const parents = [node, ...parentsOf(node)].map(({ type }) => type);
  const [type = '', above = '', beyond = ''] = parents;
  if (type === 'comment') return 'comment';
  if (type === 'raw_string') return 'single';
  if (type.startsWith('heredoc_')) return isTurned ? 'other' : 'heredoc';
  if (type === 'string_content' || type === 'string') return isTurned ? 'other' : 'double';
  if (type !== 'word' && type !== 'concatenation') return 'other';
  const isName = [above, beyond].some((one) => one === 'command_name' || one === 'function_definition');
  if (isName || isTurned) return 'other';
  return isAlone && above !== 'concatenation' ? 'word' : 'part';
}

/** Every variable that is read. */
export const readsOf = (nodes: readonly Node[]): Read[] =>
  nodes
    .filter(({ type }) => type === 'simple_expansion' || type === 'expansion')
    .flatMap((node) => {
      const name = node.namedChildren.find(({ type }) => type === 'variable_name')?.text;
      const isQuoted = node.parent?.type === 'string';
      return name === undefined ? [] : [{ name, row: node.startPosition.row + 1, isQuoted }];
    });

function* parentsOf(node: Node): Generator<Node> {
  for (let at = node.parent; at; at = at.parent) yield at;
}
