import { type ScriptName, type Translate, translator } from '#components/words/strings.ts';

/** The list of runbooks with a filter over it: what does not fit is hidden, and how many fit is said. */
export class RunbookList extends HTMLElement {
  readonly #t: Translate<ScriptName<'runbook.script.list'>> = translator(this);

  connectedCallback(): void {
    const form = this.querySelector('form');
    if (!form) return;
    form.hidden = false;
    form.addEventListener('input', () => this.#apply(new FormData(form)));
    form.addEventListener('submit', (event) => event.preventDefault());
    // A browser that comes back to the page may have kept what was chosen.
    this.#apply(new FormData(form));
  }

  #apply(chosen: FormData): void {
    const asked = (name: string) => String(chosen.get(name) ?? '').toLowerCase();
    const words = asked('text').split(/\s+/).filter(Boolean);
    const rows = [...this.querySelectorAll<HTMLElement>('li')];
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const fits = (name: string) => asked(name) === '' || (row.dataset[name] ?? '').split(' ').includes(asked(name));
      row.hidden = !(words.every((word) => text.includes(word)) && ['component', 'tool', 'state'].every(fits));
    }
    for (const part of this.querySelectorAll<HTMLElement>('[data-part]'))
      part.hidden = part.querySelector('li:not([hidden])') === null;
    const shown = rows.filter(({ hidden }) => !hidden).length;
    const count = this.querySelector('[data-count]');
    const text = this.#t(shown === rows.length ? 'all' : 'some', { shown, count: rows.length });
    if (count && count.textContent !== text) count.textContent = text;
  }
}
