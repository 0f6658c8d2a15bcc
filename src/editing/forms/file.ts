import { parse, stringify } from 'yaml';
import { rewrite } from '../yaml/rewrite.ts';
import { isRecord } from '../yaml/same.ts';
import { fromForm, toForm } from './convert.ts';
import type { Shape } from './shape.ts';

/** Between the text of a file and the fields of a form. */

/** The hidden field in which a form carries the text that it was made of: saving changes only the lines that differ. */
export const BEFORE = '_before';
/** The field in which a file stands whose topmost level is a list, or a set of names. */
export const ALL = 'entries';

type Form = Record<string, unknown>;

/** A file of YAML as a form; throws where it is no YAML. */
export function openYaml(shape: Shape, text: string): Form {
  return { ...formOf(shape, parse(text)), [BEFORE]: ended(text) };
}

/** The text to be written for a form. */
export function saveYaml(shape: Shape, form: Form): string {
  const before = textOf(form);
  const value = savedOf(shape, form, before === '' ? undefined : parse(before));
  return before === '' ? stringify(value, { lineWidth: 0 }) : rewrite(before, value);
}

const HEAD = /^---\n([\s\S]*?\n)---[ \t]*(?:\n|$)/;

/** A page of prose as a form: its front matter, and `body`. */
export function openPage(shape: Shape, text: string): Form {
  const whole = ended(text);
  const [fence = '', head = ''] = HEAD.exec(whole) ?? [];
  return { ...formOf(shape, parse(head) ?? {}), body: bodyOf(whole, fence), [BEFORE]: whole };
}

/** The text of the page to be written for a form. */
export function savePage(shape: Shape, form: Form): string {
  const before = textOf(form);
  const [fence = '', head = ''] = HEAD.exec(before) ?? [];
  const value = savedOf(shape, form, before === '' ? undefined : (parse(head) ?? {}));
  const written = before === '' ? stringify(value, { lineWidth: 0 }) : rewrite(head, value);
  const body = String(form['body'] ?? '').replace(/\r\n?/g, '\n');
  const tail = fence !== '' && body === bodyOf(before, fence) ? before.slice(fence.length) : `\n${body.trim()}\n`;
  return `---\n${written}---\n${tail}`;
}

const bodyOf = (text: string, fence: string): string => text.slice(fence.length).trim();
const ended = (text: string): string => `${text.trimEnd()}\n`;
const textOf = (form: Form): string => {
  const before = form[BEFORE];
  return typeof before === 'string' ? before : '';
};

function formOf(shape: Shape, value: unknown): Form {
  const form = toForm(shape, value);
  return hasFields(shape) && isRecord(form) ? form : { [ALL]: form };
}

const savedOf = (shape: Shape, form: Form, before: unknown): unknown =>
  fromForm({ ...shape, optional: false }, hasFields(shape) ? form : form[ALL], before);

/** Whether the topmost level of a file is what the form has as its fields: those of one kind, or of one of several. */
const hasFields = ({ kind }: Shape): boolean => kind === 'object' || kind === 'choice';
