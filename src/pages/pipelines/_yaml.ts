import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import yaml from 'shiki/langs/yaml.mjs';
import type { Piece } from '#components/pipeline/yaml.ts';

/** YAML in coloured pieces, line by line, made while the site is built. */

/** Lines that a page shows: a pipeline of a hundred tasks has fewer. */
const ROOM = 3_000;

/** Highlighting stops at this many milliseconds a line: a hostile line must not hold up the build. */
const LINE_MS = 200;
const LONG = 2_000;

let opened: Promise<HighlighterCore> | undefined;

export interface Coloured {
  lines: Piece[][];
  /** Lines of the whole text; `lines` holds the first 3,000 of them. */
  count: number;
}

export async function yamlLines(text: string): Promise<Coloured> {
  const all = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n');
  const lines = all.slice(0, ROOM);
  opened ??= createHighlighterCore({
    themes: [createCssVariablesTheme({ name: 'kinds', variablePrefix: '' })],
    langs: [yaml],
    engine: createJavaScriptRegexEngine(),
  });
  const { tokens } = (await opened).codeToTokens(lines.join('\n'), {
    lang: 'yaml',
    theme: 'kinds',
    tokenizeTimeLimit: LINE_MS,
    tokenizeMaxLineLength: LONG,
  });
  const pieces = tokens.map((line) => line.map(({ content, color }) => ({ text: content, kind: kindOf(color) })));
  return { lines: pieces.map(merged), count: all.length };
}

const kindOf = (color: string | undefined): string | null => /token-(\w+)/.exec(color ?? '')?.[1] ?? null;

/** Neighbours of one kind as one piece; spaces belong to what stands before them. */
function merged(pieces: readonly Piece[]): Piece[] {
  const found: Piece[] = [];
  for (const piece of pieces) {
    const last = found.at(-1);
    if (last && (last.kind === piece.kind || piece.text.trim() === '')) last.text += piece.text;
    else found.push({ ...piece });
  }
  return found;
}
