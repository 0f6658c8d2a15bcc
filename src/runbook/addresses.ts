import { ContentError } from '#status/parse.ts';
import type { Runbook } from './model.ts';
import type { Review } from './people.ts';
import type { RecordOfRuns } from './record.ts';

/** What names a runbook from outside: addresses that people have, and the word of those who followed one. */

interface Naming {
  record: RecordOfRuns | null;
  /** Old address to new one. */
  redirects: Readonly<Record<string, string>>;
  reviews: readonly Review[];
}

/** Throws where a runbook that was renamed or taken away is still named: by a published address, a redirect, a review. */
export function checkAddresses(runbooks: readonly Runbook[], { record, redirects, reviews }: Naming): void {
  const lives = (id: string): boolean => runbooks.some((one) => one.id === id);
  const gone = (record?.addresses ?? []).filter((id) => !lives(id) && !Object.hasOwn(redirects, addressOf(id)));
  const faults = [
    ...gone.map(
      (id) =>
        `${addressOf(id)} was published and leads nowhere now. Add a line to content/redirects.yaml: "${addressOf(id)}: /runbooks/NEW/".`,
    ),
    ...Object.entries(redirects).flatMap(([from, to]) => faultOf(from, to, redirects, lives) ?? []),
    ...reviews
      .filter(({ runbook }) => !lives(runbook) && !Object.hasOwn(redirects, addressOf(runbook)))
      .map(
        ({ runbook, by }) =>
          `content/reviews.yaml: ${by} has followed "${runbook}", and there is no such runbook. Write the id of one; for one that was renamed, add its old address to content/redirects.yaml.`,
      ),
  ];
  if (faults.length > 0) throw new ContentError(faults.join('\n'));
}

const addressOf = (id: string): string => `/runbooks/${id}/`;

const RUNBOOK = /^\/runbooks\/([^/]+)\/$/;

function faultOf(
  from: string,
  to: string,
  redirects: Naming['redirects'],
  lives: (id: string) => boolean,
): string | null {
  const old = RUNBOOK.exec(from)?.[1];
  // Other pages are looked after where all of them are known: src/editing/moved.ts.
  if (old === undefined) return null;
  if (lives(old)) return `content/redirects.yaml sends ${from} away, and that page is there. Take the line out.`;
  if (Object.hasOwn(redirects, to))
    return `content/redirects.yaml sends ${from} to ${to}, which is sent on itself. Write where that one leads.`;
  const id = RUNBOOK.exec(to)?.[1];
  return id !== undefined && lives(id)
    ? null
    : `content/redirects.yaml leads to ${to}, which is not there. Write the address of a runbook that is.`;
}

/** Ids that runbooks once had, each with the runbook of today; what leads nowhere is left out. */
export function movesOf<T extends { id: string }>(
  runbooks: readonly T[],
  redirects: Naming['redirects'],
): { old: string; runbook: T }[] {
  return Object.entries(redirects).flatMap(([from, to]) => {
    const old = RUNBOOK.exec(from)?.[1];
    const runbook = runbooks.find(({ id }) => addressOf(id) === to);
    return old === undefined || !runbook ? [] : [{ old, runbook }];
  });
}
