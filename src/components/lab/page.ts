import { openStore, type Store } from '#components/learn/store.ts';
import { translator } from '#components/words/strings.ts';
import type { Deed, LabStart } from '#practice/protocol.ts';
import { Clock } from './clock.ts';
import { Connection, Stopped } from './connection.ts';
import { Console, type Wants } from './console.ts';
import { find } from './dom.ts';
import { Editor, type Texts } from './editor.ts';
import { forget, type Kept, keep, keptOf, nameOf } from './kept.ts';
import { Session } from './session.ts';
import { Side } from './side.ts';
import { Steps, type StepWants } from './steps.ts';
import type { Words } from './words.ts';

/** The page of a lab at work. Nothing of the practice shell is loaded before the reader opens it. */

const LIMITS = { answerMs: 20_000, openMs: 90_000 };
/** A check that takes longer says that it is at work. */
const SLOW_MS = 400;

export class LabPage {
  private readonly window: Window;
  private readonly place: HTMLElement;
  private readonly id: string;
  private readonly ref: string;
  private readonly store: Store;
  private readonly t: Words;
  private readonly console: Console;
  private readonly clock: Clock;
  private readonly side: Side;
  private readonly editor: Editor;
  private readonly steps: Steps;
  private readonly trouble: HTMLElement;
  private session: Session | null = null;
  private done: string[] = [];
  private isRunning = false;
  /** The text of which the console has said that it is not saved. */
  private warned: string | null = null;
  private isKept = true;
  /** What was done before the lab began anew. */
  private before: Kept | null = null;
  private isShared = false;
  private readonly back: HTMLElement;

  constructor(place: HTMLElement, window: Window, store: Store) {
    this.window = window;
    this.place = place;
    this.id = place.dataset['lab'] ?? '';
    this.ref = `lab:${this.id}`;
    this.store = store;
    const t = translator(place);
    this.t = t;
    this.trouble = find(place, '[data-trouble]', HTMLElement);
    const consoleWants: Wants = { run: (line) => void this.run(line), stop: () => this.session?.stop() };
    this.console = new Console(find(place, '[data-console]', HTMLElement), consoleWants, t);
    this.clock = new Clock(find(place, '[data-clock]', HTMLElement), {
      pass: (ms) => void this.act({ kind: 'pass', ms }),
      isBusy: () => this.session?.isBusy ?? true,
    });
    this.side = new Side(find(place, '[data-side]', HTMLElement), t);
    const texts: Texts = {
      files: async () => (await this.session?.files()) ?? [],
      read: async (path) => (await this.session?.read(path)) ?? null,
      proof: async (path, text) => (await this.session?.proof(path, text)) ?? null,
      write: async (path, text) => this.act({ kind: 'write', path, text }),
    };
    this.editor = new Editor(find(place, '[data-editor]', HTMLElement), texts, t);
    const stepWants: StepWants = {
      check: (step, answer) => void this.check(step, answer),
      run: (line) => void this.runOffered(line),
      edit: (path) => void this.editor.lead(path),
    };
    this.steps = new Steps(place, stepWants, t);
    const open = find(place, '[data-open]', HTMLButtonElement);
    open.addEventListener('click', () => void this.open(open));
    if (keptOf(window, this.id).deeds.length > 0) open.textContent = t('goOn');
    find(place, '[data-anew]', HTMLButtonElement).addEventListener('click', () => void this.anew());
    this.back = find(place, '[data-back]', HTMLElement);
    this.back.addEventListener('click', () => void this.bringBack());
    find(place, '[data-to-shell]', HTMLElement).addEventListener('click', () => this.console.lead());
    window.addEventListener('storage', ({ key }) => this.hearOther(key));
    window.addEventListener('hashchange', () => {
      if (this.session) this.steps.goTo(window.location.hash);
    });
  }

  private async open(button: HTMLButtonElement): Promise<void> {
    if (button.disabled) return;
    const words = button.textContent;
    button.disabled = true;
    button.textContent = this.t('opening');
    this.trouble.textContent = '';
    try {
      const start = await this.load();
      const kept = keptOf(this.window, this.id);
      const make = () =>
        new Worker(new URL('../../practice/worker.ts', import.meta.url), { type: 'module', name: 'practice-shell' });
      const session = new Session(new Connection(make, start, LIMITS, this.t));
      await this.resume(session, kept);
    } catch (error) {
      this.trouble.textContent = this.t('tryAgain', { why: messageOf(error) });
      button.disabled = false;
      button.textContent = words;
    }
  }

  private async load(): Promise<LabStart> {
    const answer = await fetch(this.place.dataset['start'] ?? '').catch(() => null);
    if (!answer?.ok) throw new Error(this.t('noWorld'));
    return answer.json();
  }

  /** Goes on where an earlier visit ended; begins anew where that cannot be done again. */
  private async resume(session: Session, kept: Kept): Promise<void> {
    let { deeds, done } = kept;
    const ran = await session.open(deeds).catch((error: unknown) => {
      if (deeds.length === 0) throw error;
      return null;
    });
    if (ran === null) {
      forget(this.window, this.id);
      ({ deeds, done } = { deeds: [], done: [] });
      await session.open([]);
    }
    this.session = session;
    this.done = done;
    this.place.toggleAttribute('data-at-work', true);
    this.steps.start(done, this.window.location.hash);
    for (const { line, cwd, ended } of ran ?? []) this.console.begin({ line, cwd })(ended);
    this.console.say(this.t(ran === null ? 'lost' : deeds.length > 0 ? 'asBefore' : 'isOpen'));
    // Before the world is shown, which takes its time: who has begun to work is not called away.
    find(this.place, '[data-work]', HTMLElement).scrollIntoView();
    // Where the console stands below the steps, the steps come first.
    if (this.window.matchMedia('(min-width: 68rem)').matches) this.console.focus();
    else this.steps.focus();
    await this.show();
  }

