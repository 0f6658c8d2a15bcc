import { Showing } from './showing.ts';

/** What is said only where the browser keeps nothing. */
export class Unkept extends Showing {
  protected show(): void {
    this.hidden = this.store.isKept;
  }
}
