import type { Verdict } from '#lab/judge.ts';
import { find, make, sentence } from './dom.ts';
import type { Words } from './words.ts';

/** The steps while the practice shell is open: one at a time, with hints one by one. */

export interface StepWants {
  check: (step: string, answer: string) => void;
  run: (line: string) => void;
  /** The file that the step is about is shown. */
  edit: (path: string) => void;
}

export class Steps {
  private readonly steps: Step[];
  private readonly end: HTMLElement;
  private readonly wants: StepWants;
  private readonly t: Words;
  /** Leads back to the step where the shell stands below it, and says how the step is. */
  private readonly back: HTMLElement;
  /** What was used last in the steps. */
  private used: HTMLElement | null = null;

  constructor(place: HTMLElement, wants: StepWants, t: Words) {
    this.t = t;
    this.wants = wants;
    this.end = find(place, '[data-end]', HTMLElement);
    this.back = find(place, '[data-to-step]', HTMLElement);
    this.back.addEventListener('click', () => this.goBack());
    // Not every browser gives a button the focus when it is pressed.
    for (const event of ['focusin', 'click'])
      find(place, '.lab-steps', HTMLElement).addEventListener(event, ({ target }) => {
        if (target instanceof Element) this.used = target.closest('button,input,summary,a');
      });
    this.steps = [...place.querySelectorAll<HTMLElement>('[data-step]')].map((element) => new Step(element, t));
  }

  /** From reading to doing: only one step is unfolded. */
  start(done: readonly string[], hash: string): void {
    for (const step of this.steps) {
      step.start({
        toggle: () => this.show(step.isOpen ? null : step),
        check: (answer) => this.wants.check(step.id, answer),
        onward: () => this.onward(step),
        run: this.wants.run,
      });
      if (done.includes(step.id)) step.finish();
    }
    const asked = this.steps.find(({ id }) => hash === `#step-${id}`);
    this.show(asked ?? this.steps.find(({ isDone }) => !isDone) ?? null);
    this.showEnd();
  }

  /** All as at the start. */
  reset(): void {
    for (const step of this.steps) step.reset();
    this.show(this.steps[0] ?? null);
    this.showEnd();
  }

  /** Unfolds the step of an address. */
  goTo(hash: string): void {
    const step = this.steps.find(({ id }) => hash === `#step-${id}`);
    if (step) this.show(step);
  }

  /** The open step that is done by deeds alone; it is looked at after each of them. */
  get quiet(): string | null {
    const step = this.steps.find(({ isOpen }) => isOpen);
    return step && !step.isDone && !step.asks ? step.id : null;
  }

  /** To where the reader was in the open step. */
  private goBack(): void {
    const open = this.steps.find(({ isOpen }) => isOpen);
    if (this.used && open?.holds(this.used)) this.used.focus();
    else this.focus();
  }

  /** Leads to the step that is open, or to the one to open next. */
  focus(): void {
    const step = this.steps.find(({ isOpen }) => isOpen) ?? this.steps.find(({ isDone }) => !isDone);
    if (step) step.focus();
    else this.end.focus();
  }

  get areAllDone(): boolean {
    return this.steps.every(({ isDone }) => isDone);
  }

  /** What a check has found. */
  tell(id: string, verdict: Pick<Verdict, 'done' | 'because'>): void {
    this.steps.find((step) => step.id === id)?.tell(verdict);
    this.nameBack();
    this.showEnd();
  }

  /** That a check takes its time. */
  wait(id: string): void {
    this.steps.find((step) => step.id === id)?.wait();
  }

  /** That what a check has found is seen, unless the reader has gone elsewhere. */
  see(id: string): void {
    this.steps.find((step) => step.id === id)?.see();
  }

  private onward(step: Step): void {
    const next = this.steps[this.steps.indexOf(step) + 1];
    if (next) {
      this.show(next);
      next.focus();
    } else this.end.focus();
  }

  private show(open: Step | null): void {
    for (const step of this.steps) step.fold(step !== open);
    if (open?.file) this.wants.edit(open.file);
    this.nameBack();
  }

  private nameBack(): void {
    const at = this.steps.findIndex(({ isOpen }) => isOpen);
    const name = this.steps[at]?.isDone ? 'stepDone' : 'step';
    this.back.textContent = at < 0 ? this.t('steps') : this.t(name, { number: at + 1 });
  }

  private showEnd(): void {
    find(this.end, '[data-all-done]', HTMLElement).hidden = !this.areAllDone;
    this.end.toggleAttribute('data-reached', this.areAllDone);
  }
}

interface Acts {
  toggle: () => void;
  check: (answer: string) => void;
  onward: () => void;
  run: (line: string) => void;
}

