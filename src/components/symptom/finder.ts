import { type ScriptName, type Translate, translator } from '#components/words/strings.ts';
import { cluesIn } from '#runbook/clues.ts';
import { fragmentOf } from '#runbook/link.ts';
import { type Entry, type Match, rank } from '#runbook/symptom.ts';
import type { Variables } from '#runbook/variable.ts';

interface Index {
  runbooks: Entry[];
  variables: Variables;
}

const SHOWN = 5;
const SHOWN_LINES = 3;
const PAUSE_MS = 150;

/** The field, the matching, and the list of runbooks. */
export class SymptomFinder extends HTMLElement {
  #index: Promise<Index> | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #field = part(this, 'textarea', HTMLTextAreaElement);
  #status = part(this, '[role=status]', HTMLElement);
  #list = part(this, 'ol', HTMLOListElement);
  #clear = part(this, '[data-clear]', HTMLButtonElement);
  readonly #t: Translate<ScriptName<'symptom.script'>> = translator(this);

  connectedCallback(): void {
    const file = part(this, '[data-file]', HTMLButtonElement);
    const input = part(this, 'input', HTMLInputElement);
    this.#field.disabled = false;
    file.hidden = false;
    this.#field.addEventListener('input', () => this.#later());
    this.#field.addEventListener('focus', () => void this.#load().catch(() => undefined));
    this.#clear.addEventListener('click', () => this.#put(''));
    file.addEventListener('click', () => input.click());
    input.addEventListener('change', async () => {
      const [chosen] = input.files ?? [];
      if (chosen) this.#put(await chosen.text());
      input.value = '';
    });
    // A browser that comes back to the page may have kept the text.
    if (this.#field.value) this.#later();
  }

  #put(text: string): void {
    this.#field.value = text.slice(0, this.#field.maxLength);
    this.#field.focus();
    this.#later();
  }

  #later(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      this.#find().catch(() => this.#show([], this.#t('failed')));
    }, PAUSE_MS);
  }

  #load(): Promise<Index> {
    this.#index ??= fetch(this.dataset['index'] ?? '').then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.json();
    });
    this.#index.catch(() => {
      this.#index = undefined;
    });
    return this.#index;
  }

  async #find(): Promise<void> {
    const text = this.#field.value;
    this.#clear.hidden = text === '';
    if (text.trim() === '') return this.#show([], '');
    const { runbooks, variables } = await this.#load();
    const matches = rank(text, runbooks);
    const fragment = fragmentOf(cluesIn(text, variables), variables);
    this.#show(
      matches.slice(0, SHOWN).map((match) => this.#item(match, fragment)),
      matches.length === 0 ? this.#t('none') : this.#t('found', { count: matches.length }),
    );
  }

  #item({ entry, lines }: Match, fragment: string): HTMLLIElement {
    const href = `${this.dataset['runbooks']}${entry.id}/${fragment}`;
    const link = Object.assign(document.createElement('a'), { href, textContent: entry.title });
    const summary = Object.assign(document.createElement('p'), { textContent: entry.summary });
    const shown = lines.slice(0, SHOWN_LINES);
    const where = shown.map(({ number, text }) => `${number}: ${text.trim()}`).join('\n');
    const why = Object.assign(document.createElement('pre'), { textContent: where });
    const label = Object.assign(document.createElement('small'), {
      textContent: this.#t('because', { count: shown.length }),
    });
    const row = document.createElement('li');
    row.append(link, summary, label, why);
    return row;
  }

  #show(items: HTMLLIElement[], text: string): void {
    this.#list.replaceChildren(...items);
    this.#status.textContent = text;
  }
}

function part<E extends Element>(host: Element, selector: string, kind: new () => E): E {
  const found = host.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`<symptom-finder> has no ${selector}.`);
  return found;
}
