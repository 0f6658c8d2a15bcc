/** An address of this site under the base path that it is published at; `path` begins without a slash. */
export function link(path: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/+$/, '')}/${path}`;
}
