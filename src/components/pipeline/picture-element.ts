import { translator } from '#components/words/strings.ts';

/** A picture of a pipeline that is walked by keyboard, and that shows what the reader is looking at elsewhere. */

const KEYS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];

export class PipelinePicture extends HTMLElement {
  connectedCallback(): void {
    for (const drawing of this.querySelectorAll<SVGElement>('[data-drawing]')) makeRoving(drawing);
    const page = this.ownerDocument;
    const view = page.defaultView;
    view?.addEventListener('hashchange', () => this.#follow());
    page.addEventListener('toggle', (event) => this.#show(event.target), true);
    page.addEventListener('keydown', (event) => this.#comeBack(event));
    page.addEventListener('focusin', (event) => this.#mark(sectionOf(event.target)));
    this.#follow();
  }

  /** What the address names is opened, brought into view and marked. */
  #follow(): void {
    const page = this.ownerDocument;
    const id = decodeURIComponent(page.location.hash.slice(1));
    const target = id ? page.getElementById(id) : null;
    if (!target) return;
    let wasClosed = false;
    for (let fold = target.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) {
      wasClosed ||= !fold.open;
      fold.open = true;
    }
    const own = target.matches('[id^="task-"]') && target.querySelector('details');
    if (own) own.open = true;
    if (wasClosed) target.scrollIntoView();
    const of = target.matches('.pl-part') ? page.getElementById(target.id.replace('yaml-', '')) : target;
    this.#mark(sectionOf(of));
  }

  /** Marks the boxes of a task or of a step, and the lines of a task. */
  #mark(section: HTMLElement | null): void {
    if (!section) return;
    const anchors = (section.dataset['at'] ?? section.id).split(' ');
    this.#boxes((box) => (anchors.includes(box.dataset['node'] ?? '') ? 'here' : ''));
    const page = this.ownerDocument;
    for (const part of page.querySelectorAll('.pl-part'))
      part.toggleAttribute('data-here', part.id === `yaml-${section.id}`);
  }

  /** Shows in the picture what an opened parameter does. */
  #show(fold: EventTarget | null): void {
    if (!(fold instanceof HTMLDetailsElement) || !fold.dataset['name']) return;
    const page = this.ownerDocument;
    const others = page.querySelectorAll<HTMLDetailsElement>('details[data-marks][open]');
    const shown = fold.open ? fold : [...others].at(-1);
    const marks = new Map(
      (shown?.dataset['marks'] ?? '').split(',').map((pair) => pair.split(' ') as [string, string]),
    );
    this.#boxes((box) => marks.get(box.dataset['node'] ?? '') ?? '');
    const said = this.querySelector('[data-said]');
    const text = shown?.querySelector('summary')?.textContent?.replace(/\s+/g, ' ').trim();
    if (said) said.textContent = text ? translator(this)('shows', { what: text }) : '';
  }

  #boxes(markOf: (box: SVGAElement) => string): void {
    for (const box of this.querySelectorAll<SVGAElement>('[data-node]')) {
      const mark = markOf(box);
      if (mark) box.dataset['mark'] = mark;
      else delete box.dataset['mark'];
      box.querySelector('.pl-mark')?.setAttribute('href', mark && mark !== 'here' ? `#pl-mark-${mark}` : '');
    }
  }

  /** Escape leads from what is said of a task to its box. */
  #comeBack(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    const section = sectionOf(event.target);
    const anchor = (section?.dataset['at'] ?? section?.id)?.split(' ')[0];
    const boxes = this.querySelectorAll<SVGAElement>(`[data-node="${anchor}"]`);
    const seen = [...boxes].find((box) => box.getClientRects().length > 0);
    if (!seen) return;
    event.preventDefault();
    seen.focus();
    seen.scrollIntoView({ block: 'nearest' });
  }
}

function sectionOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[id^="task-"], [id^="step-"][data-at]') : null;
}

/** One stop of the tab key; the arrow keys lead from box to box. */
function makeRoving(drawing: SVGElement): void {
  const boxes = [...drawing.querySelectorAll<SVGAElement>('[data-node]')];
  const stop = (at: SVGAElement | undefined) => {
    for (const box of boxes) box.setAttribute('tabindex', box === at ? '0' : '-1');
  };
  stop(boxes[0]);
  drawing.addEventListener('focusin', ({ target }) => stop(boxes.find((box) => box === target)));
  drawing.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const from = boxes.find((box) => box === event.target);
    const ends: Record<string, SVGAElement | undefined> = { Home: boxes[0], End: boxes.at(-1) };
    const anchor = from?.dataset['keys']?.split(' ')[KEYS.indexOf(event.key)];
    const to = ends[event.key] ?? (anchor ? boxes.find((box) => box.dataset['node'] === anchor) : undefined);
    if (!from || !(KEYS.includes(event.key) || event.key in ends)) return;
    event.preventDefault();
    to?.focus();
    to?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    mark(drawing, to ?? from);
  });
}

/** The lines of the box that the reader is at. */
function mark(drawing: SVGElement, box: SVGAElement): void {
  const anchor = box.dataset['node'] ?? '';
  for (const line of drawing.querySelectorAll<SVGPathElement>('.pl-line'))
    line.toggleAttribute('data-on', `${line.dataset['from']} ${line.dataset['to']}`.split(' ').includes(anchor));
}
