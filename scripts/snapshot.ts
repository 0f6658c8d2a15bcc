/** `npm run snapshot`: asks every source once and writes content/status. */
import { parseArgs } from 'node:util';
import { progress } from '#host/progress.ts';
import { refresh } from '#host/refresh.ts';
import { SourceId } from '#status/model.ts';
import { ContentError } from '#status/parse.ts';

const USAGE = `npm run snapshot -- [--targets FILE] [--out DIR] [--cache DIR] [--only quay,oci,…]
                    [--offline] [--shard I/N] [--now ISO] [--json]`;

class UsageError extends Error {}

function options() {
  const { values } = parseArgs({
    options: {
      targets: { type: 'string', default: 'content/status/targets.yaml' },
      out: { type: 'string', default: 'content/status' },
      cache: { type: 'string', default: '.cache' },
      only: { type: 'string' },
      shard: { type: 'string' },
      now: { type: 'string' },
      offline: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
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
    only: only?.flatMap(({ data }) => data ?? []),
    shard: values.shard ? { index, count } : undefined,
  };
}

try {
  const given = options();
  const bar = progress('Refreshing');
  const result = await refresh({ ...given, env: process.env, onProgress: bar.step });
  bar.end();
  for (const { id, state, requests, problems } of result.sources)
    if (state !== 'skipped') console.log(`${id}: ${state}, ${requests} requests, ${problems} problems`);
  const outcome = result.exit === 0 ? 'written' : 'no source answered; nothing known was changed';
  console.log(
    `${outcome}: ${result.changed.length} changed, ${result.requests} requests, ${result.bytes} bytes, ${result.ms} ms`,
  );
  if (given.json) console.log(JSON.stringify(result));
  process.exitCode = result.exit;
} catch (error) {
  const isUse = error instanceof UsageError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  if (!isUse && !(error instanceof ContentError)) throw error;
  console.error((error as Error).message);
  if (isUse) console.error(USAGE);
  process.exitCode = 2;
}
