import { parseArgs } from 'node:util';

/** How `npm run runbooks` is called. */

export const USAGE = `npm run runbooks -- [--only ID,ID] [--out FILE] [--older] [--definitions DIR]
                        [--verbose] [--keep] [--json]
  --only     those runbooks; the record is then written with --out only
  --out      where the record goes; content/runbooks/record.json when left out
  --older    a second time with kubectl 1.20, noted in the record and never a failure
  --definitions  real CustomResourceDefinitions, in the place of our own summaries of them
  --verbose  every command with what it printed and what it asked
  --keep     keeps the folders in which they ran
  --json     counts and faults as one line of JSON at the end; --report FILE writes them there`;

export interface Options {
  only: string[] | null;
  /** Null: no record is written. */
  out: string | null;
  older: boolean;
  /** Folder with CustomResourceDefinitions; null: our own summaries. */
  definitions: string | null;
  verbose: boolean;
  keep: boolean;
  json: boolean;
  /** Where the counts go. */
  report: string | null;
}

/** Throws a TypeError for wrong use. */
export function optionsOf(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true },
      out: { type: 'string' },
      older: { type: 'boolean', default: false },
      definitions: { type: 'string' },
      verbose: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      report: { type: 'string' },
    },
  });
  const only = values.only?.flatMap((ids) => ids.split(',')).map((id) => id.trim().replace(/\.ya?ml$/, '')) ?? null;
  if (only?.some((id) => !/^[a-z0-9-]+$/.test(id))) throw new TypeError('--only takes ids of runbooks: a,b');
  return {
    ...values,
    only,
    definitions: values.definitions ?? null,
    report: values.report ?? null,
    out: values.out ?? (only ? null : 'content/runbooks/record.json'),
  };
}
