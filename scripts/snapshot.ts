/** `npm run snapshot`: asks every source once and writes content/status. */
import { snapshotOptions, USAGE, UsageError } from '#host/options.ts';
import { progress } from '#host/progress.ts';
import { joinParts, refresh } from '#host/refresh.ts';
import { ContentError } from '#status/parse.ts';

try {
  const given = snapshotOptions(process.argv.slice(2));
  const bar = progress('Refreshing');
  const work = { ...given, env: process.env, onProgress: bar.step };
  const result = await (given.merge ? joinParts(work) : refresh(work));
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
  // 1 means that no source answered: a fault of ours must not look like that.
  if (!(error instanceof UsageError) && !(error instanceof ContentError)) {
    console.error(error);
    process.exit(70);
  }
  console.error(error instanceof UsageError ? `${error.message}\n${USAGE}` : error.message);
  process.exitCode = 2;
}
