import type { Store } from '#components/learn/store.ts';
import type { Progress } from '#learn/progress.ts';

/** Marks on the list of labs what this reader has done, and keeps them as other tabs go on. */
export function markLabs(page: Document, store: Store): void {
  const show = ({ done, steps }: Progress) => {
    for (const row of page.querySelectorAll<HTMLElement>('[data-labs] [data-ref]')) {
      const ref = row.dataset['ref'] ?? '';
      const isDone = done[ref] !== undefined;
      const isBegun = !isDone && Object.keys(steps[ref] ?? {}).length > 0;
      row.querySelector('[data-done]')?.toggleAttribute('hidden', !isDone);
      row.querySelector('[data-begun]')?.toggleAttribute('hidden', !isBegun);
    }
  };
  show(store.now());
  store.subscribe(show);
}
