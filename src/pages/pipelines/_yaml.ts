import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import yaml from 'shiki/langs/yaml.mjs';
import type { Piece } from '#components/pipeline/yaml.ts';

/** YAML in coloured pieces, line by line, made while the site is built. */

/** Lines beyond which a text is shown without colours: they would weigh more than they help. */
const ROOM = 3_000;

/** Highlighting stops at this many milliseconds a line: a hostile line must not hold up the build. */
const LINE_MS = 200;
const LONG = 2_000;

let opened: Promise<HighlighterCore> | undefined;

export async function yamlLines(text: string): Promise<Piece[][]> {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n');
  if (lines.length > ROOM) return lines.map((line) => [{ text: line, kind: null }]);
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
  return tokens.map((line) => merged(line.map(({ content, color }) => ({ text: content, kind: kindOf(color) }))));
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
