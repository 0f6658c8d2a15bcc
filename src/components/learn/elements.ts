import { isDone, type Progress, stepsOf } from '#learn/progress.ts';
import { shareText } from '#learn/text.ts';
import { resumeAt, type Stop, shareOf } from '#learn/way.ts';
import { openStore, type Store } from './store.ts';

/** Custom elements that show what is done. Their HTML is whole without them; what they add is hidden until then. */

/** Shows progress, and again after each change, as long as it is on the page. */
abstract class Showing extends HTMLElement {
  protected readonly store: Store = openStore(window);
  #end: (() => void) | undefined;

  connectedCallback(): void {
    this.begin();
    this.show(this.store.now());
    this.#end = this.store.subscribe((progress) => this.show(progress));
  }

  disconnectedCallback(): void {
    this.#end?.();
  }

  protected begin(): void {}
  protected abstract show(progress: Progress): void;

  protected piece<T extends HTMLElement>(name: string): T | null {
    return this.querySelector<T>(`[data-part="${name}"]`);
  }
}

/** Whether one thing is done: a box to tick, or a word where it finds out by itself. */
export class Mark extends Showing {
  protected override begin(): void {
    for (const part of this.querySelectorAll<HTMLElement>('[data-part]')) part.hidden = false;
    this.piece<HTMLInputElement>('box')?.addEventListener('change', ({ target }) => {
      const ref = this.dataset['ref'] ?? '';
      if (target instanceof HTMLInputElement && target.checked) this.store.markDone(ref);
      else this.store.forget(ref);
    });
  }

  protected show(progress: Progress): void {
    const ref = this.dataset['ref'] ?? '';
    const done = isDone(progress, ref);
    this.toggleAttribute('data-done', done);
    const box = this.piece<HTMLInputElement>('box');
    if (box) box.checked = done;
    const word = this.piece('word');
    if (word) word.textContent = done ? 'Done' : stepsText(stepsOf(progress, ref).length, this.dataset['steps']);
  }
}

const stepsText = (done: number, of: string | undefined): string =>
  done === 0 || of === undefined ? 'Not done yet' : `${done} of ${of} steps`;

interface Go extends Stop {
  title: string;
  href: string;
}

/** How far one is on a track, and the link that leads on. */
export class Way extends Showing {
  #stops: Go[] = [];

  protected override begin(): void {
    this.#stops = JSON.parse(this.dataset['stops'] ?? '[]');
    const share = this.piece('share');
    if (share) share.hidden = false;
  }

  protected show(progress: Progress): void {
    const share = shareOf(this.#stops, progress);
    const bar = this.piece<HTMLProgressElement>('bar');
    if (bar) bar.value = share.percent;
    const text = this.piece('text');
    if (text) text.textContent = shareText(share);
    const go = this.piece<HTMLAnchorElement>('go');
    const next = resumeAt(this.#stops, progress) ?? this.#stops[0];
    if (!go || !next) return;
    go.href = next.href;
    go.textContent = `${goText(share)}: ${next.title}`;
  }
}

function goText({ done, of }: { done: number; of: number }): string {
  if (done === 0) return 'Begin';
  return done === of ? 'Once more' : 'Continue';
}

/** What is said only where the browser keeps nothing. */
export class Unkept extends Showing {
  protected show(): void {
    this.hidden = this.store.isKept;
  }
}

/** Defines each once, however many parts of the page ask for it. */
export function defineElements(registry: CustomElementRegistry): void {
  const elements = { 'learn-mark': Mark, 'learn-way': Way, 'learn-unkept': Unkept };
  for (const [name, element] of Object.entries(elements)) if (!registry.get(name)) registry.define(name, element);
}
