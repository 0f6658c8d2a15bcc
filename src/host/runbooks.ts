import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkAddresses } from '#runbook/addresses.ts';
import {
  checkTogether,
  parseOwners,
  parseRedirects,
  parseReviews,
  parseRunbook,
  parseVariables,
  type Shared,
} from '#runbook/catalog.ts';
import { lint } from '#runbook/lint/lint.ts';
import type { Runbook } from '#runbook/model.ts';
import type { Review } from '#runbook/people.ts';
import { RecordOfRuns } from '#runbook/record.ts';
import { checkSymptoms } from '#runbook/symptom-check.ts';
import { ContentError } from '#status/parse.ts';
import { readShell } from './shell.ts';
import { readText } from './store.ts';

/** The runbooks and what belongs to them, as they lie in content/. */

export interface Runbooks extends Shared {
  runbooks: Runbook[];
  reviews: Review[];
  redirects: Record<string, string>;
  /** Null where they were never run. */
  record: RecordOfRuns | null;
}

/** Reads content/ under `root`; throws a ContentError where anything is broken. `record` lies elsewhere in a test. */
export async function readRunbooks(
  root: string,
  record = join(root, 'content/runbooks/record.json'),
): Promise<Runbooks> {
  const content = <T>(name: string, parse: (text: string, file: string) => T): Promise<T> =>
    readFile(join(root, 'content', name), 'utf8').then((text) => parse(text, `content/${name}`));
  const shared = {
    variables: await content('variables.yaml', parseVariables),
    owners: await content('owners.yaml', parseOwners),
  };
  const shell = await readShell();
  const names = (await Array.fromAsync(glob('*.{yaml,yml}', { cwd: join(root, 'content/runbooks') }))).sort();
  const runbooks = await Promise.all(
    names.map((name) =>
      content(`runbooks/${name}`, (text, file) =>
        parseRunbook(text, file, shared, (runbook) => lint(runbook, shared.variables, shell)),
      ),
    ),
  );
  checkTogether(runbooks);
  checkSymptoms(runbooks);
  const redirects = await content('redirects.yaml', parseRedirects);
  const ran = await readRecord(record);
  const reviews = await content('reviews.yaml', parseReviews);
  checkAddresses(runbooks, { record: ran, redirects, reviews });
  return {
    ...shared,
    runbooks,
    reviews,
    redirects,
    record: ran,
  };
}

/** Null where there is none; throws a ContentError where it is broken. */
export async function readRecord(path: string): Promise<RecordOfRuns | null> {
  const text = await readText(path);
  if (text === null) return null;
  try {
    return RecordOfRuns.parse(JSON.parse(text));
  } catch (cause) {
    throw new ContentError(
      `${path}: this is no record of runs. Bring it back with git: it knows every address that was published. Then run "npm run runbooks".`,
      { cause },
    );
  }
}
