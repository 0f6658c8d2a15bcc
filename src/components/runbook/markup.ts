import { escaped } from '#components/pipeline/yaml.ts';
import { link } from '#components/status/link.ts';
import { quoted } from '#runbook/export/quote.ts';
import { pieces } from '#runbook/template.ts';

/** Texts of runbooks as HTML: a variable stands in an element of its own, which the script of the page fills. */

export type Examples = Readonly<Record<string, string>>;

/** A command or an output. */
export function filledHtml(text: string, examples: Examples): string {
  return pieces(text)
    .map((piece) =>
      'text' in piece
        ? lines(piece.text)
        : `<span class="rb-var" data-var="${escaped(piece.name)}">${escaped(examples[piece.name] ?? piece.name)}</span>`,
    )
    .join('');
}

/** A command, each of its lines by itself, so that what does not fit goes on below it, further in. */
export const commandHtml = (text: string, examples: Examples): string => rowsHtml(filledHtml(text.trimEnd(), examples));

/** The break stands within its row: a copy by hand has each line once. */
const rowsHtml = (html: string): string =>
  html.replace(/.*(?:\n|$)/g, (row) => row && `<span class="rb-row">${row}</span>`);

/** An output: what it leaves open is shown as dots. */
export function outputHtml(text: string, examples: Examples): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) =>
      line.trim() === '...'
        ? OPEN
        : line
            .split('[..]')
            .map((part) => filledHtml(part, examples))
            .join(OPEN),
    )
    .join('\n');
}

/** The line that hands a free text to the shell. */
export function exportHtml(name: string, env: string, examples: Examples): string {
  const value = lines(quoted(examples[name] ?? ''));
  return rowsHtml(`export ${env}=<span class="rb-var" data-var="${escaped(name)}" data-quoted>${value}</span>`);
}

/** Names of which any may be met; the word `or` stands between them. */
export const codesHtml = (names: readonly string[], examples: Examples, or: string): string =>
  names.map((name) => `<code>${filledHtml(name, examples)}</code>`).join(` ${escaped(or)} `);

/** The project that a step in a clone is about, which a variable names. */
export const cloneHtml = (examples: Examples): string => `<code>${filledHtml(CLONE, examples)}</code>`;

/** As the test that runs the commands clones it. */
const CLONE = 'https://gitlab.com/{{project}}.git';
const OPEN = '<span class="rb-open">…</span>';

/** Plain paragraphs, split by empty lines; backticks mark code, or another runbook by its id of several words. */
export function proseHtml(text: string, examples: Examples, titles: Readonly<Record<string, string>> = {}): string[] {
  const code = (part: string) =>
    part.includes('-') && titles[part] !== undefined
      ? `<a href="${escaped(link(`runbooks/${part}/`))}">${escaped(titles[part])}</a>`
      : `<code>${filledHtml(part, examples)}</code>`;
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) =>
      paragraph
        .split('`')
        .map((part, at) => (at % 2 === 1 ? code(part) : filledHtml(part, examples)))
        .join(''),
    );
}

const lines = (text: string): string => text.split('\n').map(escaped).join('\n');
