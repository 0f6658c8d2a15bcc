import { type ScriptName, type Translate, translator } from '#components/words/strings.ts';
import type { Answer, KeptSet } from '#offline/protocol.ts';
import { instantText, sizeText } from '#status/text/dates.ts';
import { askWorker } from './ask.ts';

/** `<keep-offline>`: keeps a set of pages in this browser, tells how far it is, and takes it back. */
export class KeepOffline extends HTMLElement {
  #isPressed = false;
  readonly #t: Translate<ScriptName<'offline.script.keep'>> = translator(this);

  connectedCallback(): void {
    this.#button('keep').addEventListener('click', () => this.#keep());
    this.#button('drop').addEventListener('click', () => this.#drop());
    this.addEventListener('click', ({ target }) => {
      this.#isPressed = target instanceof HTMLButtonElement;
    });
    void this.#look();
  }

  /** Shown only where there is a worker to ask. */
  async #look(): Promise<void> {
    const there = await askWorker({ do: 'tell', urls: this.#urls }, (answer) => this.#hear(answer));
    if (there) return;
    // The worker of a first visit is not there yet.
    navigator.serviceWorker?.addEventListener('controllerchange', () => this.#look(), { once: true });
  }

  async #keep(): Promise<void> {
    this.#button('keep').disabled = true;
    this.#say(this.#t('fetching'));
    const ask = { do: 'keep', name: this.#name, label: this.dataset['label'] ?? '', urls: this.#urls } as const;
    const there = await askWorker(ask, (answer) => this.#hear(answer));
    if (!there) this.#fail(this.#t('noWorker'));
  }

  async #drop(): Promise<void> {
    await askWorker({ do: 'drop', name: this.#name }, (answer) => this.#hear(answer));
  }

  #hear(answer: Answer): void {
    if (answer.is === 'progress') {
      const { done, of: count, bytes } = answer;
      this.#say(this.#t('progress', { done, count, size: sizeText(bytes) }), done % 10 === 0);
    } else if (answer.is === 'refused') this.#fail(answer.why);
    else if (answer.is === 'kept') this.#kept(answer.set);
    else if (answer.is === 'dropped') this.#offer(this.#t('removed'));
    else if (answer.is === 'standing') {
      const set = answer.sets.find(({ name }) => name === this.#name);
      this.hidden = false;
      if (set) this.#kept(set);
      else this.#offer(this.#t('takes', { size: sizeText(answer.would.bytes), count: answer.would.files }));
    }
  }

  #kept({ at, files, bytes, failed }: KeptSet): void {
    this.#button('keep').disabled = false;
    this.#button('keep').hidden = failed === 0;
    this.#button('drop').hidden = false;
    const kept = this.#t('kept', { since: instantText(at), count: files, size: sizeText(bytes) });
    this.#say(failed > 0 ? `${kept} ${this.#t('failed', { count: failed })}` : kept);
    this.#holdFocus('drop');
  }

  #offer(text: string): void {
    this.#button('keep').disabled = false;
    this.#button('keep').hidden = false;
    this.#button('drop').hidden = true;
    this.#say(text);
    this.#holdFocus('keep');
  }

  /** The button that was pressed is gone or was switched off: the focus goes to what takes it back. */
  #holdFocus(name: 'keep' | 'drop'): void {
    if (this.#isPressed && (document.activeElement ?? document.body) === document.body) this.#button(name).focus();
    this.#isPressed = false;
  }

  #fail(why: string): void {
    this.#button('keep').disabled = false;
    this.#say(why);
  }

  /** What counts up is read aloud now and then only. */
  #say(text: string, aloud = true): void {
    const shown = this.querySelector('[data-shown]');
    const said = this.querySelector('[role=status]');
    if (shown) shown.textContent = text;
    if (said && aloud) said.textContent = text;
  }

  #button(name: string): HTMLButtonElement {
    const button = this.querySelector<HTMLButtonElement>(`[data-do="${name}"]`);
    if (!button) throw new Error(`<keep-offline> has no button "${name}".`);
    return button;
  }

  get #urls(): string[] {
    return JSON.parse(this.dataset['urls'] ?? '[]');
  }

  get #name(): string {
    return this.dataset['name'] ?? '';
  }
}
