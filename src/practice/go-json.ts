/** JSON as Go writes it: some characters are escaped for HTML. */
export function goJson(value: unknown, indent: number | string): string {
  return JSON.stringify(value, null, indent).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