class Step {
  readonly id: string;
  readonly asks: boolean;
  readonly file: string | undefined;
  isDone = false;
  isOpen = false;
  private readonly element: HTMLElement;
  private readonly button: HTMLButtonElement;
  private readonly body: HTMLElement;
  private readonly verdict: HTMLElement;
  private readonly form: HTMLFormElement;
  private readonly hints: HTMLDetailsElement[];
  private readonly solution: HTMLDetailsElement;
  private readonly stuck: HTMLButtonElement;
  private readonly t: Words;
  private isStarted = false;

  constructor(element: HTMLElement, t: Words) {
    this.t = t;
    this.element = element;
    this.id = element.dataset['step'] ?? '';
    this.asks = element.dataset['asks'] !== undefined;
    this.file = element.dataset['file'];
    this.body = find(element, '[data-body]', HTMLElement);
    this.verdict = find(element, '[data-verdict]', HTMLElement);
    this.form = find(element, '[data-check]', HTMLFormElement);
    this.hints = [...element.querySelectorAll<HTMLDetailsElement>('[data-hint]')];
    this.solution = find(element, '[data-solution]', HTMLDetailsElement);
    this.stuck = find(element, '[data-stuck]', HTMLButtonElement);
    this.button = make(element.ownerDocument, 'button', { type: 'button', class: 'lab-goal' });
  }

  start({ toggle, check, onward, run }: Acts): void {
    if (this.isStarted) return;
    this.isStarted = true;
    const goal = find(this.element, '[data-goal]', HTMLElement);
    this.body.id = `${this.id}-body`;
    this.button.setAttribute('aria-controls', this.body.id);
    this.button.append(...goal.childNodes);
    goal.append(this.button);
    this.button.addEventListener('click', toggle);
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      check(String(new FormData(this.form).get(`${this.id}-answer`) ?? ''));
    });
    this.stuck.addEventListener('click', () => this.help());
    find(this.element, '[data-onward]', HTMLButtonElement).addEventListener('click', onward);
    for (const button of this.element.querySelectorAll<HTMLElement>('[data-runs]'))
      button.addEventListener('click', () => run(button.dataset['runs'] ?? ''));
    this.hide();
  }

  private hide(): void {
    for (const one of [...this.hints, this.solution]) {
      one.hidden = true;
      one.open = false;
    }
    this.stuck.hidden = false;
    this.name();
  }

  /** The next hint; after the last, the solution, still folded. */
  private help(): void {
    const next = this.hints.find(({ hidden }) => hidden) ?? this.solution;
    next.hidden = false;
    next.open = next !== this.solution;
    next.querySelector('summary')?.focus();
    this.name();
  }

  private name(): void {
    const isHintLeft = this.hints.some(({ hidden }) => hidden);
    this.stuck.hidden = !this.solution.hidden;
    const areAllLeft = this.hints.every(({ hidden }) => hidden);
    this.stuck.textContent = this.t(!isHintLeft ? 'stillStuck' : areAllLeft ? 'firstHint' : 'anotherHint');
  }

  tell({ done, because }: Pick<Verdict, 'done' | 'because'>): void {
    this.element.toggleAttribute('data-missed', !done);
    const words = done ? this.t('done') : this.t('notYet', { because });
    this.verdict.replaceChildren(...sentence(this.element.ownerDocument, words));
    if (done) this.finish();
  }

  /** What was said before is no longer so. */
  wait(): void {
    this.element.toggleAttribute('data-missed', false);
    this.verdict.textContent = this.t('checking');
  }

  see(): void {
    const { activeElement, body } = this.element.ownerDocument;
    // Not every browser gives a button the focus when it is pressed.
    if (activeElement === body || this.element.contains(activeElement))
      this.verdict.scrollIntoView({ block: 'nearest' });
  }

  finish(): void {
    this.isDone = true;
    this.element.toggleAttribute('data-missed', false);
    // Who has done it may see how others do it.
    this.solution.hidden = false;
    this.name();
    this.show(true);
  }

  private show(isDone: boolean): void {
    find(this.element, '[data-mark]', HTMLElement).hidden = !isDone;
    find(this.element, '[data-onward]', HTMLElement).hidden = !isDone;
    this.element.toggleAttribute('data-finished', isDone);
  }

  reset(): void {
    this.isDone = false;
    this.show(false);
    this.element.toggleAttribute('data-missed', false);
    this.verdict.textContent = '';
    this.form.reset();
    this.hide();
  }

  fold(isFolded: boolean): void {
    this.isOpen = !isFolded;
    this.body.hidden = isFolded;
    this.button.setAttribute('aria-expanded', String(!isFolded));
  }

  /** Whether something of it can be used now. */
  holds(element: Element): boolean {
    return this.body.contains(element) && element.getClientRects().length > 0;
  }

  focus(): void {
    this.button.focus({ preventScroll: true });
    this.element.scrollIntoView();
  }
}
