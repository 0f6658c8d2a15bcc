import { BYTES, KEPT_AT, TITLE } from './names.ts';

/** Answers as they are kept, and as they are shown when the network is silent. */

const MOST_BYTES = { asset: 4_194_304, other: 1_048_576 } as const;

/** A whole answer of this site's own; a redirect, a part or a fault is not kept. */
export function isKeepable(answer: Response): boolean {
  return answer.status === 200 && !answer.redirected && (answer.type === 'basic' || answer.type === 'default');
}

/** The answer to keep, with when it was fetched; null where it is too large. */
export async function copyOf(answer: Response, path: string, at: string): Promise<Response | null> {
  const body = await answer.arrayBuffer();
  const limit = path.startsWith('_astro/') ? MOST_BYTES.asset : MOST_BYTES.other;
  if (body.byteLength > limit) return null;
  const headers = new Headers({ [KEPT_AT]: at, [BYTES]: String(body.byteLength) });
  const type = answer.headers.get('content-type') ?? 'application/octet-stream';
  headers.set('content-type', type);
  if (type.startsWith('text/html')) headers.set(TITLE, encodeURIComponent(titleOf(new TextDecoder().decode(body))));
  return new Response(body, { status: 200, headers });
}

/** A kept page says so itself: the note in its head gets the time, and its scripts see that nothing was checked. */
export async function shownCopy(copy: Response): Promise<Response> {
  const headers = new Headers(copy.headers);
  const at = headers.get(KEPT_AT);
  if (!at || !headers.get('content-type')?.startsWith('text/html')) return copy;
  return new Response(stamped(await copy.text(), at), { status: 200, headers });
}

/** HTML of a page with the time of its copy. */
export function stamped(html: string, at: string): string {
  const time = `<time datetime="${at}">${timeText(at)}</time>`;
  return html
    .replace(/<html(?=[\s>])/, `<html data-copy-of="${at}"`)
    .replaceAll(/<time data-copy-time[^>]*><\/time>/g, time);
}

/** `2026-11-21 14:07 UTC`. */
const timeText = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

/** The title of a page without the name of the site. */
function titleOf(html: string): string {
  const [, title = ''] = /<title>([^<]{0,200})<\/title>/.exec(html) ?? [];
  return title.replace(/ \| Slipway$/, '');
}
