import type { Progress } from '#learn/progress.ts';
import { openStore, type Store } from './store.ts';

/** Custom elements that show what is done. Their HTML is whole without them; what they add is hidden until then. */

/** Shows progress, and again after each change, as long as it is on the page. */
export abstract class Showing extends HTMLElement {
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

/** Defines it once, however many parts of the page ask for it. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
