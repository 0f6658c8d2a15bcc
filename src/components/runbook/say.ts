const SHOWN_MS = 6_000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says one sentence at the foot of the page, aloud too. */
export function say(page: Document, sentence: string): void {
  const place = page.querySelector<HTMLElement>('[data-said]');
  if (!place) return;
  clearTimeout(timer);
  place.textContent = sentence;
  timer = setTimeout(() => {
    place.textContent = '';
  }, SHOWN_MS);
}
