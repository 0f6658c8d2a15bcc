/** Opens all that is folded before the page is printed: paper cannot be clicked. */
export function unfoldForPrint(page: Document): void {
  const unfold = () => {
    for (const fold of page.querySelectorAll('details')) fold.open = true;
  };
  page.defaultView?.addEventListener('beforeprint', unfold);
}
