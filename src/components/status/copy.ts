const SHOWN_MS = 2_000;

/** Shows the copy buttons of a page where the browser can copy; without it the commands stand there all the same. */
export function offerCopy(page: Document): void {
  const clipboard = page.defaultView?.navigator.clipboard;
  if (!clipboard) return;
  for (const button of page.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const done = await clipboard.writeText(button.dataset['copy'] ?? '').then(
        () => 'copied',
        () => 'not allowed',
      );
      say(button, done);
    });
  }
}

function say(button: HTMLButtonElement, word: string): void {
  const label = button.getAttribute('aria-label') ?? '';
  button.textContent = word;
  button.setAttribute('aria-label', word);
  setTimeout(() => {
    button.textContent = 'copy';
    button.setAttribute('aria-label', label);
  }, SHOWN_MS);
}
