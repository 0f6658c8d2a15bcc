import { type ScriptName, type Translate, translator } from '#components/words/strings.ts';
import { type Progress, stepsOf } from '#learn/progress.ts';
import { openStore, type Store } from './store.ts';

/** A quiz: each question is checked by itself, what was right stays, what was wrong can be tried again. */
export class QuizElement extends HTMLElement {
  readonly #store: Store = openStore(window);
  readonly #t: Words = translator(this);
  #ref = '';
  #all: string[] = [];
  #questions: Question[] = [];
  #end: (() => void) | undefined;

  connectedCallback(): void {
    this.#ref = this.dataset['ref'] ?? '';
    this.#all = JSON.parse(this.dataset['all'] ?? '[]');
    this.#questions = [...this.querySelectorAll('form')].map(
      (form) =>
        new Question(
          form,
          this.#t,
          (id) => this.#done(id),
          () => this.#sum(),
        ),
    );
    this.#part('again').addEventListener('click', () => this.#again());
    this.#part('over').addEventListener('click', () => this.#store.forget(this.#ref));
    this.#show(this.#store.now());
    this.#end = this.#store.subscribe((progress) => this.#show(progress));
  }

  disconnectedCallback(): void {
    this.#end?.();
  }

  #done(question: string): void {
    this.#store.markStep(this.#ref, question);
    const done = stepsOf(this.#store.now(), this.#ref);
    if (this.#all.every((id) => done.includes(id))) this.#store.markDone(this.#ref);
  }

  #show(progress: Progress): void {
    const done = stepsOf(progress, this.#ref);
    for (const question of this.#questions) question.show(done.includes(question.id));
    this.#sum();
  }

  #sum(): void {
    const done = this.#questions.filter(({ isDone }) => isDone).length;
    const wrong = this.#questions.filter(({ isWrong }) => isWrong).length;
    const of = this.#questions.length;
    const text = done === of ? this.#t('all', { count: of }) : this.#t('some', { done, count: of });
    const sum = this.#part('sum');
    if (of > 1 && sum.textContent !== text) sum.textContent = text;
    this.#part('again').hidden = wrong === 0;
    this.#part('over').hidden = done === 0;
    this.#part('end').hidden = of === 1 && done + wrong === 0;
  }

  /** Clears what was wrong, and nothing else. */
  #again(): void {
    const wrong = this.#questions.filter(({ isWrong }) => isWrong);
    for (const question of wrong) question.clear();
    wrong[0]?.focus();
    this.#sum();
  }

  #part(name: string): HTMLElement {
    const part = this.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (!part) throw new Error(`The quiz has no ${name}: see Quiz.astro.`);
    return part;
  }
}

type Words = Translate<ScriptName<'learn.script.quiz'>>;

class Question {
  readonly id: string;
  isDone = false;
  isWrong = false;
  readonly #form: HTMLFormElement;
  readonly #t: Words;
  readonly #said: HTMLElement | null;

  constructor(form: HTMLFormElement, t: Words, done: (id: string) => void, changed: () => void) {
    this.#form = form;
    this.#t = t;
    this.id = form.dataset['question'] ?? '';
    this.#said = form.querySelector('[data-part="said"]');
    for (const hidden of form.querySelectorAll<HTMLElement>('button[type="submit"]')) hidden.hidden = false;
    for (const answer of form.querySelectorAll<HTMLElement>('.lq-answer, [data-part="more"]')) answer.hidden = true;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#check()) done(this.id);
      changed();
    });
    form.addEventListener('change', () => {
      this.isDone = false;
      this.#forgetFeedback();
      changed();
    });
  }

  /** As it was left: answered, with what was right, or open. */
  show(isDone: boolean): void {
    if (isDone === this.isDone) return;
    if (!isDone) {
      this.isDone = false;
      this.clear();
      return;
    }
    for (const input of this.#inputs()) input.checked = this.#isRight(input.value);
    this.#check();
  }

  clear(): void {
    for (const input of this.#inputs()) input.checked = false;
    this.#forgetFeedback();
  }

  focus(): void {
    this.#inputs()[0]?.focus();
  }

  /** Says of each choice why it is right or not; true where all is right and nothing is missing. */
  #check(): boolean {
    this.#forgetFeedback();
    const inputs = this.#inputs();
    const chosen = inputs.filter(({ checked }) => checked);
    if (chosen.length === 0) {
      this.#say(this.#t('choose'));
      return false;
    }
    for (const { value } of chosen) this.#feedback(value);
    const wrong = chosen.filter(({ value }) => !this.#isRight(value)).length;
    const missing = inputs.filter(({ value, checked }) => !checked && this.#isRight(value)).length;
    this.isDone = wrong === 0 && missing === 0;
    this.isWrong = !this.isDone;
    this.#form.toggleAttribute('data-done', this.isDone);
    const more = this.#form.querySelector<HTMLElement>('[data-part="more"]');
    if (more) more.hidden = false;
    this.#say(this.#t(verdict(wrong, missing)));
    return this.isDone;
  }

  #feedback(option: string): void {
    const place = this.#form.querySelector<HTMLElement>(`[data-option="${option}"] .lq-feedback`);
    const answer = this.#answer(option);
    if (!place || !answer) return;
    const parts = [...answer.childNodes];
    const from = parts.findIndex(({ nodeName }) => nodeName === 'BR');
    place.replaceChildren(...parts.slice(from + 1).map((node) => node.cloneNode(true)));
    place.toggleAttribute('data-right', this.#isRight(option));
    place.hidden = false;
  }

  #forgetFeedback(): void {
    for (const place of this.#form.querySelectorAll<HTMLElement>('.lq-feedback')) {
      place.hidden = true;
      place.replaceChildren();
    }
    this.isWrong = false;
    this.#form.toggleAttribute('data-done', this.isDone);
    this.#say('');
  }

  #isRight = (option: string): boolean => this.#answer(option)?.dataset['right'] === 'true';

  #answer = (option: string): HTMLElement | null => this.#form.querySelector(`[data-answer="${option}"]`);

  #inputs = (): HTMLInputElement[] => [...this.#form.querySelectorAll('input')];

  #say(sentence: string): void {
    if (this.#said && this.#said.textContent !== sentence) this.#said.textContent = sentence;
  }
}

/** Name of the string. */
function verdict(wrong: number, missing: number): ScriptName<'learn.script.quiz'> {
  if (wrong > 0) return missing > 0 ? 'notYet' : 'tooMany';
  return missing > 0 ? 'missing' : 'right';
}
