import { z } from 'zod';
import { iso } from '#status/time.ts';

/** A pipeline's run as a statement tells it: one form for all kinds of statement, not yet fit to be kept. */

export interface StatedRun {
  predicateType: string;
  builder: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  /** What the pipeline was given, by name. */
  params: ReadonlyMap<string, unknown>;
  labels: ReadonlyMap<string, unknown>;
  logUrl: string | null;
  /** Task bundles, pinned; null where the statement does not tell. */
  bundles: string[] | null;
  /** Null where this kind of statement records none. */
  tasks: StatedTask[] | null;
  /** Tasks that are there and could not be read. */
  unread: number;
  /** What the pipeline would run, where the statement holds it: names, with what each waits for. */
  planned: ReadonlyMap<string, string[]> | null;
  /** Images that went in, without those that are known to have run a step. */
  materials: Pin[];
}

export interface StatedTask {
  name: string;
  after: string[];
  status: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  bundle: string | null;
  /** Its name in the bundle. */
  task: string | null;
  namespace: string | null;
  params: ReadonlyMap<string, unknown>;
  results: ReadonlyMap<string, unknown>;
  labels: ReadonlyMap<string, unknown>;
  steps: {
    name: string | null;
    image: string | null;
    startedAt: string | null;
    finishedAt: string | null;
    /** How it ended; left out where nobody tells. */
    reason?: string | null;
  }[];
}

/** An image by its digest. */
export interface Pin {
  image: string;
  digest: string;
}

const WORD = 200;
const LAST_MS = Date.parse('9999-01-01T00:00:00Z');
const PIN = /^(?:[a-z-]{1,20}:\/\/)?([A-Za-z0-9][A-Za-z0-9._:/-]{0,118})@(sha256:[0-9a-f]{64})$/;

/** More than this of anything is not read. */
export const MANY = 200;

export const Loose = z.string().optional().catch(undefined);
export const Fields = z.record(z.string(), z.unknown()).catch({});
export const Params = z.array(z.object({ name: Loose, value: z.unknown() })).catch([]);
export const Ref = z.object({ name: Loose, params: Params }).catch({ params: [] });

/** Named values by their names; what has none is left out. */
export function byName(params: z.infer<typeof Params>): Map<string, unknown> {
  return new Map(params.flatMap(({ name, value }): [string, unknown][] => (name ? [[name, value]] : [])));
}

/** The text after `name@`, `sha256:…`, with what stands before it; null where it names no digest. */
export function pinOf(text: unknown): Pin | null {
  const [, image, digest] = PIN.exec(typeof text === 'string' ? text.trim() : '') ?? [];
  return image && digest ? { image, digest } : null;
}

/** Bundle and name of a task, as the reference of a pipeline to it says. */
export function refOf(ref: z.infer<typeof Ref>): Pick<StatedTask, 'bundle' | 'task'> {
  const params = byName(ref.params);
  const pin = pinOf(params.get('bundle'));
  return { bundle: pin && `${pin.image}@${pin.digest}`, task: word(params.get('name')) ?? word(ref.name) };
}

export const unique = (texts: string[]): string[] => [...new Set(texts)].slice(0, MANY);

/** A short text; null where it is none or empty. */
export const word = (value: unknown): string | null =>
  typeof value === 'string' ? value.slice(0, WORD) || null : null;

/** An instant as we store it; null where it is none. */
export function instant(value: string | undefined): string | null {
  const ms = Date.parse(value ?? '');
  return ms >= 0 && ms < LAST_MS ? iso(ms) : null;
}

/** An https address without what a repository does not need: credentials, query, fragment. */
export function addressOf(value: unknown): string | null {
  if (typeof value !== 'string' || !URL.canParse(value)) return null;
  const { protocol, host, pathname } = new URL(value);
  return protocol === 'https:' ? `https://${host}${pathname}`.slice(0, WORD) : null;
}

/** A result without the line end that tasks often leave, as a letter or as the two letters of one. */
export const trimmed = (text: string): string => text.trim().replace(/(\\n|\s)+$/, '');
