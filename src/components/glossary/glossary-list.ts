import { type ScriptName, type Translate, translator } from '#components/words/strings.ts';

/** `<glossary-list>`: shows only the words that hold what was typed. */
export class GlossaryList extends HTMLElement {
  readonly #t: Translate<ScriptName<'glossary.script'>> = translator(this);

  connectedCallback(): void {
    const box = this.querySelector<HTMLElement>('.filter');
    const input = this.querySelector('input');
    if (!box || !input) return;
    box.hidden = false;
    input.addEventListener('input', () => this.#narrow(input.value.trim().toLowerCase()));
    // A link to a word that is filtered away must find it.
    window.addEventListener('hashchange', () => {
      if (input.value === '') return;
      input.value = '';
      this.#narrow('');
      document.getElementById(window.location.hash.slice(1))?.scrollIntoView();
    });
  }

  #narrow(wanted: string): void {
    let found = 0;
    for (const term of this.querySelectorAll<HTMLElement>('[data-find]')) {
      term.hidden = !(term.dataset['find'] ?? '').includes(wanted);
      if (!term.hidden) found += 1;
    }
    for (const part of this.querySelectorAll<HTMLElement>('[data-letter]'))
      part.hidden = part.querySelector('[data-find]:not([hidden])') === null;
    const said = this.querySelector('[role=status]');
    if (said) said.textContent = wanted === '' ? '' : this.#t('found', { count: found });
  }
}
