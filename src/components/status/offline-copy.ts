import type { Translate } from '#components/words/strings.ts';

/** A page from the copies in the browser was not checked: what was good is shown as not known, what was bad stays. */

const SHAPE = '#sw-question-ring';
const GOOD = ':is(a, td, .sw-headline)[data-bucket="ok"]';

/** Does nothing on a page that the network gave; the worker marks the others. May be called again. */
export function distrustCopy(page: Document, say: Translate): void {
  if (!page.documentElement.dataset['copyOf']) return;
  for (const place of page.querySelectorAll<HTMLElement>(GOOD)) distrust(place, say);
  for (const place of page.querySelectorAll<HTMLElement>(':has(> * > [data-chip="ok"])')) distrustChips(place, say);
  for (const counts of page.querySelectorAll('.sw-summary')) moveCount(counts);
  for (const note of page.querySelectorAll('[data-all-good]')) note.textContent = say('nothingChecked');
}

function distrust(place: HTMLElement, say: Translate): void {
  place.dataset['bucket'] = 'no-signal';
  const head = place.querySelector('.sw-head');
  head?.querySelector('use')?.setAttribute('href', SHAPE);
  const word = head?.querySelector('b') ?? head?.lastChild;
  if (word) word.textContent = ` ${say('unchecked')}`;
}

/** In an image that is not good, single architectures may be. */
function distrustChips(place: HTMLElement, say: Translate): void {
  for (const chip of place.querySelectorAll<HTMLElement>('[data-chip="ok"]')) chip.dataset['chip'] = 'no-signal';
  const arches = place.querySelector('[data-arches]');
  if (arches) arches.textContent += `, ${say('unchecked')}`;
}

function moveCount(counts: Element): void {
  const [ok, unknown] = ['ok', 'no-signal'].map((name) => counts.querySelector(`[data-count="${name}"]`));
  const [from, to] = [ok?.querySelector('b'), unknown?.querySelector('b')];
  if (!from || !to || !ok || !unknown) return;
  const sum = Number(from.textContent) + Number(to.textContent);
  from.textContent = '0';
  to.textContent = String(sum);
  ok.toggleAttribute('data-none', true);
  unknown.toggleAttribute('data-none', sum === 0);
}
