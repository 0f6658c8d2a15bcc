import { translator } from '#components/words/strings.ts';
import { lengthText } from '#status/text/provenance.ts';
import { momentOf, phaseOf, reached } from './moment.ts';

/** Lets a reader go through a recorded run event by event; without it chart and transcript stand there all the same. */

const STEP_MS = 1_000;
const COPIED_MS = 2_000;

/** By whom a moment was chosen: only what a person chose step by step is told at once. */
type By = 'step' | 'scrub' | 'play' | 'address';

interface Moment {
  ms: number;
  said: string;
  link: Element | null;
}

class ReplayPlayer extends HTMLElement {
  #t = translator(this);
  #moments: Moment[] = [];
  #at = 0;
  /** Stops what plays; null where nothing does. */
  #stop: (() => void) | null = null;
  /** Whether the reader wants nothing to move. */
  #still = matchMedia('(prefers-reduced-motion: reduce)');

  connectedCallback(): void {
    this.#moments = all(this, '[data-ms]').map((item) => ({
      ms: Number(item.dataset['ms']),
      said: item.querySelector('[data-said]')?.textContent ?? '',
      link: item.querySelector('a'),
    }));
    const controls = this.#part('[data-player]');
    if (!controls || this.#moments.length === 0) return;
    controls.hidden = false;
    if (!navigator.clipboard) this.#part('[data-do="copy"]')?.remove();
    controls.addEventListener('click', ({ target }) => {
      const button = target instanceof Element ? target.closest<HTMLElement>('[data-do]') : null;
      if (button) this.#press(button);
    });
    controls.addEventListener('input', ({ target }) => {
      if (target instanceof HTMLInputElement) this.#choose(Number(target.value), 'scrub');
      else if (this.#stop) this.#play();
    });
    this.#still.addEventListener('change', this.#calm);
    this.#show(Number(this.dataset['at'] ?? 0), 'address');
    if (!this.#hasAddress) return;
    this.addEventListener('click', this.#pick);
    addEventListener('hashchange', this.#follow);
    this.#follow();
  }

  disconnectedCallback(): void {
    this.#pause();
    this.#still.removeEventListener('change', this.#calm);
    removeEventListener('hashchange', this.#follow);
  }

  get #hasAddress(): boolean {
    return this.hasAttribute('data-address');
  }

  /** Where playing ends: of a failed run at its failure, unless the reader is already past it. */
  get #end(): number {
    const end = Number(this.dataset['end'] ?? this.#moments.length);
    return this.#at > end ? this.#moments.length : end;
  }

  #part(selector: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(selector);
  }

  #calm = (): void => {
    if (this.#stop) this.#halt();
    else this.#say('address');
  };

  /** Goes where the address points; one that names no moment of this run loses it. */
  #follow = (): void => {
    const moment = momentOf(location.hash, this.#moments.length);
    if (moment === null && location.hash.startsWith('#t='))
      history.replaceState(history.state, '', location.pathname + location.search);
    if (moment === null && location.hash !== '') return;
    this.#pause();
    this.#show(moment ?? 0, 'address');
    // Who comes by a link wants to see the chart; who picked a line, or goes back to one, stays where they are.
    if (moment === null || history.state !== null) return;
    history.replaceState({ seen: true }, '');
    // Once the page is loaded the browser goes to the line of the transcript, which has the same address.
    const come = () => requestAnimationFrame(() => this.scrollIntoView({ behavior: 'instant', block: 'start' }));
    if (document.readyState === 'complete') come();
    else window.addEventListener('load', come, { once: true });
  };

  /** Chart and transcript stay where they are, and so does the focus, when a reader picks a line in them. */
  #pick = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#t="]') : null;
    const moment = link ? momentOf(link.hash, this.#moments.length) : null;
    if (!link || moment === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState({ seen: true }, '', link.hash);
    this.#choose(moment, 'step');
  };

  #press(button: HTMLElement): void {
    const does = button.dataset['do'];
    if (does === 'next') this.#choose(this.#at + 1, 'step');
    else if (does === 'previous') this.#choose(this.#at - 1, 'step');
    else if (does === 'copy') void this.#copy(button);
    else if (this.#stop) this.#halt();
    else this.#play();
  }

  #choose(moment: number, by: By): void {
    this.#pause();
    this.#show(moment, by);
  }

  #play(): void {
    this.#pause();
    if (this.#still.matches) return;
    if (this.#at >= this.#end) this.#show(0, 'play');
    if (this.#at === 0) this.#show(1, 'play');
    const speed = Number(this.querySelector('select')?.value ?? 0);
    this.#stop = speed === 0 ? this.#byEvent() : this.#byClock(speed);
    this.#label(this.#t('pause'));
    this.toggleAttribute('data-playing', true);
  }

  #byEvent(): () => void {
    const end = this.#end;
    const timer = setInterval(() => this.#advance(this.#at + 1, end), STEP_MS);
    return () => clearInterval(timer);
  }

  /** As the run went, only faster. */
  #byClock(speed: number): () => void {
    const end = this.#end;
    const began = performance.now();
    const from = this.#moments[this.#at - 1]?.ms ?? 0;
    const times = this.#moments.map(({ ms }) => ms);
    const tick = () => {
      const ms = from + (performance.now() - began) * speed;
      const moment = Math.max(this.#at, reached(times, ms));
      if (moment !== this.#at) this.#advance(moment, end);
      if (!this.#stop) return;
      this.#move(ms);
      frame = requestAnimationFrame(tick);
    };
    let frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }

  #advance(moment: number, end: number): void {
    this.#show(Math.min(moment, end), 'play');
    if (moment >= end) this.#halt();
  }

  /** Stops, and tells where. */
  #halt(): void {
    this.#pause();
    this.#show(this.#at, 'step');
  }

  #pause(): void {
    this.#stop?.();
    this.#stop = null;
    this.#label(this.#t('play'));
    this.toggleAttribute('data-playing', false);
  }

  #label(word: string): void {
    const label = this.#part('[data-do="play"] [data-word]');
    if (label) label.textContent = word;
  }

  #show(moment: number, by: By): void {
    this.#at = Math.min(this.#moments.length, Math.max(0, moment));
    this.toggleAttribute('data-at', this.#at > 0);
    for (const row of all(this, '[data-from], [data-to]')) this.#mark(row);
    for (const [index, { link }] of this.#moments.entries())
      if (index + 1 === this.#at) link?.setAttribute('aria-current', 'step');
      else link?.removeAttribute('aria-current');
    this.#move(this.#moments[this.#at - 1]?.ms ?? 0);
    this.#say(by);
    if (by !== 'address' && this.#hasAddress)
      history.replaceState({ seen: true }, '', this.#at > 0 ? `#t=${this.#at}` : location.pathname + location.search);
  }

  #mark(row: HTMLElement): void {
    const turns = { from: numberIn(row.dataset['from']), to: numberIn(row.dataset['to']) };
    const phase = phaseOf(turns, this.#at);
    if (phase) row.dataset['phase'] = phase;
    else delete row.dataset['phase'];
    row.toggleAttribute('data-here', this.#at > 0 && (turns.from === this.#at || turns.to === this.#at));
  }

  /** Puts line and clock at a time of the run. */
  #move(ms: number): void {
    const length = Number(this.dataset['length'] ?? 0);
    const now = Math.min(ms, length);
    this.style.setProperty('--sw-at', String(length > 0 ? (100 * now) / length : 0));
    const clock = this.#part('[data-clock]');
    if (clock) clock.textContent = this.#at > 0 ? this.#t('into', { time: lengthText(now) }) : this.#t('whole');
    const wall = this.#part('[data-wall]');
    const start = Date.parse(this.dataset['start'] ?? '');
    if (wall) wall.textContent = this.#at > 0 ? `${new Date(start + now).toISOString().slice(11, 19)} UTC` : '';
  }

  #say(by: By): void {
    const events = this.#moments.length;
    const said = this.#moments[this.#at - 1]?.said ?? this.#t(this.#still.matches ? 'still' : 'press');
    const line = this.#part('[data-line]');
    // Steps while it plays come too fast to be spoken, and a slider speaks for itself.
    line?.setAttribute('aria-live', by === 'step' ? 'polite' : 'off');
    if (line) line.textContent = said;
    const range = this.querySelector('input');
    if (range) range.value = String(this.#at);
    const value = this.#at > 0 ? this.#t('sayingOf', { at: this.#at, events, said }) : this.#t('whole');
    range?.setAttribute('aria-valuetext', value);
    const number = this.#part('[data-number]');
    const place = this.#at > 0 ? this.#t('eventOf', { at: this.#at, events }) : this.#t('events', { count: events });
    if (number) number.textContent = place;
  }

  async #copy(button: HTMLElement): Promise<void> {
    const address = new URL(this.dataset['home'] ?? '', location.href);
    address.hash = this.#at > 0 ? `t=${this.#at}` : '';
    const word = button.textContent;
    button.textContent = await navigator.clipboard.writeText(address.href).then(
      () => this.#t('copied'),
      () => this.#t('notAllowed'),
    );
    setTimeout(() => {
      button.textContent = word;
    }, COPIED_MS);
  }
}

/** Makes the players of a page work. */
export function offerReplay(): void {
  if (!customElements.get('sw-replay')) customElements.define('sw-replay', ReplayPlayer);
}

const all = (root: ParentNode, selector: string): HTMLElement[] => [...root.querySelectorAll<HTMLElement>(selector)];

const numberIn = (text: string | undefined): number | null => (text === undefined ? null : Number(text));
