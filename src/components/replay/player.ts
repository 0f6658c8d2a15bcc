import { lengthText } from '#status/text/provenance.ts';
import { momentOf, phaseOf, reached } from './moment.ts';

/** Lets a reader go through a recorded run event by event; without it chart and transcript stand there all the same. */

const STEP_MS = 1_000;
const NO_MOTION = '(prefers-reduced-motion: reduce)';

/** By whom a moment was chosen: only what a person chose step by step is told at once. */
type By = 'step' | 'scrub' | 'play' | 'address';

interface Moment {
  ms: number;
  said: string;
  link: Element | null;
}

class ReplayPlayer extends HTMLElement {
  #moments: Moment[] = [];
  #at = 0;
  /** Stops what plays; null where nothing does. */
  #stop: (() => void) | null = null;

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
    this.#part('.sw-chart')?.addEventListener('click', this.#pick);
    if (this.#hasAddress) addEventListener('hashchange', this.#follow);
    this.#show(Number(this.dataset['at'] ?? 0), 'address');
    this.#follow();
  }

  disconnectedCallback(): void {
    this.#pause();
    removeEventListener('hashchange', this.#follow);
  }

  get #hasAddress(): boolean {
    return this.hasAttribute('data-address');
  }

  #part(selector: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(selector);
  }

  /** Goes where the address points. */
  #follow = (): void => {
    if (!this.#hasAddress) return;
    const moment = momentOf(location.hash, this.#moments.length);
    if (moment === null && location.hash !== '') return;
    this.#pause();
    this.#show(moment ?? 0, 'address');
    // The address is that of a line of the transcript; its reader wants to see the chart.
    if (moment) requestAnimationFrame(() => this.scrollIntoView({ behavior: 'instant', block: 'start' }));
  };

  /** The chart stays where it is when a reader picks a row in it. */
  #pick = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#t="]') : null;
    const moment = link ? momentOf(link.hash, this.#moments.length) : null;
    if (!link || moment === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, '', link.hash);
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
    if (this.#at >= this.#moments.length) this.#show(0, 'play');
    if (this.#at === 0) this.#show(1, 'play');
    const speed = Number(this.querySelector('select')?.value ?? 0);
    const isStepped = matchMedia(NO_MOTION).matches;
    this.#stop = speed === 0 ? this.#byEvent() : this.#byClock(speed, isStepped);
    this.#label('Pause');
    this.toggleAttribute('data-playing', true);
  }

  #byEvent(): () => void {
    const timer = setInterval(() => this.#advance(this.#at + 1), STEP_MS);
    return () => clearInterval(timer);
  }

  /** As the run went, only faster; where motion is not wanted, the line stands still between events. */
  #byClock(speed: number, isStepped: boolean): () => void {
    const began = performance.now();
    const from = this.#moments[this.#at - 1]?.ms ?? 0;
    const times = this.#moments.map(({ ms }) => ms);
    const tick = () => {
      const ms = from + (performance.now() - began) * speed;
      const moment = Math.max(this.#at, reached(times, ms));
      if (moment !== this.#at) this.#advance(moment);
      if (!this.#stop) return;
      if (!isStepped) this.#move(ms);
      frame = requestAnimationFrame(tick);
    };
    let frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }

  #advance(moment: number): void {
    this.#show(moment, 'play');
    if (moment >= this.#moments.length) this.#halt();
  }

  /** Stops, and tells where. */
  #halt(): void {
    this.#pause();
    this.#show(this.#at, 'step');
  }

  #pause(): void {
    this.#stop?.();
    this.#stop = null;
    this.#label('Play');
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
      history.replaceState(history.state, '', this.#at > 0 ? `#t=${this.#at}` : location.pathname + location.search);
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
    if (clock) clock.textContent = this.#at > 0 ? `${lengthText(now)} into the run` : 'The whole run';
    const wall = this.#part('[data-wall]');
    const start = Date.parse(this.dataset['start'] ?? '');
    if (wall) wall.textContent = this.#at > 0 ? `${new Date(start + now).toISOString().slice(11, 19)} UTC` : '';
  }

  #say(by: By): void {
    const count = this.#moments.length;
    const said = this.#moments[this.#at - 1]?.said ?? 'Press Play, or go from event to event.';
    const line = this.#part('[data-line]');
    // Steps while it plays come too fast to be spoken, and a slider speaks for itself.
    line?.setAttribute('aria-live', by === 'step' ? 'polite' : 'off');
    if (line) line.textContent = said;
    const range = this.querySelector('input');
    if (range) range.value = String(this.#at);
    range?.setAttribute('aria-valuetext', this.#at > 0 ? `${this.#at} of ${count}: ${said}` : 'The whole run');
    const number = this.#part('[data-number]');
    if (number) number.textContent = this.#at > 0 ? `event ${this.#at} of ${count}` : `${count} events`;
  }

  async #copy(button: HTMLElement): Promise<void> {
    const address = new URL(this.dataset['home'] ?? '', location.href);
    address.hash = this.#at > 0 ? `t=${this.#at}` : '';
    const word = button.textContent;
    button.textContent = await navigator.clipboard.writeText(address.href).then(
      () => 'Copied',
      () => 'Not allowed',
    );
    setTimeout(() => {
      button.textContent = word;
    }, 2 * STEP_MS);
  }
}

/** Makes the players of a page work. */
export function offerReplay(): void {
  if (!customElements.get('sw-replay')) customElements.define('sw-replay', ReplayPlayer);
}

const all = (root: ParentNode, selector: string): HTMLElement[] => [...root.querySelectorAll<HTMLElement>(selector)];

const numberIn = (text: string | undefined): number | null => (text === undefined ? null : Number(text));
