import { type Arguments, type Flags, readArguments } from '#practice/arguments.ts';
import { type CommandIo, NotSimulated } from '#practice/command.ts';
import { type Fields, isFields, textOf } from '#sim/kube/value.ts';
import { type Config, readConfig } from './config-file.ts';
import { ApiError, Failure } from './failure.ts';
import { discovered, type Resource } from './resources.ts';

/** One run of kubectl: what was asked, by whom, of which cluster. */

export interface Session {
  io: CommandIo;
  args: Arguments;
  /** `kubectl get`. */
  what: string;
  config: Config;
  /** Given, of the context, or `default`. */
  namespace: string;
  isExplicit: boolean;
  resources: () => Promise<readonly Resource[]>;
  /** Rejects with an ApiError where the API refuses. */
  call: (method: string, path: string, options?: Call) => Promise<Response>;
  json: (method: string, path: string, options?: Call) => Promise<Fields>;
}

export interface Call {
  query?: Readonly<Record<string, string | undefined>>;
  body?: unknown;
  /** In the place of `body`. */
  text?: string;
  type?: string;
  accept?: string;
}

const GLOBAL = ['namespace n', 'kubeconfig', 'context', 'request-timeout', 'token'];
/** As they are written where their value is the next word. */
const GLOBAL_WORDS: ReadonlySet<string> = new Set(
  GLOBAL.flatMap((flag) => flag.split(' ').map((name) => `${name.length === 1 ? '-' : '--'}${name}`)),
);

/** Where the verb stands: global flags may come before it; -1 where there is none. */
export const verbAt = (argv: readonly string[]): number =>
  argv.findIndex((word, at) => !word.startsWith('-') && !GLOBAL_WORDS.has(argv[at - 1] ?? ''));

/** Reads the arguments and the kubeconfig. */
export async function openSession(
  io: CommandIo,
  what: string,
  argv: readonly string[],
  flags: Flags,
): Promise<Session> {
  const args = readArguments(what, argv, {
    values: [...GLOBAL, ...(flags.values ?? [])],
    switches: flags.switches ?? [],
  });
  const config = await readConfig(io, args);
  const given = args.one('namespace') || undefined;
  let known: Promise<readonly Resource[]> | undefined;
  const call = callerOf(io, config, args);
  const json = async (method: string, path: string, options?: Call) => {
    const value: unknown = await (await call(method, path, options)).json();
    return isFields(value) ? value : {};
  };
  return {
    ...{ io, args, what, config, call, json },
    namespace: given ?? (config.namespace || 'default'),
    isExplicit: given !== undefined || config.namespace !== '',
    resources: () => {
      known ??= discovered(json);
      return known;
    },
  };
}

function callerOf(io: CommandIo, config: Config, args: Arguments): Session['call'] {
  const token = args.one('token') ?? config.token;
  return async (
    method,
    path,
    { query = {}, body, text, type = 'application/json', accept = 'application/json' } = {},
  ) => {
    if (config.server === '')
      throw new Failure(
        'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
      );
    const url = new URL(`${config.server}${path}`);
    for (const [name, value] of Object.entries(query)) if (value) url.searchParams.set(name, value);
    const sent = text ?? (body === undefined ? null : JSON.stringify(body));
    const headers = {
      accept,
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      ...(sent === null ? {} : { 'content-type': type }),
    };
    const response = await io.fetch(url, { method, headers, signal: io.signal ?? null, body: sent });
    for (const [, warning] of (response.headers.get('warning') ?? '').matchAll(/299 - ("(?:[^"\\]|\\.)*")/g))
      io.err(`Warning: ${textOf(JSON.parse(warning ?? '""'))}\n`);
    if (response.ok) return response;
    throw new ApiError(statusOf(await response.text(), response.status));
  };
}

function statusOf(text: string, code: number): Fields {
  try {
    const value: unknown = JSON.parse(text);
    if (isFields(value) && value['kind'] === 'Status') return value;
  } catch {
    // What is no JSON is told below.
  }
  return { reason: '', message: text.trim() || `the server answered with ${code}`, code };
}

/** The value of --output, and what stands after its `=`. */
export function outputOf({ args, what }: Session, formats: readonly string[]): { form: string; template: string } {
  const output = args.one('output') ?? '';
  const [, form = '', template = ''] = /^([^=]*)(?:=(.*))?$/s.exec(output) ?? [];
  if (form === '' || formats.includes(form)) return checked(form, template);
  if (formats.includes(form.toLowerCase())) return checked(form.toLowerCase(), template);
  if (what.endsWith(' get') && !PRINTERS.includes(form))
    throw new Failure(
      `unable to match a printer suitable for the output format ${JSON.stringify(form)}, allowed formats are: ${PRINTERS.join(',')}`,
    );
  throw new NotSimulated(`the output ${form} of ${what}`, `Those that it knows: ${formats.join(', ')}.`);
}

function checked(form: string, template: string): { form: string; template: string } {
  if (form === 'jsonpath' && template === '') throw new Failure('template format specified but no template given');
  return { form, template };
}

/** Every form that the real client can print objects in. */
const PRINTERS =
  'custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml'.split(
    ',',
  );

/** kubectl's words for a command line that is wrong. */
export const usage = ({ what }: Pick<Session, 'what'>, message: string): Failure =>
  new Failure(`${message}\nSee '${what} -h' for help and examples`);
