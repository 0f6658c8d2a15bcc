import { bodyOf } from '../head.ts';

/** Prose alone: everything else is blank, and all lines stay where they are. */

const FENCE = /^([ \t]*)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1\2[ \t]*$/gm;

/** A page without its head, code, addresses, imports and tags. */
export function wordsOfPage(text: string): string {
  return [
    FENCE,
    /^(?:import|export) [^\n]*$/gm,
    /<!--[\s\S]*?-->/g,
    /<\/?[A-Za-z][^>]*>/g,
    /\{[^{}\n]*\}/g,
    ...OF_A_TEXT,
  ].reduce(blanked, bodyOf(text));
}

/** A text of data without its code and addresses. */
export function wordsOfText(text: string): string {
  return OF_A_TEXT.reduce(blanked, text);
}

const OF_A_TEXT = [
  /(`+)[^`][\s\S]*?\1/g,
  /\]\([^)\s]*\)/g,
  /\bhttps?:\/\/\S+/g,
  /\{\{[^}]*\}\}/g,
  /(?<![\w.])[\w.-]+@[\w.-]+/g,
  // A path, a host, an option, a name of an object, a digest.
  /(?<![\w/])[\w.~-]*\/[\w./{}~-]+/g,
  /\b[\w-]+(?:\.[\w-]+){1,}\b/g,
  /(?<=\s|^)--?[a-z][\w-]*/g,
  /\b(?:[a-z\d]+[A-Z]\w*|[A-Z]\w*[a-z\d][A-Z]\w*|\w*_\w+|\w*\d\w*)\b/g,
];

const blanked = (text: string, pattern: RegExp): string =>
  text.replaceAll(pattern, (found) => found.replaceAll(/[^\r\n]/g, ' '));
