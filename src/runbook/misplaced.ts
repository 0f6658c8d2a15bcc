import type { Fault } from './catalog.ts';
import type { Runbook } from './model.ts';
import { namesIn } from './template.ts';

/** Texts into which pages and files put values. */
const FILLED =
  /^(before|steps\.\d+\.(text|do|open|run|expect\.output|(verify|undo)\.(run|output)|branches\.\d+\.(if|says)))$/;
/** Nobody but a test reads these. */
const ASIDE = /^(tests|symptoms)\./;

/** Each {{name}} that would stay on the page as it is written: in a text that takes no values, or of no variable. */
export function misplaced(runbook: Runbook): Fault[] {
  return textsIn(runbook, []).flatMap(({ path, text }) => {
    const place = path.join('.');
    const names = ASIDE.test(place) ? [] : namesIn(text);
    if (!FILLED.test(place))
      return names.map((name) => ({ path, message: `no value is put in here: say it without {{${name}}}` }));
    return names
      .filter((name) => !runbook.variables.includes(name))
      .map((name) => ({ path, message: `{{${name}}} is not among the variables of this runbook: add it there` }));
  });
}

function textsIn(value: unknown, path: PropertyKey[]): { path: PropertyKey[]; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  const rows = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return rows.flatMap(([name, inner]) => textsIn(inner, [...path, name]));
}
