import { find } from './dom.ts';

/** The clock of the practice world: it stands still until the reader lets it go. */

const TICK_MS = 1_000;

export interface ClockWants {
  /** Lets time go by in the world. */
  pass: (ms: number) => void;
  /** A tick is left out while something else is being done. */
  isBusy: () => boolean;
}

export class Clock {
  private readonly shown: HTMLTimeElement;
  private readonly stands: HTMLInputElement;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(place: HTMLElement, wants: ClockWants) {
    this.shown = find(place, '[data-now]', HTMLTimeElement);
    this.stands = find(place, 'input[value="0"]', HTMLInputElement);
    place.addEventListener('change', ({ target }) => {
      if (!(target instanceof HTMLInputElement)) return;
      clearInterval(this.timer);
      const speed = Number(target.value);
      if (speed > 0)
        this.timer = setInterval(() => {
          if (!wants.isBusy()) wants.pass(TICK_MS * speed);
        }, TICK_MS);
    });
    find(place, '[data-pass]', HTMLButtonElement).addEventListener('click', ({ currentTarget }) => {
      if (currentTarget instanceof HTMLElement) wants.pass(Number(currentTarget.dataset['pass']));
    });
  }

  show(nowMs: number): void {
    const iso = new Date(nowMs).toISOString();
    this.shown.dateTime = iso;
    this.shown.textContent = `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
  }

  stand(): void {
    clearInterval(this.timer);
    this.stands.checked = true;
  }
}
