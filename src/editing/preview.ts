/** A site that is looked at as the files of a job, where no server finds the index.html of a folder. */

/** A page whose links into folders name that file. */
export function withFileLinks(html: string, base: string): string {
  return html.replace(/(\shref=")([^"#?]*\/)(?=[#?"])/g, (whole, before: string, path: string) =>
    path.startsWith(base) || path.startsWith('.') ? `${before}${path}index.html` : whole,
  );
}
