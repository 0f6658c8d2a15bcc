import type { Lines } from '#pipeline/definition.ts';
import { visible } from '#status/text/words.ts';

/** A text of YAML as HTML: coloured, numbered, each line with its own address. */

/** A part of a line of one kind: `keyword`, `string`, `comment`; null where it has no colour of its own. */
export interface Piece {
  text: string;
  kind: string | null;
}

/** Lines that belong to a task, by the anchor of the task. */
export interface Owned {
  anchor: string;
  lines: Lines | null;
}

interface Part extends Lines {
  anchor: string | null;
}

/** Lines one under the other; those of a task stand in one element, `yaml-<anchor>`, that a link can mark. */
export function yamlHtml(lines: readonly Piece[][], tasks: readonly Owned[]): string {
  return partsOf(lines.length, tasks)
    .map(({ anchor, from, to }) => {
      const text = lines.slice(from - 1, to).map((line, n) => lineHtml(line, from + n));
      return anchor ? `<span class="pl-part" id="yaml-${escaped(anchor)}">${text.join('')}</span>` : text.join('');
    })
    .join('');
}

/** The text cut where tasks begin and end; of tasks that overlap the first counts. */
function partsOf(count: number, tasks: readonly Owned[]): Part[] {
  const parts: Part[] = [];
  let next = 1;
  const owned = tasks.flatMap(({ anchor, lines }) => (lines ? [{ anchor, ...lines }] : []));
  for (const one of owned.sort((a, b) => a.from - b.from)) {
    if (one.from < next || one.to < one.from || one.to > count) continue;
    if (one.from > next) parts.push({ anchor: null, from: next, to: one.from - 1 });
    parts.push(one);
    next = one.to + 1;
  }
  return next <= count ? [...parts, { anchor: null, from: next, to: count }] : parts;
}

function lineHtml(line: readonly Piece[], n: number): string {
  const text = line.map(({ text: part, kind }) =>
    kind ? `<span class="pl-${escaped(kind)}">${escaped(part)}</span>` : escaped(part),
  );
  // A number for the mouse: six hundred stops of the tab key would help nobody.
  return `<span class="pl-l" id="L${n}"><a href="#L${n}" tabindex="-1" aria-hidden="true">${n}</a>${text.join('')}\n</span>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Foreign text of one line, safe inside an element and an attribute. */
export const escaped = (text: string): string => shown(text).replace(/[&<>"]/g, (letter) => ENTITIES[letter] ?? '');

/** Tabs stay; what would turn the line around, or hide, is shown. */
const shown = (text: string): string => text.split('\t').map(visible).join('\t');
