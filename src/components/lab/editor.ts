import { find, make } from './dom.ts';
import type { Words } from './words.ts';

/** The editor of texts: a plain box, saved by a button, with what is wrong in words beside it. */

export interface Texts {
  files: () => Promise<string[]>;
  read: (path: string) => Promise<string | null>;
  /** What is wrong with a text; null where nothing is. */
  proof: (path: string, text: string) => Promise<string | null>;
  write: (path: string, text: string) => Promise<void>;
}

/** After so long without a key the text is looked at. */
const PAUSE_MS = 400;

export class Editor {
  private readonly page: Document;
  private readonly none: HTMLElement;
  private readonly some: HTMLElement;
  private readonly choice: HTMLSelectElement;
  private readonly text: HTMLTextAreaElement;
  private readonly fault: HTMLElement;
  private readonly saved: HTMLElement;
  private readonly texts: Texts;
  private readonly t: Words;
  private path: string | null = null;
  /** The file that the open step is about, until it was shown. */
  private wanted: string | null = null;
  /** The text as it lies in the home. */
  private kept = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(place: HTMLElement, texts: Texts, t: Words) {
    this.t = t;
    this.page = place.ownerDocument;
    this.texts = texts;
    this.none = find(place, '[data-no-files]', HTMLElement);
    this.some = find(place, '[data-some-files]', HTMLElement);
    this.choice = find(place, '[data-file]', HTMLSelectElement);
    this.text = find(place, '[data-text]', HTMLTextAreaElement);
    this.fault = find(place, '[data-fault]', HTMLElement);
    this.saved = find(place, '[data-saved]', HTMLElement);
    this.choice.addEventListener('change', () => void this.choose(this.choice.value));
    this.text.addEventListener('input', () => {
      this.mark();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.look(), PAUSE_MS);
    });
    find(place, '[data-save]', HTMLButtonElement).addEventListener('click', () => void this.save());
    this.text.addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return;
      event.preventDefault();
      void this.save();
    });
  }

  /** The path of a text that is written and not saved; null where there is none. */
  get unsaved(): string | null {
    return this.isChanged ? this.path : null;
  }

  private get isChanged(): boolean {
    return this.path !== null && this.text.value !== this.kept;
  }

  /** Shows a file as soon as it is there, unless the reader has a text of another that is not saved. */
  async lead(path: string): Promise<void> {
    this.wanted = path;
    await this.refresh();
  }

  /** What a command has changed is shown; what the reader has written is not touched. */
  async refresh(): Promise<void> {
    const paths = await this.texts.files();
    this.none.hidden = paths.length > 0;
    this.some.hidden = paths.length === 0;
    const listed = [...this.choice.options].map(({ value }) => value);
    if (paths.join('\n') !== listed.join('\n'))
      this.choice.replaceChildren(...paths.map((path) => make(this.page, 'option', { value: path }, path)));
    if (this.isChanged && this.path !== null && paths.includes(this.path)) {
      this.choice.value = this.path;
      return;
    }
    const path = [this.wanted, this.path].find((one) => one !== null && paths.includes(one)) ?? paths[0] ?? null;
    if (path !== null) await this.load(path);
    if (path === this.wanted) this.wanted = null;
  }

  private async choose(path: string): Promise<void> {
    // Leaving a text that is not saved would lose it.
    if (this.isChanged) await this.save();
    this.wanted = null;
    await this.load(path);
  }

  private async load(path: string): Promise<void> {
    const text = await this.fetched(path);
    if (path === this.path && this.isChanged) return;
    const isOther = path !== this.path || text !== this.kept;
    this.path = path;
    this.kept = text;
    this.choice.value = path;
    if (isOther) this.text.value = text;
    this.saved.textContent = '';
    await this.look();
  }

  /** Nothing is typed into a text while another is fetched: it would be lost. */
  private async fetched(path: string): Promise<string> {
    this.text.readOnly = path !== this.path;
    try {
      return (await this.texts.read(path)) ?? '';
    } finally {
      this.text.readOnly = false;
    }
  }

  private mark(): void {
    this.saved.textContent = this.isChanged ? this.t('notSaved') : '';
  }

  private async look(): Promise<void> {
    if (this.path === null) return;
    const fault = await this.texts.proof(this.path, this.text.value);
    if (this.fault.textContent !== (fault ?? '')) this.fault.textContent = fault ?? '';
    if (fault === null) this.text.removeAttribute('aria-invalid');
    else this.text.setAttribute('aria-invalid', 'true');
  }

  private async save(): Promise<void> {
    const { path } = this;
    if (path === null) return;
    const text = this.text.value;
    this.wanted = null;
    clearTimeout(this.timer);
    await this.texts.write(path, text);
    this.kept = text;
    await this.look();
    this.saved.textContent = this.t(this.fault.textContent ? 'savedWithFault' : 'saved', { path });
  }

  /** Forgets what stands in it: a lab begins anew. */
  reset(): void {
    this.path = null;
    this.wanted = null;
    this.kept = '';
    this.text.value = '';
    this.saved.textContent = '';
  }
}
