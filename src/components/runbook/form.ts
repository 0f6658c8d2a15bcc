import { quoted } from '#runbook/export/quote.ts';
import type { PageData } from './data.ts';
import { faultOf, type HeldValues } from './values.ts';

/** The fields of a page, and the places where their values stand. */

type Field = PageData['fields'][number];
type Input = HTMLInputElement | HTMLSelectElement;

const inputOf = (page: Document, name: string): Input | null => page.querySelector<Input>(`#value-${CSS.escape(name)}`);

/** Calls back with name and value at each change of a field. */
export function listen(page: Document, fields: readonly Field[], changed: (name: string, value: string) => void): void {
  for (const { name } of fields) {
    const input = inputOf(page, name);
    input?.addEventListener('input', () => changed(name, input.value));
  }
}

/** What is said below a field. */
interface Said {
  /** Of what came by a link. */
  check: string;
  /** Of a preset. */
  usual: string;
}

/** Writes the values into the fields, and what is to be said of each below it. */
export function showFields(page: Document, fields: readonly Field[], held: HeldValues, said: Said): void {
  for (const field of fields) {
    const { value = '', isPending = false } = held[field.name] ?? {};
    const input = inputOf(page, field.name);
    if (input && input.value !== value) input.value = value;
    const fault = value === '' ? null : faultOf(field, value);
    const calm = value !== '' && value === field.preset ? said.usual : '';
    sayOf(page, field, isPending ? said.check : (fault ?? calm), fault !== null, isPending);
  }
}

/** The field that is to be filled in next: the first that cannot be used as it stands, or the first of all. */
export function nextField(page: Document, fields: readonly Field[], held: HeldValues): HTMLElement | null {
  const open = fields.find((field) => faultOf(field, held[field.name]?.value ?? '') !== null) ?? fields[0];
  return open ? inputOf(page, open.name) : null;
}

/** Says below a field why nothing is copied, and leads there. */
export function leadTo(page: Document, field: Field, why: string): void {
  sayOf(page, field, why, true, false);
  inputOf(page, field.name)?.focus();
}

function sayOf(page: Document, { name }: Field, text: string, isWrong: boolean, isPending: boolean): void {
  const row = page.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
  const hint = row?.querySelector<HTMLElement>('[data-hint]');
  const accept = row?.querySelector<HTMLElement>('[data-accept]');
  if (!row || !hint || !accept) return;
  if (hint.textContent !== text) hint.textContent = text;
  row.toggleAttribute('data-wrong', isWrong);
  row.toggleAttribute('data-pending', isPending);
  accept.hidden = !isPending;
  if (isWrong) inputOf(page, name)?.setAttribute('aria-invalid', 'true');
  else inputOf(page, name)?.removeAttribute('aria-invalid');
}

/** Puts the values where they belong in commands, texts and addresses: as text, never as markup. */
export function fillIn(page: Document, fields: readonly Field[], held: HeldValues): void {
  for (const field of fields) {
    const { value = '', isPending = false } = held[field.name] ?? {};
    const isFit = value !== '' && faultOf(field, value) === null;
    // One that may stay empty is left out of a command, as it is when it is copied.
    const shown = isFit || (value === '' && field.isOptional) ? value : field.example;
    for (const place of page.querySelectorAll<HTMLElement>(`[data-var="${CSS.escape(field.name)}"]`)) {
      place.textContent = place.hasAttribute('data-quoted') ? quoted(shown) : shown;
      place.toggleAttribute('data-filled', isFit && !isPending);
      place.toggleAttribute('data-pending', isFit && isPending);
    }
  }
}
