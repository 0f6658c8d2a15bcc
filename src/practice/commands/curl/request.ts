import type { Arguments } from '#practice/arguments.ts';
import { type CommandIo, NotSimulated } from '#practice/command.ts';

/** What curl sends. */

export interface Sent {
  /** As curl writes it: with the data of -G. */
  url: string;
  method: string;
  /** Whether the method stays as it is where a redirect is followed. */
  isOwnMethod: boolean;
  headers: Headers;
  body: Uint8Array<ArrayBuffer> | null;
}

const FORM = 'application/x-www-form-urlencoded';

/** An address that curl refuses: exit code 3. */
export class BadAddress extends Error {
  override name = 'BadAddress' as const;
}

export async function requestOf(address: string, given: Arguments, io: CommandIo): Promise<Sent> {
  const data = await dataOf(given, io);
  const isInQuery = given.has('get') && data !== null;
  const url = addressOf(address, given, isInQuery ? data : '');
  const method = given.one('request') ?? (given.has('head') ? 'HEAD' : data !== null && !isInQuery ? 'POST' : 'GET');
  const headers = new Headers({ accept: '*/*', 'user-agent': given.one('user-agent') ?? 'curl/7.88.1' });
  const body = data !== null && !isInQuery ? new TextEncoder().encode(data) : null;
  if (body) headers.set('content-type', FORM);
  if (given.one('json') !== undefined)
    for (const name of ['content-type', 'accept']) headers.set(name, 'application/json');
  const user = given.one('user');
  if (user !== undefined) headers.set('authorization', `Basic ${btoa(user)}`);
  const bearer = given.one('oauth2-bearer');
  if (bearer !== undefined) headers.set('authorization', `Bearer ${bearer}`);
  for (const header of given.all('header')) add(headers, header);
  return { url, method, isOwnMethod: given.one('request') !== undefined, headers, body };
}

function add(headers: Headers, text: string): void {
  if (text.startsWith('@')) throw new NotSimulated('headers of a file in curl');
  const [, name = '', mark, value = ''] = /^([^:;\s]+)\s*([:;])\s*(.*?)\s*$/s.exec(text) ?? [];
  if (mark === undefined) return;
  if (value === '' && mark === ':') headers.delete(name);
  else headers.set(name, value);
}

function addressOf(address: string, given: Arguments, query: string): string {
  if (!given.has('globoff') && /[{[]/.test(address))
    throw new NotSimulated('several addresses in one, as {a,b} or [1-3], of curl');
  const [, scheme = 'http'] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address) ?? [];
  if (scheme !== 'https') throw new NotSimulated(`${scheme}:// in curl: write https://`);
  const whole = /^https:\/\/[^/?]+$/.test(address) ? `${address}/` : address;
  const asked = query === '' ? whole : `${whole}${whole.includes('?') ? '&' : '?'}${query}`;
  if (/\s/.test(asked) || !URL.canParse(asked)) throw new BadAddress(asked);
  return asked;
}

/** All data in the order in which it was given, joined; null for none. */
async function dataOf(given: Arguments, io: CommandIo): Promise<string | null> {
  const parts: { text: string; joint: string }[] = [];
  for (const { name, value } of given.given) {
    if (name === 'data' || name === 'data-ascii') parts.push({ text: await told(value, io, true), joint: '&' });
    if (name === 'data-raw') parts.push({ text: value, joint: '&' });
    if (name === 'data-binary') parts.push({ text: await told(value, io, false), joint: '&' });
    if (name === 'data-urlencode') parts.push({ text: await encoded(value, io), joint: '&' });
    if (name === 'json') parts.push({ text: await told(value, io, false), joint: '' });
  }
  if (parts.length === 0) return null;
  return parts.map(({ text, joint }, at) => (at === 0 ? text : `${joint}${text}`)).join('');
}

/** The value itself, or with an @ what a file holds. */
async function told(value: string, io: CommandIo, isStripped: boolean): Promise<string> {
  if (!value.startsWith('@')) return value;
  const text = await fileText(value.slice(1), io);
  return isStripped ? text.replace(/[\r\n]/g, '') : text;
}

async function fileText(path: string, io: CommandIo): Promise<string> {
  return path === '-' ? io.stdin() : new TextDecoder().decode(await io.readFile(path));
}

/** `text`, `=text`, `name=text`, `@file` or `name@file`. */
async function encoded(value: string, io: CommandIo): Promise<string> {
  const [, name = '', mark = '', rest = value] = /^([^=@]*)([=@])(.*)$/s.exec(value) ?? [];
  const text = mark === '@' ? await fileText(rest, io) : rest;
  const escaped = encodeURIComponent(text)
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`)
    .replace(/%\w\w/g, (hex) => hex.toLowerCase())
    .replaceAll('%20', '+');
  return name === '' ? escaped : `${name}=${escaped}`;
}
