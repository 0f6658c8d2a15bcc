import { type ScriptName, type Translate, translator } from '#components/words/strings.ts';
import type { KeptSet, Standing } from '#offline/protocol.ts';
import { instantText, sizeText } from '#status/text/dates.ts';
import { askWorker } from './ask.ts';
import { isOff, register, SWITCH } from './register.ts';

const BASE = import.meta.env.BASE_URL.replace(/\/*$/, '/');

/** `<offline-copy>`: what this browser keeps of the site, and the reader's own switch. */
export class OfflineCopy extends HTMLElement {
  readonly #t: Translate<ScriptName<'offline.script.copy'>> = translator(this);

  connectedCallback(): void {
    this.#button('remove').addEventListener('click', () => this.#remove());
    this.#button('again').addEventListener('click', () => this.#again());
    this.#sayWhatWasAsked();
    if (this.dataset['on'] !== undefined) void this.#look();
  }

  /** This page stands in for one that was not kept. */
  #sayWhatWasAsked(): void {
    const place = this.#part('asked');
    const { pathname } = window.location;
    place.hidden = pathname === `${BASE}offline/`;
    const code = place.querySelector('code');
    if (code) code.textContent = pathname;
  }

  async #look(): Promise<void> {
    if (isOff(window)) return this.#off(this.#t('switchedOff'));
    if (!navigator.serviceWorker) return this.#say(this.#t('noWorker'));
    this.#say(this.#t('nothingYet'));
    const there = await askWorker({ do: 'tell' }, (answer) => {
      if (answer.is === 'standing') this.#show(answer);
    });
    if (!there) navigator.serviceWorker.addEventListener('controllerchange', () => this.#look(), { once: true });
  }

  #show({ build, bytes, since, sets, pages }: Standing): void {
    this.#button('remove').hidden = false;
    this.#button('again').hidden = true;
    const size = sizeText(bytes);
    this.#say(
      since ? this.#t('keepsSince', { size, build, since: instantText(since) }) : this.#t('keeps', { size, build }),
    );
    this.#list('sets', sets, (set) => this.#setItem(set));
    this.#list('pages', pages, ({ path, title, at }) => [
      element('a', title || `/${path}`, { href: BASE + path }),
      element('small', instantText(at)),
    ]);
  }

  #setItem({ name, label, files, bytes, at }: KeptSet): Node[] {
    const drop = element('button', this.#t('remove'), {
      type: 'button',
      'aria-label': this.#t('removeSet', { label }),
    });
    drop.addEventListener('click', async () => {
      this.#part('state').focus();
      await askWorker({ do: 'drop', name }, () => void this.#look());
    });
    return [
      new Text(label),
      element('small', this.#t('aboutSet', { count: files, size: sizeText(bytes), at: instantText(at) })),
      new Text(' '),
      drop,
    ];
  }

  #list<Row>(part: string, rows: readonly Row[], draw: (row: Row) => Node[]): void {
    const place = this.#part(part);
    place.hidden = rows.length === 0;
    const items = rows.map((row) => {
      const item = document.createElement('li');
      item.append(...draw(row));
      return item;
    });
    place.querySelector('ul')?.replaceChildren(...items);
  }

  /** Works without the worker too, should that be the one that is broken. */
  async #remove(): Promise<void> {
    const isKept = remember(true);
    const registration = await navigator.serviceWorker.getRegistration(BASE);
    await registration?.unregister();
    const prefix = this.dataset['prefix'] ?? '';
    const names = (await caches.keys()).filter((name) => prefix !== '' && name.startsWith(prefix));
    await Promise.all(names.map((name) => caches.delete(name)));
    const removed = this.#t('removed');
    this.#off(isKept ? removed : `${removed} ${this.#t('noChoice')}`);
    this.#part('state').focus();
  }

  async #again(): Promise<void> {
    remember(false);
    this.#part('state').focus();
    await register(window, BASE);
    await this.#look();
  }

  #off(text: string): void {
    this.#button('remove').hidden = true;
    this.#button('again').hidden = false;
    this.#part('sets').hidden = true;
    this.#part('pages').hidden = true;
    this.#say(text);
  }

  #say(text: string): void {
    this.#part('state').textContent = text;
  }

  #part(name: string): HTMLElement {
    const part = this.querySelector<HTMLElement>(`[data-${name}]`);
    if (!part) throw new Error(`<offline-copy> has no part "${name}".`);
    return part;
  }

  #button(name: string): HTMLButtonElement {
    const button = this.querySelector<HTMLButtonElement>(`[data-do="${name}"]`);
    if (!button) throw new Error(`<offline-copy> has no button "${name}".`);
    return button;
  }
}

/** Keeps the reader's choice; false where nothing may be stored. */
function remember(isOff: boolean): boolean {
  try {
    if (isOff) localStorage.setItem(SWITCH, 'off');
    else localStorage.removeItem(SWITCH);
    return true;
  } catch {
    return false;
  }
}

function element(name: string, text: string, attributes: Record<string, string> = {}): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
