/** Throws where a page shows rows that rest on a source which the page does not list. */
export function citedBy(
  page: string,
  rows: readonly { sources: readonly string[] }[],
  sources: App.Locals['sources'],
): void {
  const listed = new Set(sources.map(([name]) => name));
  const lacking = [...new Set(rows.flatMap((row) => row.sources))].filter((name) => !listed.has(name));
  if (lacking.length > 0)
    throw new Error(
      `${page} shows rows that rest on ${lacking.join(', ')}. Add that to "sources" at the top of the page.`,
    );
}
