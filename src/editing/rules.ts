import { PROSE_RULES } from './prose/rules.ts';

/** Names of all rules, as findings carry them and the style guide explains them. */

/** What would mislead or strand a reader: `npm run check` fails. */
export const BLOCKING = {
  form: 'data/form',
  together: 'data/together',
  head: 'pages/head',
  word: 'pages/word',
  page: 'links/page',
  anchor: 'links/anchor',
  value: 'links/value',
  moved: 'links/moved',
} as const;

/** What is only suggested, beside the rules of PROSE_RULES. */
export const SUGGESTED = {
  spelling: 'spelling',
  linkText: 'prose/link-text',
  /** With the number of a rule of markdownlint behind it. */
  markdown: 'markdown/',
} as const;

export const ALL_RULES: readonly string[] = [
  ...Object.values(BLOCKING),
  ...Object.values(SUGGESTED),
  ...Object.keys(PROSE_RULES),
];