  /** A line that a button offers: the reader sees it typed, and what it prints. */
  private async runOffered(line: string): Promise<void> {
    const running = this.run(line);
    const calm = this.window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const console = find(this.place, '[data-console]', HTMLElement);
    const { top, bottom } = console.getBoundingClientRect();
    if (top < 0 || bottom > this.window.innerHeight)
      console.scrollIntoView({ block: 'nearest', behavior: calm ? 'auto' : 'smooth' });
    await running;
  }

  private async run(line: string): Promise<void> {
    const { session } = this;
    if (!session || this.isRunning) return;
    this.isRunning = true;
    this.console.busy(true);
    const end = this.console.begin({ line, cwd: session.cwd });
    try {
      end(await session.act({ kind: 'run', line }));
    } catch (error) {
      this.fault(error);
    }
    this.isRunning = false;
    this.console.busy(false);
    this.warnUnsaved();
    await this.after();
  }

  /** Once for each text: the command has seen the one before. */
  private warnUnsaved(): void {
    const path = this.editor.unsaved;
    if (path !== null && path !== this.warned) this.console.say(this.t('unsaved', { path }));
    this.warned = path;
  }

  private async act(deed: Deed): Promise<void> {
    await this.session?.act(deed).catch((error: unknown) => this.fault(error));
    await this.after();
  }

  private fault(error: unknown): void {
    this.console.say(this.t(error instanceof Stopped ? 'worldAsBefore' : 'failed', { why: messageOf(error) }));
  }

  /** After each deed: it is kept, the page shows what has become of it, and a step may be done. */
  private async after(): Promise<void> {
    this.keep();
    const quiet = this.steps.quiet;
    if (quiet) {
      const verdict = await this.session?.judge(quiet, '').catch(() => null);
      if (verdict?.done) this.finish(quiet);
    }
    await this.show();
  }

  private async show(): Promise<void> {
    const { session } = this;
    if (!session) return;
    this.console.prompt(session.cwd);
    this.clock.show(session.nowMs);
    try {
      this.side.show(await session.view());
      await this.editor.refresh();
    } catch (error) {
      if (!(error instanceof Stopped)) this.fault(error);
    }
  }

  private async check(step: string, answer: string): Promise<void> {
    const timer = this.window.setTimeout(() => this.steps.wait(step), SLOW_MS);
    try {
      const verdict = await this.session?.judge(step, answer);
      if (verdict?.done) this.finish(step);
      else if (verdict) this.steps.tell(step, { done: false, because: this.withUnsaved(verdict.because) });
    } catch (error) {
      this.steps.tell(step, { done: false, because: messageOf(error) });
    } finally {
      this.window.clearTimeout(timer);
      this.steps.see(step);
    }
  }

  /** Whoever has mended a text, and not saved it, wonders why the fault is still there. */
  private withUnsaved(because: string): string {
    const path = this.editor.unsaved;
    return path === null ? because : `${because} ${this.t('unsaved', { path })}`;
  }

  private finish(step: string): void {
    if (!this.done.includes(step)) this.done = [...this.done, step];
    this.steps.tell(step, { done: true, because: '' });
    this.store.markStep(this.ref, step);
    if (this.steps.areAllDone) this.store.markDone(this.ref);
    this.keep();
  }

  private keep(): void {
    const isKept = keep(this.window, this.id, { deeds: this.session?.deeds ?? [], done: this.done });
    if (this.isKept && !isKept) this.console.say(this.t('notKept'));
    this.isKept = isKept;
  }

  private async anew(): Promise<void> {
    const { session } = this;
    if (!session || this.isRunning) return;
    if (session.deeds.length > 0) this.before = { deeds: session.deeds, done: this.done };
    await this.restart({ deeds: [], done: [] }, this.t('anew'));
    this.back.hidden = this.before === null;
  }

  private async bringBack(): Promise<void> {
    if (!this.before || this.isRunning) return;
    await this.restart(this.before, this.t('asBefore'));
    this.before = null;
    this.back.hidden = true;
  }

  /** From here on, as if only that had been done. */
  private async restart(kept: Kept, words: string): Promise<void> {
    const { session } = this;
    if (!session) return;
    this.clock.stand();
    this.done = kept.done;
    this.isKept = true;
    this.console.clear();
    this.side.reset();
    this.editor.reset();
    const ran = await session.open(kept.deeds).catch((error: unknown) => this.fault(error));
    this.steps.reset();
    this.steps.start(kept.done, '');
    for (const { line, cwd, ended } of ran ?? []) this.console.begin({ line, cwd })(ended);
    this.console.say(words);
    if (kept.deeds.length > 0) this.keep();
    else forget(this.window, this.id);
    await this.show();
    this.console.focus();
  }

  /** Each tab has a world of its own; what is kept is that of the last deed. */
  private hearOther(key: string | null): void {
    if (!this.session || this.isShared || key !== nameOf(this.id)) return;
    this.isShared = true;
    this.console.say(this.t('otherTab'));
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Starts the page of a lab; does nothing on another. */
export function startLab(page: Document): void {
  const place = page.querySelector<HTMLElement>('[data-lab]');
  if (place && page.defaultView) new LabPage(place, page.defaultView, openStore(page.defaultView));
}
