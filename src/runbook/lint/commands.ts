import type { Node } from 'web-tree-sitter';
import { TOOLS } from '../model.ts';
import { wordsOf } from './words.ts';

/** Simple commands of a script. */

export interface Command {
  name: string;
  /** The name and its words without their quotes; {{name}} and $NAME stay as they are written. */
  argv: string[];
  /** From 1, in the text that was read. */
  row: number;
  /** Names of the variables that are set for it or by it. */
  sets: string[];
}

/** Every simple command, in the order of the text. */
export function simpleCommands(nodes: readonly Node[], text: string): Command[] {
  return nodes.flatMap((node) => {
    if (node.type === 'command') return withInner(commandOf(node, text));
    if (node.type === 'declaration_command' || node.type === 'unset_command') return [commandOf(node, text)];
    return node.type === 'variable_assignment' && node.parent && !OWNERS.includes(node.parent.type)
      ? [{ name: '', argv: [], row: rowOf(node), sets: [nameSet(node, text)] }]
      : [];
  });
}

const OWNERS = ['command', 'declaration_command'];
/** Programs that start the program which their words name. */
const WRAPPERS = ['xargs', 'timeout', 'env', 'time', 'exec', 'command', 'nice', 'nohup', 'watch', 'sudo'];

function commandOf(node: Node, text: string): Command {
  const argv = wordsOf(node, text);
  const sets = node.namedChildren.filter(({ type }) => type === 'variable_assignment');
  return { name: argv[0] ?? '', argv, row: rowOf(node), sets: sets.map((one) => nameSet(one, text)) };
}

function withInner(command: Command): Command[] {
  if (!WRAPPERS.includes(command.name)) return [command];
  const at = command.argv.findIndex((word, nth) => nth > 0 && TOOLS.some((tool) => tool === word));
  if (at < 0) return [command];
  const argv = command.argv.slice(at);
  return [command, { ...command, name: argv[0] ?? '', argv, sets: [] }];
}

const rowOf = (node: Node): number => node.startPosition.row + 1;

const nameSet = (node: Node, text: string): string => {
  const name = node.childForFieldName('name') ?? node;
  return text.slice(name.startIndex, name.endIndex);
};
