import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { IN_WORDS, type Issue, pathText, placed } from './in-words.ts';
import { FailedAttempt, Snapshot } from './model.ts';
import { expand, type Target, TargetsFile } from './targets.ts';
import { sentenceOf } from './yaml-words.ts';

/** Text to what we know, or an error that names file, line, field and remedy. */

export class ContentError extends Error {
  override name = 'ContentError' as const;
}

export interface Watch {
  file: TargetsFile;
  targets: Target[];
}

/** Addresses that replace those of the file: `SLIPWAY_QUAY_REGISTRY` for `services.quay.registry`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** targets.yaml to targets; throws a ContentError that lists every fault. */
export function parseTargets(text: string, name: string, env: Environment = {}): Watch {
  const { value, fail } = readYaml(text, name);
  const parsed = TargetsFile.safeParse(value, IN_WORDS);
  if (!parsed.success) return fail(parsed.error.issues);
  const file = { ...parsed.data, services: override(parsed.data.services, env) };
  const { targets, faults } = expand(file);
  return faults.length > 0 ? fail(faults) : { file, targets };
}

/** Services whose variable is not made of their name and field, and those that work without a line in the file. */
const VARIABLES = {
  SLIPWAY_KONFLUX_API: ['konflux', 'api'],
  SLIPWAY_KUBEARCHIVE_API: ['konflux', 'archive'],
  SLIPWAY_GITHUB_API: ['github', 'api'],
  SLIPWAY_GITLAB_API: ['gitlab', 'api'],
  SLIPWAY_COMPOSE_ROOT: ['compose', 'api'],
  SLIPWAY_FCOS_STREAMS: ['streams', 'api'],
} as const;

function override(services: TargetsFile['services'], env: Environment): TargetsFile['services'] {
  const named = byName(services, env);
  for (const [variable, [name, field]] of Object.entries(VARIABLES)) {
    const address = env[variable];
    if (address) named[name] = { ...named[name], [field]: checked(address, variable) };
  }
  return named;
}

function byName(services: TargetsFile['services'], env: Environment): TargetsFile['services'] {
  return Object.fromEntries(
    Object.entries(services).map(([name, service]) => [
      name,
      Object.fromEntries(
        Object.entries(service).map(([field, value]) => {
          const variable = `SLIPWAY_${name}_${field}`.toUpperCase().replaceAll('-', '_');
          const address = typeof value === 'string' ? env[variable] : undefined;
          return [field, address ? checked(address, variable) : value];
        }),
      ),
    ]),
  );
}

function checked(address: string, variable: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw new ContentError(`${variable} is not an http address without a name and password. Correct or unset it.`);
  return address.replace(/\/+$/, '');
}

/** snapshot.json; throws a ContentError that names the field. */
export function parseSnapshot(text: string, name: string): Snapshot {
  return readJson(text, name, Snapshot);
}

/** attempt.json; throws a ContentError that names the field. */
export function parseAttempt(text: string, name: string): FailedAttempt {
  return readJson(text, name, FailedAttempt);
}

function readJson<T extends z.ZodType>(text: string, name: string, schema: T): z.infer<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ContentError(`${name}: not JSON (${(cause as Error).message}). Delete it and run "npm run snapshot".`, {
      cause,
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ContentError(
    `${name}: ${issue?.path.join('.')}: ${issue?.message}. It was written by another version or by hand: delete it and run "npm run snapshot".`,
  );
}

/** An issue of a schema, or a fault of our own. */
type Located = Issue & {
  /** Of a text of many rows, from 1. */
  readonly row?: number | undefined;
};

/** Of a file that people write. The parser takes minutes over a mapping of megabytes. */
const MAX_CHARACTERS = 300_000;

/** YAML with the means to say where a fault lies. */
export function readYaml(text: string, name: string): { value: unknown; fail: (faults: readonly Located[]) => never } {
  if (text.length > MAX_CHARACTERS)
    throw new ContentError(`${name}: longer than ${MAX_CHARACTERS} characters. Write it as several smaller files.`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [first, ...more] = document.errors;
  if (first) {
    // What follows the first is often its consequence; a field that stands twice is not.
    const broken = [first, ...more.filter(({ code }) => code === 'DUPLICATE_KEY')];
    const told = broken.map((error) => `${name}:${lines.linePos(error.pos[0]).line}: ${sentenceOf(error, text)}`);
    throw new ContentError(told.join('\n'), { cause: first });
  }
  const lineOf = (path: readonly PropertyKey[], row = 0): number => {
    for (let depth = path.length; depth > 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true);
      if (node && typeof node === 'object' && 'range' in node && Array.isArray(node.range))
        return lines.linePos(Number(node.range[0])).line + (isBlock(node) ? row : 0);
    }
    return 1;
  };
  const fail = (faults: readonly Located[]): never => {
    const told = faults.flatMap(({ row, ...fault }) =>
      placed(fault).map(
        ({ path, message }) => `${name}:${lineOf(path, row)}: ${pathText(path)}: ${message}. Correct this field.`,
      ),
    );
    throw new ContentError([...new Set(told)].join('\n'));
  };
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), fail };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const alias = /alias[^:]*: (\S+)$/.exec(why)?.[1];
    const line = alias === undefined ? 0 : text.slice(0, text.indexOf(`*${alias}`)).split('\n').length;
    const told =
      alias === undefined
        ? `: ${why}. Write`
        : `:${line}: No &${alias} stands above *${alias}. Correct the name, or write`;
    throw new ContentError(`${name}${told} out what it stands for.`, { cause });
  }
}

/** Its first row is on the line after the one that it begins on. */
const isBlock = (node: object): boolean => 'type' in node && /^BLOCK_/.test(String(node.type));
