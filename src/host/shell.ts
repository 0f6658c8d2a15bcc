import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { loadShell, type Shell } from '#runbook/lint/shell.ts';

/** The parser of bash with its bytes from this machine's packages; loaded once. */

let shell: Promise<Shell> | undefined;

export function readShell(): Promise<Shell> {
  shell ??= load();
  return shell;
}

async function load(): Promise<Shell> {
  const { resolve } = createRequire(import.meta.url);
  return loadShell({
    engine: await readFile(resolve('web-tree-sitter/web-tree-sitter.wasm')),
    grammar: await readFile(resolve('tree-sitter-bash/tree-sitter-bash.wasm')),
  });
}
