import { quoted } from '#runbook/export/quote.ts';
import { fill } from '#runbook/template.ts';
import { refusal } from '#runbook/value.ts';
import type { PageData } from './data.ts';

/** What a reader has filled in, and what keeps a command from being copied. */

export interface Held {
  value: string;
  /** It came by a link, and the reader has not said that it is right. */
  isPending: boolean;
}
export type HeldValues = Record<string, Held>;
type Fields = PageData['fields'];
type Texts = Readonly<Record<string, string>>;

/** A link's values over those kept in this visit over presets. What one has kept needs no second look. */
export function begin(fields: Fields, kept: Texts, linked: Texts): HeldValues {
  return Object.fromEntries(
    fields.map((field) => {
      const own = kept[field.name];
      const mine = own !== undefined && refusal(field, own) === null ? own : field.preset;
      const theirs = linked[field.name];
      return [field.name, { value: theirs ?? mine, isPending: theirs !== undefined && theirs !== mine }];
    }),
  );
}

/** Values of which the reader has said, or need not say, that they are right. */
export function settled(held: HeldValues): Record<string, string> {
  return Object.fromEntries(Object.entries(held).flatMap(([name, one]) => (one.isPending ? [] : [[name, one.value]])));
}

/** What is wrong with a value: null where it may be used. */
export function faultOf(field: Fields[number], value: string): string | null {
  return value === '' && field.isOptional ? null : refusal(field, value);
}

/** The first of these variables that cannot be used as it stands; null where all can. */
export function obstacle(
  fields: Fields,
  held: HeldValues,
  names: readonly string[],
): { name: string; why: string } | null {
  for (const field of fields) {
    const why = names.includes(field.name) ? faultOf(field, held[field.name]?.value ?? '') : null;
    if (why !== null) return { name: field.name, why };
  }
  return null;
}

/** The text with its values, ready to be pasted; a free text is quoted. Throws where obstacle() would have said why. */
export function ready(text: string, uses: readonly string[], fields: Fields, held: HeldValues): string {
  const found = obstacle(fields, held, uses);
  if (found) throw new Error(`"${found.name}" cannot be used: ${found.why}`);
  const values = settled(held);
  for (const { name, env } of fields) if (env !== null && values[name]) values[name] = quoted(values[name]);
  const open = uses.find((name) => values[name] === undefined);
  if (open !== undefined) throw new Error(`"${open}" has no value that may be used.`);
  return fill(text, values);
}
