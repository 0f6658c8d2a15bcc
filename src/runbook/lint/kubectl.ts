import type { Command } from './commands.ts';

/** What a call of kubectl or oc asks for. */

export interface Call {
  /** get, annotate, auth can-i, create token, … */
  verb: string;
  /** Words behind the verb that are no options. */
  words: string[];
  /** Names of its options, and the value of each that has one. */
  options: ReadonlyMap<string, string>;
  /** Asked of the archive: kubectl ka. */
  isArchive: boolean;
}

/** Null for other programs. */
export function callOf({ name, argv }: Command): Call | null {
  if (name !== 'kubectl' && name !== 'oc') return null;
  const { words, options } = split(argv.slice(1));
  const isArchive = words[0] === 'ka';
  const [first = '', ...rest] = isArchive ? words.slice(1) : words;
  const isDouble = ['auth', 'create', 'rollout', 'set', 'config', 'adm'].includes(first) && rest[0] !== undefined;
  const verb = isDouble && (first !== 'create' || CREATED.includes(rest[0] ?? '')) ? `${first} ${rest[0]}` : first;
  return { verb, words: verb === first ? rest : rest.slice(1), options, isArchive };
}

/** What the words after the verb name: kinds, without the names of objects. */
export function kindsOf({ verb, words }: Call): string[] {
  if (verb === 'logs' || verb.startsWith('create ') || verb === '') return [];
  const kind = verb === 'auth can-i' ? words[1] : words[0];
  return (kind ?? '').split(',').map((one) => one.split('/')[0] ?? '');
}

const CREATED = ['token', 'secret', 'configmap', 'serviceaccount', 'rolebinding', 'role', 'namespace', 'job'];

function split(argv: readonly string[]): { words: string[]; options: Map<string, string> } {
  const words: string[] = [];
  const options = new Map<string, string>();
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--') break;
    const [, name = '', value] = /^(--?[A-Za-z][A-Za-z-]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === '') words.push(word);
    else if (value !== undefined) options.set(name, value);
    else if (VALUED.has(name)) options.set(name, argv[++at] ?? '');
    else options.set(name, '');
  }
  return { words, options };
}

/** Options whose value is the next word. */
const VALUED = new Set([
  ...[
    '-n',
    '--namespace',
    '-l',
    '--selector',
    '-o',
    '--output',
    '-f',
    '--filename',
    '-c',
    '--container',
    '-p',
    '--patch',
  ],
  ...[
    '--type',
    '--patch-file',
    '--for',
    '--timeout',
    '--sort-by',
    '--field-selector',
    '--tail',
    '--since',
    '--template',
  ],
  ...['--context', '--cluster', '--user', '--kubeconfig', '--server', '-s', '--as', '-k', '--kustomize', '--raw'],
  ...['--from-literal', '--from-file', '--duration', '--audience', '--role', '--clusterrole', '--serviceaccount', '-L'],
]);
