import { Language, type Node, Parser } from 'web-tree-sitter';
import { type Command, simpleCommands } from './commands.ts';
import { type Placeholder, placeholdersOf, type Read, readsOf } from './positions.ts';

/** bash read with a real parser. A placeholder {{name}} is read as the plain word that it will become. */

export interface Script {
  /** Rows, from 1, on which the parser lost its way. */
  broken: number[];
  commands: Command[];
  placeholders: Placeholder[];
  reads: Read[];
  /** Rows of the $(…) whose value comes out of a pipe. */
  piped: number[];
  /** Rows with a comment behind a command. */
  trailing: number[];
  /** Rows on which an interactive bash would put a line of its history in. */
  recalled: number[];
}

export interface Shell {
  read: (text: string) => Script;
}

/** Bytes of web-tree-sitter.wasm and tree-sitter-bash.wasm. */
export interface Wasm {
  engine: Uint8Array;
  grammar: Uint8Array;
}

/** The parser; takes about 50 ms once. */
export async function loadShell({ engine, grammar }: Wasm): Promise<Shell> {
  await Parser.init({ wasmBinary: engine });
  const language = await Language.load(grammar);
  const parser = new Parser();
  parser.setLanguage(language);
  return { read: (text) => read(parser, text) };
}

/** Each simple command with its words, those in $(…), pipes, loops and behind xargs or timeout too. */
export const commandsIn = (text: string, shell: Shell): Command[] => shell.read(text).commands;

function read(parser: Parser, text: string): Script {
  const tree = parser.parse(masked(text));
  if (!tree) throw new Error('The parser of bash gave no tree.');
  const nodes = [...walk(tree.rootNode)];
  const script = {
    broken: rows(nodes.filter((node) => node.isError || node.isMissing)),
    commands: simpleCommands(nodes, text),
    placeholders: placeholdersOf(tree.rootNode, text),
    reads: readsOf(nodes),
    piped: rows(nodes.filter(isPipedValue)),
    trailing: rows(nodes.filter((node) => node.type === 'comment' && isBehind(node, text))),
    recalled: rows(nodes.filter((node) => BARE.includes(node.type) && /![^\s"=(]/.test(node.text))),
  };
  tree.delete();
  return script;
}

/** Of the same length, so that places stay the same. */
const masked = (text: string): string =>
  text.replaceAll(/\{\{[a-z][a-z0-9-]*\}\}/g, (token) => 'v'.padEnd(token.length, 'x'));

function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children) yield* walk(child);
}

const isPipedValue = (node: Node): boolean =>
  node.type === 'command_substitution' && node.namedChildren.some((child) => child.type === 'pipeline');

const BARE = ['string_content', 'word'];

const isBehind = ({ startIndex }: Node, text: string): boolean =>
  text.slice(text.lastIndexOf('\n', startIndex - 1) + 1, startIndex).trim() !== '';

const rows = (nodes: Node[]): number[] => [...new Set(nodes.map(({ startPosition }) => startPosition.row + 1))];
