import { type ScriptName, type Translate, translator } from '#components/words/strings.ts';
import { faultText, type Gain, gainOf, gainText } from '#learn/import.ts';
import { isDone, nothingDone, type Progress, stepsOf } from '#learn/progress.ts';
import { progressText, readProgress } from '#learn/progress-text.ts';
import { shareText } from '#learn/text.ts';
import { shareOf } from '#learn/way.ts';
import type { ProgressData } from './progress-data.ts';
import { openStore, type Store } from './store.ts';

/** Titles that a preview names before it says how many more there are. */
const NAMED = 8;

/** The page of progress: over all, export, import, forget and bring back. */
export class ProgressElement extends HTMLElement {
  readonly #store: Store = openStore(window);
  readonly #t: Translate<ScriptName<'learn.script.progress'>> = translator(this);
  #data: ProgressData = { tracks: [], titles: {} };
  /** What was forgotten last, and can be brought back. */
  #forgotten: Progress | null = null;
  /** What was brought and is not added yet. */
  #brought = '';
  #offered: Progress | null = null;
  #end: (() => void) | undefined;

  connectedCallback(): void {
    this.#data = JSON.parse(this.#part('data').textContent ?? '{}');
    for (const live of this.querySelectorAll<HTMLElement>('[data-live]')) live.hidden = false;
    for (const button of this.querySelectorAll<HTMLElement>('[data-forget]'))
      button.addEventListener('click', () => this.#forgetTrack(button.dataset['forget'] ?? ''));
    this.#on('clear', () => this.#forget('forgottenAll', '', () => this.#store.clear()));
    this.#on('undo', () => this.#undo());
    this.#on('save', () => this.#save());
    this.#on('copy', () => this.#copy());
    this.#on('add', () => this.#add());
    this.#part('paste').addEventListener('input', () => this.#preview(this.#area('paste').value));
    this.#part('file').addEventListener('change', ({ target }) => {
      const file = target instanceof HTMLInputElement ? target.files?.[0] : undefined;
      if (file) this.#read(file);
    });
    this.#show();
    this.#end = this.#store.subscribe(() => {
      this.#show();
      if (this.#brought !== '') this.#preview(this.#brought);
    });
  }

  disconnectedCallback(): void {
    this.#end?.();
  }

  #show(): void {
    const progress = this.#store.now();
    const stops = this.#data.tracks.flatMap((track) => track.stops);
    this.#say('all', this.#t('overAll', { share: shareText(shareOf(stops, progress)) }));
    this.#say('other', this.#otherText(progress));
    this.#area('exported').value = progressText(progress);
    for (const { id, stops } of this.#data.tracks) {
      const button = this.querySelector<HTMLButtonElement>(`[data-forget="${id}"]`);
      if (button)
        button.disabled = !stops.some(({ ref }) => isDone(progress, ref) || stepsOf(progress, ref).length > 0);
    }
  }

  /** What is done and on no track, and names that this site does not have. */
  #otherText(progress: Progress): string {
    const onTracks = new Set(this.#data.tracks.flatMap(({ stops }) => stops.map(({ ref }) => ref)));
    const others = Object.keys(progress.done).filter((ref) => !onTracks.has(ref));
    const here = others.filter((ref) => Object.hasOwn(this.#data.titles, ref));
    const gone = others.length - here.length;
    const titles = here.map((ref) => this.#data.titles[ref] || ref).join('; ');
    const sentences = [titles && this.#t('beside', { titles }), gone > 0 && this.#t('unknown', { count: gone })];
    return sentences.filter(Boolean).join(' ');
  }

  #forgetTrack(id: string): void {
    const track = this.#data.tracks.find((one) => one.id === id);
    if (!track) return;
    const refs = track.stops.map(({ ref }) => ref);
    this.#forget('forgottenTrack', track.title, () => this.#store.forget(...refs));
  }

  #forget(said: 'forgottenAll' | 'forgottenTrack', title: string, act: () => void): void {
    const before = this.#store.now();
    act();
    const gone = Object.keys(before.done).filter((ref) => !isDone(this.#store.now(), ref)).length;
    this.#forgotten = before;
    this.#part('undo').hidden = false;
    this.#say('undo-line', this.#t(said, { title, count: gone }));
    this.#part('undo').focus();
  }

  #undo(): void {
    this.#store.add(this.#forgotten ?? nothingDone());
    this.#forgotten = null;
    this.#part('undo').hidden = true;
    this.#say('undo-line', this.#t('back'));
    this.#part('undo-line').focus();
  }

  #save(): void {
    const place = document.createElement('a');
    place.href = URL.createObjectURL(new Blob([progressText(this.#store.now())], { type: 'application/json' }));
    place.download = `slipway-progress-${new Date().toISOString().slice(0, 10)}.json`;
    place.click();
    setTimeout(() => URL.revokeObjectURL(place.href), 10_000);
    this.#say('taken', this.#t('saved', { file: place.download }));
  }

  async #copy(): Promise<void> {
    const copied = navigator.clipboard?.writeText(progressText(this.#store.now()));
    const name = copied ? await copied.then(() => 'copied' as const).catch(() => null) : null;
    this.#say('taken', this.#t(name ?? 'notCopied'));
  }

  async #read(file: File): Promise<void> {
    // Longer than any text that is taken: not worth loading.
    const text = file.size > 1_000_000 ? ' '.repeat(1_000_000).concat('x') : await file.text().catch(() => '');
    this.#preview(text);
  }

  #preview(text: string): void {
    this.#brought = text;
    this.#offered = null;
    const preview = this.#part('preview');
    preview.toggleAttribute('data-fault', false);
    if (text === '') preview.replaceChildren();
    else {
      const read = readProgress(text);
      if ('fault' in read) {
        this.#sentences([faultText(read.fault)]);
        preview.toggleAttribute('data-fault', true);
      } else this.#offer(read.progress, read.dropped);
    }
    this.#part('add').hidden = this.#offered === null;
  }

  #offer(progress: Progress, dropped: number): void {
    const gain = gainOf(this.#store.now(), progress, new Set(Object.keys(this.#data.titles)));
    this.#sentences(gainText(gain, dropped), this.#titlesOf(gain));
    if (gain.done.length + gain.steps > 0) this.#offered = progress;
  }

  #titlesOf({ done }: Gain): string[] {
    const titles = done.slice(0, NAMED).map((ref) => this.#data.titles[ref] || ref);
    return done.length > NAMED ? [...titles, this.#t('more', { count: done.length - NAMED })] : titles;
  }

  #sentences(sentences: readonly string[], titles: readonly string[] = []): void {
    const list = document.createElement('ul');
    list.append(...titles.map((title) => withText('li', title)));
    const paragraphs = sentences.map((sentence) => withText('p', sentence));
    this.#part('preview').replaceChildren(...paragraphs, ...(titles.length > 0 ? [list] : []));
  }

  #add(): void {
    const offered = this.#offered;
    if (!offered) return;
    this.#area('paste').value = '';
    this.#preview('');
    this.#store.add(offered);
    this.#sentences([this.#t('added')]);
    this.#part('preview').focus();
  }

  #on(name: string, act: () => unknown): void {
    this.#part(name).addEventListener('click', () => void act());
  }

  #say(name: string, sentence: string): void {
    const place = this.#part(name);
    if (place.textContent !== sentence) place.textContent = sentence;
  }

  #area(name: string): HTMLTextAreaElement {
    const area = this.#part(name);
    if (!(area instanceof HTMLTextAreaElement)) throw new Error(`${name} is no field of text: see Progress.astro.`);
    return area;
  }

  #part(name: string): HTMLElement {
    const part = this.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (!part) throw new Error(`The page of progress has no ${name}: see Progress.astro.`);
    return part;
  }
}

function withText(name: 'li' | 'p', text: string): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}
