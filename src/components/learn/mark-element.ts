import { type ScriptName, type Translate, translator } from '#components/words/strings.ts';
import { isDone, type Progress, stepsOf } from '#learn/progress.ts';
import { Showing } from './showing.ts';

/** Whether one thing is done: a box to tick, or a word where it finds out by itself. */
export class Mark extends Showing {
  readonly #t: Translate<ScriptName<'learn.script.mark'>> = translator(this);

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
    if (word) word.textContent = done ? this.#t('done') : this.#stepsText(stepsOf(progress, ref).length);
  }

  #stepsText(done: number): string {
    const { steps } = this.dataset;
    return done === 0 || steps === undefined ? this.#t('notYet') : this.#t('steps', { done, count: Number(steps) });
  }
}
