/** Links to the glossary say what the word means: at a pointer, at the focus, at a first tap. Without this they are links. */

const LEAVES_MS = 200;
const GAP = 4;

export function explainTerms(page: Document): void {
  const links = page.querySelectorAll<HTMLAnchorElement>('.sl-markdown-content a[href*="/glossary/#"]:not(svg *)');
  const tip = makeTip(page);
  for (const link of links) {
    const word = page.getElementById(`word-${link.hash.slice(1)}`);
    if (!word || !tip) continue;
    link.dataset['term'] = '';
    // The hidden text is read out with the link; the tip is for the eye.
    link.setAttribute('aria-describedby', word.id);
    listen(link, word, tip);
  }
}

interface Tip {
  show: (link: HTMLElement, word: HTMLElement, hint: string) => void;
  leave: () => void;
  hide: () => void;
  shows: (link: HTMLElement) => boolean;
}

function listen(link: HTMLAnchorElement, word: HTMLElement, tip: Tip): void {
  let isTouched = false;
  let wasOpen = false;
  link.addEventListener('pointerdown', (event) => {
    isTouched = event.pointerType !== 'mouse';
    wasOpen = tip.shows(link);
  });
  link.addEventListener('pointerenter', (event) => {
    if (event.pointerType === 'mouse') tip.show(link, word, '');
  });
  link.addEventListener('pointerleave', (event) => {
    if (event.pointerType === 'mouse' && link !== link.ownerDocument.activeElement) tip.leave();
  });
  link.addEventListener('focus', () => tip.show(link, word, ''));
  link.addEventListener('blur', () => tip.hide());
  link.addEventListener('click', (event) => {
    if (!isTouched || wasOpen) return;
    // A first tap explains, a second one goes there.
    event.preventDefault();
    tip.show(link, word, word.closest<HTMLElement>('[data-tap-again]')?.dataset['tapAgain'] ?? '');
  });
}

/** Null where the browser has no popovers. */
function makeTip(page: Document): Tip | null {
  const box = page.createElement('div');
  if (typeof box.showPopover !== 'function') return null;
  box.className = 'sw-tip not-content';
  box.setAttribute('role', 'tooltip');
  box.popover = 'manual';
  (page.querySelector('main') ?? page.body).append(box);
  let at: HTMLElement | null = null;
  let leaving: ReturnType<typeof setTimeout> | undefined;

  const stay = () => clearTimeout(leaving);
  const hide = () => {
    stay();
    if (at) box.hidePopover();
    at = null;
  };
  const leave = () => {
    stay();
    leaving = setTimeout(hide, LEAVES_MS);
  };
  const show = (link: HTMLElement, word: HTMLElement, hint: string) => {
    stay();
    box.replaceChildren(...[...word.childNodes].map((node) => node.cloneNode(true)));
    if (hint) box.append(Object.assign(page.createElement('small'), { textContent: hint }));
    if (!at) box.showPopover();
    at = link;
    place(box, link);
  };
  box.addEventListener('pointerenter', stay);
  box.addEventListener('pointerleave', leave);
  page.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') hide();
  });
  page.addEventListener('scroll', () => at && place(box, at), { passive: true });
  page.addEventListener('pointerdown', ({ target }) => {
    if (at && target instanceof Node && !at.contains(target) && !box.contains(target)) hide();
  });
  return { show, leave, hide, shows: (link) => at === link };
}

/** Below the word, or above where there is no room; always whole within the window. */
function place(box: HTMLElement, link: HTMLElement): void {
  const lines = link.getClientRects();
  const first = lines[0] ?? link.getBoundingClientRect();
  const last = lines[lines.length - 1] ?? first;
  const { innerWidth, innerHeight } = window;
  const { offsetWidth: width, offsetHeight: height } = box;
  const left = Math.max(GAP, Math.min(last.left, innerWidth - width - 4 * GAP));
  const isBelow = last.bottom + GAP + height <= innerHeight || first.top < height + GAP;
  const top = isBelow ? last.bottom + GAP : first.top - GAP - height;
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
}
