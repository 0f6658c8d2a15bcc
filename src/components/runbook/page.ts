import { type ScriptName, type Translate, translator } from '#components/words/strings.ts';
import { fragmentOf, valuesOf } from '#runbook/link.ts';
import { fill } from '#runbook/template.ts';
import { takeAlong } from './along.ts';
import type { PageData } from './data.ts';
import { fillIn, leadTo, listen, nextField, showFields } from './form.ts';
import { forget, keep, keptValues } from './kept.ts';
import { type Origin, originOf } from './origin.ts';
import { say } from './say.ts';
import { begin, faultOf, type HeldValues, obstacle, ready, settled } from './values.ts';

/** The page of a runbook at work: fields fill commands, and nothing half-filled or unread gets into the clipboard. */
export class RunbookPage {
  readonly page: Document;
  readonly window: Window;
  readonly data: PageData;
  readonly t: Translate<ScriptName<'runbook.script.page'>>;
  readonly origin: Origin;
  held: HeldValues = {};
  /** The button that could not copy, to which a reader goes back when it can. */
  private waiting: HTMLElement | null = null;

  constructor(page: Document, window: Window, data: PageData, host: HTMLElement) {
    this.page = page;
    this.window = window;
    this.data = data;
    this.t = translator(host);
    this.origin = originOf(page.referrer, window.location);
    this.begin();
    listen(page, data.fields, (name, value) => this.change(name, value));
    window.addEventListener('hashchange', () => {
      if (window.location.hash.startsWith('#v=')) this.begin();
    });
    this.on('[data-accept-all]', () => this.accept(() => true));
    this.on('[data-drop-all]', () => this.drop());
    this.on('[data-forget]', () => this.forget());
    this.on('[data-share]', () => this.share());
    this.on('[data-print]', () => window.print());
    this.on('[data-accept]', (button) => {
      const name = button.closest<HTMLElement>('[data-field]')?.dataset['field'];
      this.accept((one) => one === name);
    });
    this.on('[data-copies]:not([data-copies="all"])', (button) => this.copyCommand(button));
    const form = page.querySelector<HTMLFormElement>('#values');
    form?.addEventListener('submit', (event) => event.preventDefault());
    form?.addEventListener('keydown', ({ key, target }) => {
      if (key === 'Enter' && target instanceof HTMLInputElement) this.goBack();
    });
    takeAlong(this);
  }

  /** Calls `act` for a press of each of these buttons. */
  on(selector: string, act: (button: HTMLElement) => void): void {
    for (const button of this.page.querySelectorAll<HTMLElement>(selector))
      button.addEventListener('click', () => act(button));
  }

  /** The values by which files and issues are written. */
  readonly values = (): Record<string, string> => settled(this.held);

  private begin(): void {
    const byName = Object.fromEntries(this.data.fields.map((field) => [field.name, field]));
    const { hash } = this.window.location;
    const { values, dropped } = hash.startsWith('#v=') ? valuesOf(hash, byName) : { values: {}, dropped: [] };
    this.held = begin(this.data.fields, { ...keptValues(this.window), ...this.typed() }, values);
    this.sayDropped(dropped);
    this.show();
  }

  /** What has been written on this page so far, for a link that comes in later. */
  private typed(): Record<string, string> {
    return Object.fromEntries(Object.entries(settled(this.held)).filter(([, value]) => value !== ''));
  }

  private sayDropped(dropped: readonly string[]): void {
    const place = this.page.querySelector<HTMLElement>('#link-dropped');
    if (!place) return;
    const names = dropped.map((name) => (/^[a-z0-9-]+$/.test(name) ? name : this.t('noName')));
    place.hidden = names.length === 0;
    place.textContent = this.t('dropped', { names: names.join(', ') });
  }

  private show(): void {
    const said = { check: this.t(`check.${this.origin}`), usual: this.t('usual') };
    showFields(this.page, this.data.fields, this.held, said);
    fillIn(this.page, this.data.fields, this.held);
    for (const place of this.page.querySelectorAll<HTMLAnchorElement>('[data-href]'))
      place.href = fill(place.dataset['href'] ?? '', { ...this.examples(), ...this.fit() });
    const notice = this.page.querySelector<HTMLElement>('#link-notice');
    if (notice) notice.hidden = !this.isPending();
    const why = notice?.querySelector<HTMLElement>('[data-link-why]');
    if (why) why.textContent = this.t(`notice.${this.origin}`);
  }

