import { type ParseArgsConfig, parseArgs } from 'node:util';
import { SourceId } from '#status/model.ts';

/** How `npm run snapshot` is called. */

export const USAGE = `npm run snapshot -- [--targets FILE] [--blockers FILE] [--newcomers FILE] [--pipelines DIR] [--out DIR] [--cache DIR]
                    [--only quay,oci,…] [--offline] [--shard I/N] [--now ISO] [--scan] [--json]
npm run snapshot -- --merge DIR DIR … [--targets FILE] [--out DIR] [--json]`;

/** A command that was called in a way it does not know. */
export class UsageError extends Error {
  override name = 'UsageError' as const;
}

/** The options of `npm run snapshot`; throws a UsageError. */
export function snapshotOptions(args: readonly string[]) {
  const { values, positionals } = parse({
    args: [...args],
    allowPositionals: true,
    options: {
      targets: { type: 'string' },
      blockers: { type: 'string' },
      newcomers: { type: 'string' },
      pipelines: { type: 'string' },
      out: { type: 'string', default: 'content/status' },
      cache: { type: 'string', default: '.cache' },
      only: { type: 'string' },
      shard: { type: 'string' },
      now: { type: 'string' },
      offline: { type: 'boolean', default: false },
      merge: { type: 'boolean', default: false },
      scan: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.merge !== positionals.length > 0)
    throw new UsageError('--merge takes the directories of the parts, and nothing else takes any');
  const only = values.only?.split(',').map((name) => SourceId.safeParse(name));
  if (only?.some(({ success }) => !success))
    throw new UsageError(`--only takes names of sources: ${SourceId.options.join(', ')}`);
  const [index = 0, count = 0] = values.shard?.split('/').map(Number) ?? [];
  if (values.shard && !(Number.isInteger(index) && Number.isInteger(count) && index >= 1 && index <= count))
    throw new UsageError('--shard takes I/N with 1 ≤ I ≤ N, as in 2/4');
  if (values.now && Number.isNaN(Date.parse(values.now)))
    throw new UsageError('--now takes an instant, as in 2026-11-21T14:07:00Z');
  return {
    ...values,
    targets: values.targets ?? 'content/status/targets.yaml',
    // Who watches something else has blockers and pipelines of their own, or none.
    blockers: values.blockers ?? (values.targets === undefined ? 'content/blockers.yaml' : undefined),
    newcomers: values.newcomers ?? (values.targets === undefined ? 'content/newcomers.yaml' : undefined),
    pipelines: values.pipelines ?? (values.targets === undefined ? 'content/pipelines' : undefined),
    parts: positionals,
    only: only?.flatMap(({ data }) => data ?? []),
    shard: values.shard ? { index, count } : undefined,
  };
}

function parse<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
}
