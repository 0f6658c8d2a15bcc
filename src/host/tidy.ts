import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CST, Lexer, parseDocument } from 'yaml';
import { rewrite } from '#editing/yaml/rewrite.ts';
import { type Git, git } from './git.ts';

/** Gives files of content that a program wrote anew the comments, the order and the style back that they had. */

export interface Tidied {
  file: string;
  /** `own`: it has comments that the last commit does not have, so a person wrote it, and it stays as it is. */
  outcome: 'tidied' | 'unchanged' | 'new' | 'own' | 'broken';
}

/** Tidies the YAML files below `content/` that differ from the last commit; `root` is the folder of the repository. */
export async function tidy(root: string): Promise<Tidied[]> {
  const run = git(root);
  const changed = await names(run, ['diff', '--name-only', '--diff-filter=M', '-z', 'HEAD', '--', 'content']);
  const added = await names(run, ['ls-files', '--others', '--exclude-standard', '-z', '--', 'content']);
  const done: Tidied[] = added.map((file) => ({ file, outcome: 'new' }));
  for (const file of changed) {
    const before = (await run(['show', `HEAD:${file}`])).toString();
    const now = await readFile(join(root, file), 'utf8');
    const text = tidied(before, now);
    if (typeof text === 'string' && text !== now) await writeFile(join(root, file), text);
    done.push({ file, outcome: typeof text === 'string' ? (text === now ? 'unchanged' : 'tidied') : text.outcome });
  }
  return done.toSorted((a, b) => a.file.localeCompare(b.file));
}

async function names(run: Git, args: readonly string[]): Promise<string[]> {
  const listed = (await run(args)).toString().split('\0');
  return listed.filter((name) => name.endsWith('.yaml') && !MATERIAL.test(name));
}

/** Recorded history, and the files of pretend repositories, of which some hold several documents or none on purpose. */
const MATERIAL = /^content\/(?:status\/history|worlds\/[^/]+)\//;

/** The text before with the values of the text now; or why it is left alone. */
export function tidied(before: string, now: string): string | Pick<Tidied, 'outcome'> {
  const document = parseDocument(now);
  if (document.errors.length > 0) return { outcome: 'broken' };
  const known = new Set(commentsOf(before));
  if (commentsOf(now).some((comment) => !known.has(comment))) return { outcome: 'own' };
  return rewrite(before, document.toJS({ maxAliasCount: 100 }));
}

/** A text that holds a # has no comment there, so the signs alone do not tell. */
function commentsOf(text: string): string[] {
  const comments: string[] = [];
  let isText = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (!isText && lexeme.startsWith('#')) comments.push(lexeme.trimEnd());
    isText = lexeme === CST.SCALAR;
  }
  return comments;
}
