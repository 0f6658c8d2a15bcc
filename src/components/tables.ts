/** Lets the keyboard reach each table of prose that scrolls sideways, as on a phone, while it does. */
export function reachTables(page: Document): void {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
      else target.removeAttribute('tabindex');
    }
  });
  for (const table of page.querySelectorAll('.sl-markdown-content table:not(.not-content *)')) watch.observe(table);
}