  /** To the button that could not copy, or on to the next field: what was pressed is gone. */
  private goBack(): void {
    const [back, next] = [this.waiting, nextField(this.page, this.data.fields, this.held)];
    this.waiting = null;
    (back ?? next)?.focus();
  }

  private examples(): Record<string, string> {
    return Object.fromEntries(this.data.fields.map(({ name, example }) => [name, example]));
  }

  private fit(): Record<string, string> {
    const usable = this.data.fields.filter((field) => faultOf(field, this.held[field.name]?.value || '-') === null);
    const values = this.values();
    return Object.fromEntries(usable.flatMap(({ name }) => (values[name] ? [[name, values[name]]] : [])));
  }

  private isPending(): boolean {
    return Object.values(this.held).some(({ isPending }) => isPending);
  }

  private change(name: string, value: string): void {
    this.held[name] = { value, isPending: false };
    this.kept();
  }

  private accept(which: (name: string) => boolean): void {
    for (const [name, one] of Object.entries(this.held))
      if (which(name)) this.held[name] = { ...one, isPending: false };
    this.kept();
    if (this.isPending()) return;
    say(this.page, this.t('taken'));
    this.goBack();
  }

  /** Back to what was there without the link. */
  private drop(): void {
    this.withoutLink();
    this.held = begin(this.data.fields, keptValues(this.window), {});
    this.show();
    say(this.page, this.t('leftOut'));
    this.goBack();
  }

  private forget(): void {
    forget(this.window);
    this.withoutLink();
    this.held = begin(this.data.fields, {}, {});
    this.show();
    say(this.page, this.t('forgotten'));
  }

  private kept(): void {
    const fit = this.data.fields.filter(({ name }) => this.held[name] && !this.held[name].isPending);
    const values = fit.map((field) => {
      const value = this.held[field.name]?.value ?? '';
      return [field.name, value === '' || faultOf(field, value) !== null ? '' : value];
    });
    keep(this.window, Object.fromEntries(values));
    if (!this.isPending()) this.withoutLink();
    this.show();
  }

  /** The address no longer asks for what has been decided. */
  private withoutLink(): void {
    const { hash, pathname, search } = this.window.location;
    if (hash.startsWith('#v=')) this.window.history.replaceState(null, '', pathname + search);
  }

  /** True where nothing may be copied; the reader is told why, led there, and then back to what was `pressed`. */
  refuses(names: readonly string[], pressed: HTMLElement | null): boolean {
    if (this.isPending()) {
      this.waiting = pressed;
      this.page.querySelector<HTMLElement>('#link-notice')?.focus();
      say(this.page, this.t('decideFirst'));
      return true;
    }
    const found = obstacle(this.data.fields, this.held, names);
    const field = this.data.fields.find(({ name }) => name === found?.name);
    if (!found || !field) return false;
    this.waiting = pressed;
    leadTo(this.page, field, this.t('needed', { why: found.why }));
    say(this.page, this.t('notReady', { label: field.label, why: found.why }));
    return true;
  }

  private async copyCommand(button: HTMLElement): Promise<void> {
    const command = this.data.commands[button.dataset['copies'] ?? ''];
    if (!command || this.refuses(command.uses, button)) return;
    await this.copy(ready(command.text, command.uses, this.data.fields, this.held), button);
  }

  /** Puts a text into the clipboard and says so. */
  async copy(text: string, button: HTMLElement): Promise<void> {
    const { clipboard } = this.window.navigator;
    const done = clipboard
      ? await clipboard.writeText(text).then(
          () => true,
          () => false,
        )
      : false;
    button.toggleAttribute('data-done', done);
    setTimeout(() => button.removeAttribute('data-done'), 2_000);
    say(this.page, done ? this.t('copied', { what: button.dataset['what'] ?? '' }) : this.t('notCopied'));
  }

  private share(): void {
    const button = this.page.querySelector<HTMLElement>('[data-share]');
    if (this.isPending()) {
      this.refuses([], button);
      return;
    }
    const byName = Object.fromEntries(this.data.fields.map((field) => [field.name, field]));
    const { origin, pathname } = this.window.location;
    if (button) void this.copy(origin + pathname + fragmentOf(this.values(), byName), button);
  }
}

/** Starts the page of a runbook; does nothing on another. */
export function startRunbook(page: Document): void {
  const text = page.querySelector('#runbook-data')?.textContent;
  const host = page.querySelector<HTMLElement>('.rb');
  if (text && host && page.defaultView) new RunbookPage(page, page.defaultView, JSON.parse(text), host);
}
