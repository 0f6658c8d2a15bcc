/** A page's text in its two parts, each with the lines where they were. */

const HEAD = /^\uFEFF?---[ \t]*\r?\n(?:[\s\S]*?\n)?---[ \t]*(?:\r?\n|$)/;

/** What stands between the two lines of dashes, on its own lines; empty where there are none. */
export function headOf(text: string): string {
  const head = HEAD.exec(text)?.[0] ?? '';
  return head.replace(/^\uFEFF?---[ \t]*/, '').replace(/\n---[ \t]*\r?\n?$/, '\n');
}

/** The text without them, on its own lines. */
export function bodyOf(text: string): string {
  return text.replace(HEAD, (head) => head.replaceAll(/[^\r\n]/g, ''));
}
