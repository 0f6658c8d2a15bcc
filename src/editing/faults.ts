import { ContentError } from '#status/parse.ts';
import type { Finding } from './finding.ts';

/** What a ContentError says, as findings: its lines name file, line, field and remedy. */

const PLACED = /^(content\/[^:]+?):(\d+):\s*(.*)$/;
const NAMED = /(content\/[\w./-]+\.(?:ya?ml|mdx?|json))/;

/** One finding for each fault of the error; of one that is no ContentError, one for `file`. */
export function findingsOf(error: unknown, file: string, rule: string): Finding[] {
  const text = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ContentError))
    return [at(file, 1, rule, text, 'This is a fault of the check itself: report it.')];
  return paragraphs(text).map((fault) => {
    const [, path, line, words = ''] = PLACED.exec(fault) ?? [];
    if (path !== undefined) return split(path, Number(line), rule, words);
    return split(NAMED.exec(fault)?.[1] ?? file, 1, rule, fault);
  });
}

/** A line that begins with spaces belongs to the one before it. */
function paragraphs(text: string): string[] {
  return text
    .split(/\n(?!\s)/)
    .map((fault) => fault.trim().replaceAll(/\s*\n\s+/g, ' '))
    .filter((fault) => fault !== '');
}

/** The last sentence is what to do. */
function split(file: string, line: number, rule: string, words: string): Finding {
  const cut = /^(.+?[.!?]) ([^.]+\.)$/s.exec(words);
  return at(file, line, rule, cut?.[1] ?? words, cut?.[2] ?? 'Correct it there.');
}

function at(file: string, line: number, rule: string, message: string, action: string): Finding {
  return { file, line, rule, weight: 'blocks', message, action };
}
