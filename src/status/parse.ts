import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { FailedAttempt, Snapshot } from './model.ts';
import { expand, type Target, TargetsFile } from './targets.ts';

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
  const parsed = TargetsFile.safeParse(value);
  if (!parsed.success) return fail(parsed.error.issues.map(({ path, message }) => ({ path, message })));
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

interface Located {
  path: readonly PropertyKey[];
  message: string;
  /** Of a text of many rows, from 1. */
  row?: number | undefined;
}

/** Of a file that people write. The parser takes minutes over a mapping of megabytes. */
const MAX_CHARACTERS = 300_000;

/** What the parser says first, without the place, which is told before it. */
const sentenceOf = (message: string): string =>
  `${message.split('\n')[0]?.replace(/(?: at line \d+, column \d+)?[:.]?$/, '')}.`;

/** YAML with the means to say where a fault lies. */
export function readYaml(text: string, name: string): { value: unknown; fail: (faults: Located[]) => never } {
  if (text.length > MAX_CHARACTERS)
    throw new ContentError(`${name}: longer than ${MAX_CHARACTERS} characters. Write it as several smaller files.`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = document.errors[0];
  if (broken) {
    throw new ContentError(
      `${name}:${lines.linePos(broken.pos[0]).line}: ${sentenceOf(broken.message)} Mend the YAML there.`,
      {
        cause: broken,
      },
    );
  }
  const lineOf = (path: readonly PropertyKey[], row = 0): number => {
    for (let depth = path.length; depth > 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true);
      if (node && typeof node === 'object' && 'range' in node && Array.isArray(node.range))
        return lines.linePos(Number(node.range[0])).line + (isBlock(node) ? row : 0);
    }
    return 1;
  };
  const fail = (faults: Located[]): never => {
    throw new ContentError(
      faults
        .map(
          ({ path, message, row }) =>
            `${name}:${lineOf(path, row)}: ${path.join('.') || 'file'}: ${message}. Correct this field.`,
        )
        .join('\n'),
    );
  };
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), fail };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ContentError(`${name}: ${why}. Write out what the *alias stands for.`, { cause });
  }
}

/** Its first row is on the line after the one that it begins on. */
const isBlock = (node: object): boolean => 'type' in node && /^BLOCK_/.test(String(node.type));
