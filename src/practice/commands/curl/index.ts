import type { Arguments } from '#practice/arguments.ts';
import { type Client, type CommandIo, NotSimulated } from '#practice/command.ts';
import { UnknownHost } from '#practice/network.ts';
import { Misuse, optionsOf } from './options.ts';
import { BadAddress, requestOf, type Sent } from './request.ts';
import { type Transfer, writeOut } from './write-out.ts';

const TRANSIENT: readonly number[] = [408, 429, 500, 502, 503, 504];
const REDIRECTS = 50;

export const curl: Client = {
  name: 'curl',
  command: async (argv, io) => {
    try {
      return await run(argv, io);
    } catch (error) {
      if (!(error instanceof Misuse)) throw error;
      io.err(error.message);
      return 2;
    }
  },
  can: [
    '-s -S -f --fail-with-body -i -I -L -G -O -o FILE -w FORMAT -X METHOD -H HEADER -u USER:PASSWORD -A AGENT -K FILE',
    '-d DATA --data-raw --data-binary --data-urlencode --json; --max-time, --retry and --compressed change nothing here',
  ],
  differs: [
    {
      what: 'Other hosts',
      instead: 'Only the services of the practice world are there: there is no way out of the page.',
    },
    { what: 'The progress meter', instead: 'None is shown, with or without -s.' },
    { what: 'A file that is no text', instead: 'It is whole with -o. Printed, it is taken for text.' },
    { what: '-v, times in -w, http:// and other protocols', instead: 'They are not simulated, and curl says so.' },
  ],
};

async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  if (argv.length === 0) throw new Misuse('');
  const given = await optionsOf(argv, io);
  const addresses = [...given.all('url'), ...given.words, ...given.after];
  if (addresses.length === 0) throw new Misuse('curl: no URL specified!\n');
  let exitCode = 0;
  for (const [at, address] of addresses.entries()) exitCode = await transfer(address, at, given, io);
  return exitCode;
}

async function transfer(address: string, at: number, given: Arguments, io: CommandIo): Promise<number> {
  const ended: Transfer = {
    ...{ url: address, method: 'GET', status: 0, contentType: '', bytes: 0 },
    ...{ redirects: 0, redirectUrl: '', file: '', exitCode: 0 },
  };
  const fail = (exitCode: number, why: string): number => {
    if (!given.has('silent') || given.has('show-error')) io.err(`curl: (${exitCode}) ${why}\n`);
    ended.exitCode = exitCode;
    return exitCode;
  };
  const template = given.one('write-out');
  // What cannot be told is said before anything is sent.
  if (template !== undefined) writeOut(template, ended);
  const exitCode = await exchange(address, at, given, io, ended, fail);
  if (template !== undefined) io.out(writeOut(template, ended));
  return exitCode;
}

type Fail = (exitCode: number, why: string) => number;

async function exchange(
  address: string,
  at: number,
  given: Arguments,
  io: CommandIo,
  ended: Transfer,
  fail: Fail,
): Promise<number> {
  try {
    const sent = await requestOf(address, given, io);
    const heads = given.has('include') || given.has('head');
    let head = '';
    let request = sent;
    let answer = await send(request, io);
    for (;;) {
      head += heads ? headText(answer, io) : '';
      const to = target(answer, request.url);
      ended.redirectUrl = given.has('location') ? '' : (to ?? '');
      if (to === null || !given.has('location')) break;
      if (ended.redirects === Number(given.one('max-redirs') ?? REDIRECTS))
        return fail(47, `Maximum (${ended.redirects}) redirects followed`);
      ended.redirects += 1;
      request = redirected(request, to, answer.status);
      answer = await send(request, io);
    }
    if (given.one('retry') !== undefined && TRANSIENT.includes(answer.status))
      throw new NotSimulated(`--retry of curl after an answer ${answer.status}`);
    Object.assign(ended, { url: request.url, method: request.method, status: answer.status });
    ended.contentType = answer.headers.get('content-type') ?? '';
    const refused = `The requested URL returned error: ${answer.status}`;
    if (answer.status >= 400 && given.has('fail')) return fail(22, refused);
    const body = request.method === 'HEAD' ? new Uint8Array() : new Uint8Array(await answer.arrayBuffer());
    ended.bytes = body.length;
    const why = await keep(head, body, { at, given, io, ended });
    if (why !== null) return fail(23, why);
    return answer.status >= 400 && given.has('fail-with-body') ? fail(22, refused) : 0;
  } catch (error) {
    if (error instanceof BadAddress) ended.url = error.message;
    if (error instanceof BadAddress) return fail(3, 'URL using bad/illegal format or missing URL');
    if (error instanceof UnknownHost) return fail(6, `Could not resolve host: ${error.host}`);
    throw error;
  }
}

const send = ({ url, method, headers, body }: Sent, io: CommandIo): Promise<Response> =>
  io.fetch(url, {
    method,
    headers,
    redirect: 'manual',
    ...(body && !['GET', 'HEAD'].includes(method) ? { body } : {}),
  });

function target({ status, headers }: Response, from: string): string | null {
  const location = headers.get('location');
  return status >= 300 && status < 400 && location !== null ? new URL(location, from).href : null;
}

/** What was told to one host is not told to another; a POST becomes a GET unless the method was chosen. */
function redirected(sent: Sent, to: string, status: number): Sent {
  const headers = new Headers(sent.headers);
  if (new URL(to).host !== new URL(sent.url).host) headers.delete('authorization');
  const isKept = sent.isOwnMethod || sent.method !== 'POST' || status >= 307;
  return { ...sent, url: to, headers, ...(isKept ? {} : { method: 'GET', body: null }) };
}

function headText({ status, headers }: Response, io: CommandIo): string {
  const rows = [...headers].map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/2 ${status} \r\n${rows.join('')}date: ${new Date(io.now()).toUTCString()}\r\n\r\n`;
}

interface Kept {
  at: number;
  given: Arguments;
  io: CommandIo;
  ended: Transfer;
}

/** Prints or writes what has come; gives why it could not. */
async function keep(
  head: string,
  body: Uint8Array<ArrayBuffer>,
  { at, given, io, ended }: Kept,
): Promise<string | null> {
  const name = new URL(ended.url).pathname.split('/').at(-1) ?? '';
  if (given.has('remote-name') && name === '') return 'Failed writing received data to disk/application';
  const path = given.has('remote-name') ? name : given.all('output')[at];
  if (path === undefined || path === '-') {
    io.out(head + new TextDecoder().decode(body));
    return null;
  }
  ended.file = path;
  if (path === '/dev/null') return null;
  const folder = path.includes('/') ? path.replace(/\/[^/]*$/, '') || '/' : '.';
  if (!(await io.files.exists(folder))) return 'Failure writing output to destination';
  const first = new TextEncoder().encode(head);
  const whole = new Uint8Array(first.length + body.length);
  whole.set(first);
  whole.set(body, first.length);
  await io.writeFile(path, whole);
  return null;
}
