import { translator } from './words/strings.ts';

/** What Pagefind's own script, written beside the site by the build, gives for a query. */
interface Pagefind {
  options(options: { baseUrl: string }): Promise<void>;
  debouncedSearch(
    query: string | null,
    options: { filters: Filters },
  ): Promise<{ results: { data(): Promise<Page> }[] } | null>;
  /** Per filter its values, each with the number of its pages. */
  filters(): Promise<Record<string, Record<string, number>>>;
}

type Filters = Record<string, string | { any: string[] }>;

interface Page {
  url: string;
  meta: { title?: string };
  /** Escaped text in which only `<mark>` is an element. */
  excerpt: string;
}

const SHOWN = 12;
/** Before they are filled each has one option: any. */
const SELECTS = 3;

/** The search button and its dialog. */
export class SiteSearch extends HTMLElement {
  #engine: Promise<Pagefind> | undefined;
  #failed = 0;
  #dialog = part(this, 'dialog', HTMLDialogElement);
  #input = part(this, 'input', HTMLInputElement);
  #status = part(this, '[role=status]', HTMLElement);
  #list = part(this, 'ol', HTMLOListElement);
  #narrow = part(this, 'details', HTMLDetailsElement);
  #t = translator(this);

  connectedCallback(): void {
    const button = part(this, 'button.open', HTMLButtonElement);
    if (/Mac|iPhone|iPad/.test(navigator.userAgent)) button.setAttribute('aria-keyshortcuts', 'Meta+K');
    button.disabled = false;
    button.addEventListener('click', () => this.#open());
    this.#input.addEventListener('input', () => this.#search());
    this.#narrow.addEventListener('change', () => this.#search());
    this.#narrow.addEventListener('toggle', async () => {
      await this.#offer();
      await this.#search();
    });
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog) this.#dialog.close();
    });
    this.#input.addEventListener('keydown', (event) => this.#key(event));
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (this.#dialog.open) this.#dialog.close();
      else this.#open();
    });
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    // By itself Enter would close the dialog, and Escape only empty the field.
    event.preventDefault();
    if (event.key === 'Enter') this.#list.querySelector('a')?.click();
    else this.#dialog.close();
  }

  #open(): void {
    this.#dialog.showModal();
    this.#input.select();
    void this.#load();
  }

  /** Undefined where it cannot be had now, which is said; the next letter tries again. */
  async #load(): Promise<Pagefind | undefined> {
    const base = this.dataset['base']?.replace(/\/*$/, '/') ?? '/';
    // Some browsers remember under its address that a script did not come.
    const again = this.#failed > 0 ? `?${this.#failed}` : '';
    this.#engine ??= import(/* @vite-ignore */ `${base}pagefind/pagefind.js${again}`).then(async (engine: Pagefind) => {
      await engine.options({ baseUrl: base });
      return engine;
    });
    return this.#engine.catch(() => this.#giveUp());
  }

  #giveUp(): undefined {
    this.#engine = undefined;
    this.#failed += 1;
    this.#say(this.#t('failed'));
  }

  async #search(): Promise<void> {
    const query = this.#input.value.trim();
    const filters = this.#filters();
    const isNarrowed = Object.keys(filters).length > 0;
    if (!query && !isNarrowed) return this.#show([], '');
    const engine = await this.#load();
    const found = await engine?.debouncedSearch(query || null, { filters }).catch(() => this.#giveUp());
    // Null: a later letter has taken over.
    if (!found) return;
    const pages = await Promise.all(found.results.slice(0, SHOWN).map((result) => result.data())).catch(() =>
      this.#giveUp(),
    );
    if (!pages) return;
    const count = found.results.length;
    this.#show(
      pages,
      count === 0
        ? this.#t(['none', query && 'for', isNarrowed && 'narrow'].filter(Boolean).join('-'), { query })
        : this.#t('found', { count }),
    );
  }

  /** Every runbook has a part: with nothing chosen, any part is what leaves the other pages out. */
  #filters(): Filters {
    if (!this.#narrow.open) return {};
    const selects = [...this.#narrow.querySelectorAll('select')];
    const chosen = selects.filter(({ value }) => value !== '').map(({ name, value }) => [name, value]);
    const parts = [...(selects.find(({ name }) => name === 'component')?.options ?? [])].flatMap(
      ({ value }) => value || [],
    );
    return parts.length > 0 ? { component: { any: parts }, ...Object.fromEntries(chosen) } : {};
  }

  /** The values that the pages of runbooks have, once somebody wants to narrow the search. */
  async #offer(): Promise<void> {
    const [first] = this.#narrow.querySelectorAll('option');
    if (!this.#narrow.open || !first || this.#narrow.querySelectorAll('option').length > SELECTS) return;
    const engine = await this.#load();
    const known = await engine?.filters().catch(() => this.#giveUp());
    if (!known) return;
    for (const select of this.#narrow.querySelectorAll('select'))
      for (const value of Object.keys(known[select.name] ?? {}).sort()) select.append(new Option(value, value));
  }

  #show(pages: Page[], text: string): void {
    this.#list.replaceChildren(...pages.map(item));
    this.#say(text);
  }

  #say(text: string): void {
    this.#status.textContent = text;
  }
}

function item(page: Page): HTMLLIElement {
  const link = Object.assign(document.createElement('a'), { href: page.url, textContent: page.meta.title ?? page.url });
  const excerpt = document.createElement('p');
  const parsed = new DOMParser().parseFromString(page.excerpt, 'text/html').body.childNodes;
  excerpt.append(...[...parsed].map((node) => (node.nodeName === 'MARK' ? marked(node) : (node.textContent ?? ''))));
  const row = document.createElement('li');
  row.append(link, excerpt);
  return row;
}

function marked(node: Node): HTMLElement {
  return Object.assign(document.createElement('mark'), { textContent: node.textContent });
}

function part<E extends Element>(host: Element, selector: string, kind: new () => E): E {
  const found = host.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`<site-search> has no ${selector}.`);
  return found;
}
