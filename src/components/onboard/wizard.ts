import { say } from '#components/runbook/say.ts';
import { translator } from '#components/words/strings.ts';
import { type Answers, EXAMPLE } from '#onboard/answers.ts';
import { answersOf, fragmentOf } from '#onboard/link.ts';
import { ASKED } from '#onboard/questions.ts';
import { fillForm, readForm, showFaults } from './form.ts';
import type { Words, Work } from './work.ts';

const PAUSE_MS = 200;

/** Form, files and what is said of them. What writes and checks the files is loaded with the first answer. */
export class OnboardWizard extends HTMLElement {
  readonly #t: Words = translator(this);
  #form = part(this, 'form', HTMLFormElement);
  #base: Answers = { ...EXAMPLE, digest: this.dataset['digest'] ?? '' };
  #pause: ReturnType<typeof setTimeout> | undefined;
  #work: Promise<Work> | undefined;

  connectedCallback(): void {
    this.#form.addEventListener('input', () => this.#later());
    this.#form.addEventListener('submit', (event) => event.preventDefault());
    this.#form.addEventListener('reset', (event) => {
      event.preventDefault();
      fillForm(this.#form, this.#base);
      this.#later();
    });
    this.addEventListener('click', (event) => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (button) void this.#press(button);
    });
    window.addEventListener('hashchange', () => {
      this.#fromLink();
      // A jump to a heading shall not take the answers out of the address.
      if (!location.hash.includes('=') && fragmentOf(this.#answers(), this.#base) !== '') this.#keep();
    });
    this.#fromLink();
    showFaults(this.#form, this.#answers());
  }

  #answers(): Answers {
    return readForm(this.#form, this.#base);
  }

  /** An address that only names a heading holds no answers. */
  #fromLink(): void {
    if (!location.hash.includes('=')) return;
    const answers = answersOf(location.hash, this.#base);
    if (fragmentOf(answers, this.#base) === fragmentOf(this.#answers(), this.#base)) return;
    fillForm(this.#form, answers);
    part(this, '[data-from-link]', HTMLElement).hidden = false;
    void this.#draw();
  }

  /** Of this page with the answers as they stand now. */
  #address(): string {
    const { origin, pathname, search } = location;
    return origin + pathname + search + fragmentOf(this.#answers(), this.#base);
  }

  #keep(): void {
    history.replaceState(history.state, '', this.#address());
  }

  #later(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.#draw(), PAUSE_MS);
  }

  async #draw(): Promise<void> {
    const answers = this.#answers();
    const faults = showFaults(this.#form, answers);
    this.#keep();
    const wrong = ASKED.flatMap(({ name, label }) => (faults[name] ? [`${label}: ${faults[name]}`] : []));
    try {
      const work = await this.#load();
      if (wrong.length > 0) work.refuse(wrong);
      else await work.draw(answers);
    } catch {
      this.#work = undefined;
      say(this.ownerDocument, this.#t('failed'));
    }
  }

  #load(): Promise<Work> {
    this.#work ??= import('./work.ts').then(({ startWork }) => startWork(this, this.#t));
    return this.#work;
  }

  async #press(button: HTMLButtonElement): Promise<void> {
    const { dataset } = button;
    const what = dataset['what'] ?? '';
    if ('share' in dataset) return this.#copy(this.#address(), what);
    const holder = button.closest('[data-file], [data-command]');
    if ('copy' in dataset) return this.#copy(textOf(holder), what);
    if (!('download' in dataset || 'tar' in dataset || 'objects' in dataset)) return;
    const work = await this.#load();
    if ('tar' in dataset) await work.downloadAll(this.#answers());
    else if ('objects' in dataset) work.downloadObjects(this.#answers());
    else work.download(holder?.querySelector('[data-part=path]')?.textContent ?? '', textOf(holder));
  }

  async #copy(text: string, what: string): Promise<void> {
    const done = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    say(this.ownerDocument, done ? this.#t('copied', { what }) : this.#t('notCopied'));
  }
}

/** What stands in the lines of a file, or in a command. */
const textOf = (holder: Element | null): string =>
  [...(holder?.querySelectorAll('pre') ?? [])].map(({ textContent }) => textContent ?? '').join('');

function part<E extends Element>(host: Element, selector: string, kind: new () => E): E {
  const found = host.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`<onboard-wizard> has no ${selector}.`);
  return found;
}
