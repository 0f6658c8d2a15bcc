import type { Runbook } from './model.ts';

/** Which runbook a pasted log or message is about. Runs in the reader's browser: nothing is sent anywhere. */

/** What the browser needs of a runbook to find it. */
export interface Entry {
  id: string;
  title: string;
  summary: string;
  component: string;
  /** Of each symptom its patterns. */
  symptoms: string[][];
}

export interface Line {
  /** From 1. */
  number: number;
  text: string;
}

export interface Match {
  entry: Entry;
  score: number;
  /** Lines that made it match, the first of each pattern. */
  lines: Line[];
}

const MAX_CHARACTERS = 2_000_000;
const MAX_LINE = 2_000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal are what is taken out
const COLOUR = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;

/** What is published for the search: those that are ready and have symptoms. */
export function entriesOf(runbooks: readonly Runbook[]): Entry[] {
  return runbooks
    .filter(({ status, symptoms }) => status === 'ready' && symptoms.length > 0)
    .map(({ id, title, summary, component, symptoms }) => ({
      ...{ id, title, summary, component },
      symptoms: symptoms.map(({ match }) => match),
    }));
}

/** Runbooks that the text is about, the likeliest first; what no runbook knows gives none. */
export function rank(text: string, entries: readonly Entry[]): Match[] {
  const lines = linesOf(text);
  const seen = new Map<string, Line | null>();
  const found = (pattern: string): Line | null => {
    const known = seen.get(pattern);
    if (known !== undefined) return known;
    const expression = new RegExp(pattern, 'i');
    const line = lines.find((one) => expression.test(one.text)) ?? null;
    seen.set(pattern, line);
    return line;
  };
  return entries
    .flatMap((entry) => best(entry, found))
    .sort((a, b) => b.score - a.score || a.entry.id.localeCompare(b.entry.id));
}

function best(entry: Entry, found: (pattern: string) => Line | null): Match[] {
  const matches = entry.symptoms.flatMap((patterns) => {
    const hits = patterns.flatMap((pattern) => {
      const line = found(pattern);
      return line ? [{ line, weight: weightOf(pattern) }] : [];
    });
    if (hits.length === 0) return [];
    const weight = hits.reduce((sum, hit) => sum + hit.weight, 0);
    const lines = [...new Map(hits.map(({ line }) => [line.number, line])).values()];
    return [{ entry, score: (weight * hits.length) / patterns.length, lines: lines.sort(byNumber) }];
  });
  return matches.sort((a, b) => b.score - a.score).slice(0, 1);
}

const byNumber = (a: Line, b: Line): number => a.number - b.number;

/** Characters that a pattern asks for literally: the more of them, the more it says. */
export function weightOf(pattern: string): number {
  return pattern
    .replace(/\\[bBdDsSwW]/g, '')
    .replace(/\\./g, 'x')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\(\?[:=!<]+|\{\d*,?\d*\}|[()|*+?^$.]/g, '').length;
}

function linesOf(text: string): Line[] {
  return text
    .slice(0, MAX_CHARACTERS)
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ number: index + 1, text: line.replace(COLOUR, '').slice(0, MAX_LINE) }))
    .filter((line) => line.text.trim() !== '');
}
