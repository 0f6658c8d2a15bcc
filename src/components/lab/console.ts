import type { Ended } from '#lab/shell.ts';
import type { Shown } from '#practice/protocol.ts';
import { find, make, sentence } from './dom.ts';
import { History } from './history.ts';
import { endText, plain } from './notes.ts';
import type { Words } from './words.ts';

/** The console: what was typed and what it printed, as text of the page. */

const FOLDED_LINES = 40;
const MOST_CHARACTERS = 200_000;
const MOST_ENTRIES = 200;
const MOST_ROWS = 8;

export interface Wants {
  run: (line: string) => void;
  stop: () => void;
}

export class Console {
  private readonly page: Document;
  private readonly list: HTMLElement;
  private readonly scroll: HTMLElement;
  private readonly form: HTMLFormElement;
  private readonly field: HTMLTextAreaElement;
  private readonly stopButton: HTMLButtonElement;
  private readonly runButton: HTMLButtonElement;
  private readonly cwd: HTMLElement;
  private readonly history = new History();
  private readonly t: Words;

  constructor(place: HTMLElement, wants: Wants, t: Words) {
    this.t = t;
    this.page = place.ownerDocument;
    this.list = find(place, '[data-log]', HTMLElement);
    this.scroll = find(place, '[data-scroll]', HTMLElement);
    this.form = find(place, '[data-line]', HTMLFormElement);
    this.field = find(place, '[data-field]', HTMLTextAreaElement);
    this.stopButton = find(place, '[data-stop]', HTMLButtonElement);
    this.runButton = find(place, '[data-run]', HTMLButtonElement);
    this.cwd = find(place, '[data-cwd]', HTMLElement);
    const submit = () => {
      const line = this.field.value;
      if (line.trim() === '' || this.runButton.disabled) return;
      this.write('');
      if (line.trim() === 'clear') this.clear();
      else if (line.trim() === 'help') this.help(line);
      else wants.run(line);
    };
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      submit();
    });
    this.field.addEventListener('input', () => this.fit());
    this.field.addEventListener('keydown', (event) => this.key(event, submit, wants.stop));
    this.stopButton.addEventListener('click', () => {
      wants.stop();
      this.field.focus();
    });
  }

  private key(event: KeyboardEvent, submit: () => void, stop: () => void): void {
    const { key, ctrlKey, shiftKey, isComposing } = event;
    if (isComposing) return;
    if (key === 'Enter' && !shiftKey) submit();
    else if (ctrlKey && key === 'l') this.clear();
    // With text selected it is the copy that everybody knows.
    else if (ctrlKey && key === 'c' && this.field.selectionStart === this.field.selectionEnd) {
      if (this.runButton.disabled) stop();
      else this.write('');
    } else if (key === 'ArrowUp' && this.isAtEdge('before')) this.recall(this.history.back(this.field.value));
    else if (key === 'ArrowDown' && this.isAtEdge('after')) this.recall(this.history.on());
    else return;
    event.preventDefault();
  }

  /** In a text of several lines the arrows move within it first. */
  private isAtEdge(side: 'before' | 'after'): boolean {
    const { value, selectionStart, selectionEnd } = this.field;
    const rest = side === 'before' ? value.slice(0, selectionStart) : value.slice(selectionEnd);
    return !rest.includes('\n');
  }

  private recall(line: string | null): void {
    if (line === null) return;
    this.write(line);
    this.field.setSelectionRange(line.length, line.length);
  }

  private write(line: string): void {
    this.field.value = line;
    this.fit();
  }

  /** As many rows as the text takes, wrapped lines among them; beyond eight it scrolls. */
  private fit(): void {
    const { field } = this;
    const before = field.rows;
    field.rows = Math.min(MOST_ROWS, field.value.split('\n').length);
    while (field.rows < MOST_ROWS && field.scrollHeight > field.clientHeight) field.rows += 1;
    if (field.rows > before && this.page.activeElement === field) this.form.scrollIntoView({ block: 'nearest' });
  }

  /** To the line to type, with as much of what was printed as there is room for. */
  lead(): void {
    this.field.focus({ preventScroll: true });
    this.form.scrollIntoView({ block: 'end' });
  }

  focus(): void {
    this.field.focus();
  }

  /** While a line runs, no other can be started, and it can be stopped. */
  busy(isBusy: boolean): void {
    this.runButton.disabled = isBusy;
    this.runButton.hidden = isBusy;
    this.stopButton.hidden = !isBusy;
    this.scroll.toggleAttribute('data-busy', isBusy);
  }

  prompt(cwd: string): void {
    this.cwd.textContent = cwd;
  }

  clear(): void {
    this.list.replaceChildren();
  }

  /** A line that begins; give its end what it printed. */
  begin({ line, cwd }: Pick<Shown, 'line' | 'cwd'>): (ended: Ended) => void {
    this.history.add(line);
    const entry = make(this.page, 'li');
    const prompt = make(this.page, 'span', { class: 'lab-prompt' }, `${cwd} $ `);
    entry.append(make(this.page, 'div', { class: 'lab-typed' }, prompt, make(this.page, 'code', {}, line.trimEnd())));
    this.add(entry);
    return (ended) => {
      this.print(entry, ended.stdout, 'lab-out');
      this.print(entry, ended.stderr, 'lab-err');
      entry.toggleAttribute('data-failed', ended.exitCode !== 0);
      const words = endText(this.t, line, ended);
      if (words) entry.append(make(this.page, 'div', { class: 'lab-code' }, words));
      this.toEnd();
    };
  }

  private help(line: string): void {
    this.begin({ line, cwd: this.cwd.textContent ?? '' });
    this.say(this.t('help'));
  }

  /** A sentence of the page itself; backticks mark code. */
  say(words: string): void {
    this.add(make(this.page, 'li', { class: 'lab-said' }, ...sentence(this.page, words)));
  }

  private add(entry: HTMLElement): void {
    this.list.append(entry);
    while (this.list.childElementCount > MOST_ENTRIES) this.list.firstElementChild?.remove();
    this.toEnd();
  }

  private toEnd(): void {
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  private print(entry: HTMLElement, text: string, kind: string): void {
    const all = plain(text.slice(0, MOST_CHARACTERS)).replace(/\n$/, '');
    if (all === '') return;
    const lines = all.split('\n');
    const isLong = lines.length > FOLDED_LINES + 5;
    const pre = make(this.page, 'pre', { class: kind }, isLong ? lines.slice(0, FOLDED_LINES).join('\n') : all);
    entry.append(pre);
    if (isLong) {
      const words = this.t('showAll', { count: lines.length });
      const more = make(this.page, 'button', { type: 'button', class: 'lab-more' }, words);
      more.addEventListener('click', () => {
        pre.textContent = all;
        this.scroll.focus();
        more.remove();
      });
      entry.append(more);
    }
    if (text.length > MOST_CHARACTERS) entry.append(make(this.page, 'div', { class: 'lab-code' }, this.t('tooLong')));
  }
}
