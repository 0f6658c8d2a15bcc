/** Which redirects may be followed. */

const MAPPED = /^\[::ffff:/;
const PRIVATE = [
  /^127(\.\d+){3}$/,
  /^10\./,
  /^192\.168\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^169\.254\./,
  /^0\./,
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^\[::1?\]$/,
  /^\[f[cd][0-9a-f]{2}:/,
  /^\[fe[89ab][0-9a-f]:/,
  /^198\.1[89]\./,
  /^\[64:ff9b:/,
  /(^|\.)localhost\.?$/,
];

/** Whether a URL names this machine or a private network; URL has already normalised the address. */
export function isPrivate(url: URL): boolean {
  return MAPPED.test(url.hostname) || PRIVATE.some((pattern) => pattern.test(url.hostname));
}

export function isLoopback(url: URL): boolean {
  return /^127(\.\d+){3}$|^\[::1\]$|(^|\.)localhost$/.test(url.hostname);
}

/** Why a redirect must not be followed, or null; `first` is the URL that was asked for. */
export function refusal(first: URL, from: URL, to: URL): string | null {
  if (to.protocol !== 'https:' && to.protocol !== 'http:') return `${to.protocol} is not http`;
  if (to.username || to.password) return 'it carries a name or password';
  if (from.protocol === 'https:' && to.protocol === 'http:') return 'it leaves https';
  if (isPrivate(to) && !isPrivate(first)) return `${to.hostname} is a private address`;
  return null;
}
