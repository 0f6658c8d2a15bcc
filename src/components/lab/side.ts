import type { View } from '#practice/protocol.ts';
import { find, make, shape } from './dom.ts';
import { changesBetween, markOf, type Part, partsOf, type Row } from './side-words.ts';
import type { Words } from './words.ts';

/** The world at the side: what is there, and a short word on what has changed. */
export class Side {
  private readonly page: Document;
  private readonly place: HTMLElement;
  private readonly changes: HTMLElement;
  private readonly section: HTMLElement;
  private readonly t: Words;
  private before: View | null = null;
  /** What stands there now, by key, so that what stays the same is not made again. */
  private rows = new Map<string, { text: string; element: HTMLElement }>();

  constructor(section: HTMLElement, t: Words) {
    this.t = t;
    this.page = section.ownerDocument;
    this.section = section;
    this.place = find(section, '[data-view]', HTMLElement);
    this.changes = find(section, '[data-changes]', HTMLElement);
  }

  show(view: View): void {
    const parts = partsOf(this.t, view);
    this.section.hidden = parts.length === 0;
    const said = changesBetween(this.t, this.before, view);
    if (said.length > 0) this.changes.textContent = said.join(' ');
    const keys = [...this.rows.keys()].join('\n');
    const shown = parts.map(({ title, rows }) => ({ title, elements: rows.map((row) => this.row(row)) }));
    const now = parts.flatMap(({ rows }) => rows.map(({ key }) => key));
    this.rows = new Map([...this.rows].filter(([key]) => now.includes(key)));
    // What is moved loses the focus: where nothing has come or gone, all stays where it is.
    if (now.join('\n') !== keys) this.place.replaceChildren(...shown.map((part) => this.part(part)));
    this.mark(parts);
    this.before = view;
  }

  /** Forgets what was there: a lab begins anew. */
  reset(): void {
    this.before = null;
    this.rows = new Map();
    this.place.replaceChildren();
    this.changes.textContent = '';
  }

  private part({ title, elements }: { title: string; elements: HTMLElement[] }): HTMLElement {
    return make(this.page, 'section', {}, make(this.page, 'h3', {}, title), make(this.page, 'ul', {}, ...elements));
  }

  private row(row: Row): HTMLElement {
    const old = this.rows.get(row.key);
    const text = JSON.stringify(row);
    const element = old?.element ?? make(this.page, 'li');
    if (old?.text !== text) {
      const wasOpen = element.querySelector('details')?.open ?? false;
      const hadFocus = element.contains(this.page.activeElement);
      element.replaceChildren(...this.content(row, wasOpen));
      if (hadFocus) element.querySelector('summary')?.focus();
    }
    this.rows.delete(row.key);
    this.rows.set(row.key, { text, element });
    return element;
  }

  private content({ state, word, name, about, parts }: Row, isOpen: boolean): Node[] {
    const head = this.marked(state, word);
    const words = [make(this.page, 'span', { class: 'lab-name' }, name)];
    if (parts.length === 0) return [head, ...words, ...(about ? [make(this.page, 'small', {}, about)] : [])];
    const tasks = parts.map((task) => make(this.page, 'li', {}, this.marked(task.state, task.state), ` ${task.name}`));
    const details = make(this.page, 'details', {}, make(this.page, 'summary', {}, about));
    details.append(make(this.page, 'ul', {}, ...tasks));
    details.open = isOpen;
    return [head, ...words, details];
  }

  private marked(state: string, word: string): HTMLElement {
    const { shape: name, bucket } = markOf(state);
    const head = make(this.page, 'span', { class: 'sw-head', 'data-bucket': bucket });
    head.append(shape(this.page, name), make(this.page, 'b', {}, word));
    return head;
  }

  /** What is otherwise than before is seen at a glance. */
  private mark(parts: readonly Part[]): void {
    if (!this.before) return;
    const known = new Map(
      partsOf(this.t, this.before).flatMap(({ rows }) => rows.map(({ key, state }) => [key, state])),
    );
    for (const { key, state } of parts.flatMap(({ rows }) => rows))
      this.rows.get(key)?.element.toggleAttribute('data-new', known.get(key) !== state);
  }
}
