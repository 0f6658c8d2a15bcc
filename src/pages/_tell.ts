/** What is wrong with what a page shows, said while the site is built as well. */

const FEW = 5;

/** Writes the first five faults, and how many more there are, to the build's log. */
export function tell(page: string, faults: readonly string[]): void {
  for (const fault of faults.slice(0, FEW)) console.warn(`[slipway] ${page} ${fault}`);
  const more = faults.length - FEW;
  if (more > 0) console.warn(`[slipway] ${page} and ${more} more, which the page shows.`);
}
