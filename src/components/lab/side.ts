import type { View } from '#practice/protocol.ts';
import { find, make, shape } from './dom.ts';
import { changesBetween, markOf, type Part, partsOf, type Row } from './side-words.ts';

/** The world at the side: what is there, and a short word on what has changed. */
export class Side {
  private readonly page: Document;
  private readonly place: HTMLElement;
  private readonly changes: HTMLElement;
  private readonly section: HTMLElement;
  private before: View | null = null;
  /** What stands there now, by key, so that what stays the same is not made again. */
  private rows = new Map<string, { text: string; element: HTMLElement }>();

  constructor(section: HTMLElement) {
    this.page = section.ownerDocument;
    this.section = section;
    this.place = find(section, '[data-view]', HTMLElement);
    this.changes = find(section, '[data-changes]', HTMLElement);
  }

  show(view: View): void {
    const parts = partsOf(view);
    this.section.hidden = parts.length === 0;
    const said = changesBetween(this.before, view);
    if (said.length > 0) this.changes.textContent = said.join(' ');
    const old = this.rows;
    this.rows = new Map();
    const elements = parts.map((part) => this.part(part, old));
    // Moving an element takes its focus away: nothing is moved where nothing has come or gone.
    const keys = [...this.rows.keys()].join('\n');
    const isSame = keys === [...old.keys()].join('\n');
    if (!isSame) this.place.replaceChildren(...elements);
    if (this.before && said.length > 0) this.mark(view);
    this.before = view;
  }

  /** Forgets what was there: a lab begins anew. */
  reset(): void {
    this.before = null;
    this.rows = new Map();
    this.place.replaceChildren();
    this.changes.textContent = '';
  }

  private part({ title, rows }: Part, old: typeof this.rows): HTMLElement {
    const list = make(this.page, 'ul');
    for (const row of rows) list.append(this.row(row, old.get(row.key)));
    return make(this.page, 'section', {}, make(this.page, 'h3', {}, title), list);
  }

  private row(row: Row, old: { text: string; element: HTMLElement } | undefined): HTMLElement {
    const text = JSON.stringify(row);
    const element = old?.element ?? make(this.page, 'li', { 'data-key': row.key });
    if (old?.text !== text) {
      const wasOpen = element.querySelector('details')?.open ?? false;
      const hadFocus = element.contains(this.page.activeElement);
      element.replaceChildren(...this.content(row, wasOpen));
      if (hadFocus) element.querySelector('summary')?.focus();
    }
    this.rows.set(row.key, { text, element });
    return element;
  }

  private content({ state, name, about, parts }: Row, isOpen: boolean): Node[] {
    const head = this.marked(state);
    const words = [make(this.page, 'span', { class: 'lab-name' }, name)];
    if (about) words.push(make(this.page, 'small', {}, about));
    if (parts.length === 0) return [head, ...words];
    const tasks = parts.map((task) => make(this.page, 'li', {}, this.marked(task.state), ` ${task.name}`));
    const details = make(this.page, 'details', {}, make(this.page, 'summary', {}, `Tasks (${parts.length})`));
    details.append(make(this.page, 'ul', {}, ...tasks));
    details.open = isOpen;
    return [head, ...words, details];
  }

  private marked(state: string): HTMLElement {
    const { shape: name, bucket } = markOf(state);
    const head = make(this.page, 'span', { class: 'sw-head', 'data-bucket': bucket });
    head.append(shape(this.page, name), make(this.page, 'b', {}, state));
    return head;
  }

  private mark(view: View): void {
    const known = new Map(partsOf(this.before ?? view).flatMap(({ rows }) => rows.map((row) => [row.key, row.state])));
    for (const { rows } of partsOf(view))
      for (const { key, state } of rows)
        this.rows.get(key)?.element.toggleAttribute('data-new', known.get(key) !== state);
  }
}
