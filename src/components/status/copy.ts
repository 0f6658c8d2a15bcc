import { translator } from '#components/words/strings.ts';

const SHOWN_MS = 2_000;

/** Shows the copy buttons of a page where the browser can copy; without it the commands stand there all the same. */
export function offerCopy(page: Document): void {
  const clipboard = page.defaultView?.navigator.clipboard;
  if (!clipboard) return;
  for (const button of page.querySelectorAll<HTMLButtonElement>('button[data-copy][data-strings]')) {
    const t = translator(button);
    const own: Words = [button.textContent ?? '', button.getAttribute('aria-label') ?? ''];
    button.hidden = false;
    button.addEventListener('click', async () => {
      const done = await clipboard.writeText(button.dataset['copy'] ?? '').then(
        () => t('copied'),
        () => t('refused'),
      );
      say(button, [done, done]);
      setTimeout(() => say(button, own), SHOWN_MS);
    });
  }
}

type Words = readonly [shown: string, label: string];

function say(button: HTMLButtonElement, [shown, label]: Words): void {
  button.textContent = shown;
  button.setAttribute('aria-label', label);
}
