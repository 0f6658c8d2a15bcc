import { type Fields, fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import type { Targets } from './find.ts';
import { pathOf } from './resources.ts';
import type { Session } from './session.ts';
import { aligned, rowsOf } from './table.ts';
import { msOf } from './wait.ts';

/** `get --watch`: the clock of the practice world goes by until nothing moves any more. */

const STEP_MS = 10_000;
/** A world that has been still for so long is settled. */
const STILL_MS = 15 * 60_000;
const LIMIT_MS = 4 * 3_600_000;
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

/** Prints a row each time that one changes, and says at the end that it has stopped by itself. */
export async function watched(session: Session, { items, lists }: Targets, wide: boolean): Promise<void> {
  const { io, args, namespace } = session;
  const resource = items?.[0]?.resource ?? lists?.[0];
  if (!resource) return;
  const path = items?.[0]
    ? pathOf(resource, items[0].namespace, items[0].name)
    : pathOf(resource, args.has('all-namespaces') ? '' : namespace);
  const query = { labelSelector: args.one('selector'), fieldSelector: args.one('field-selector') };
  const options = {
    wide,
    headers: false,
    withNamespace: args.has('all-namespaces'),
    withKind: false,
    showLabels: false,
    labelColumns: [],
  };
  // Of this flag a number alone is seconds.
  const asked = (args.one('request-timeout') ?? '0').replace(/^\d+$/, '$&s');
  const askedMs = msOf('request-timeout', asked);
  const limitMs = askedMs > 0 ? Math.min(askedMs, LIMIT_MS) : LIMIT_MS;
  const look = () => session.json('GET', path, { accept: TABLE, query });
  let known = versionsOf(await look());
  let stillMs = 0;
  for (let leftMs = limitMs; stillMs < STILL_MS && !io.signal?.aborted; leftMs -= STEP_MS) {
    // The server ends it then, and nobody says anything.
    if (leftMs <= 0 && limitMs === askedMs) return;
    if (leftMs <= 0) break;
    await io.pass(Math.min(STEP_MS, leftMs));
    const table = await look();
    const seen = versionsOf(table);
    const rows = listOf(table['rows']).filter((row) => known.get(keyOf(row)) !== seen.get(keyOf(row)));
    stillMs = rows.length === 0 ? stillMs + STEP_MS : 0;
    if (rows.length > 0) io.out(aligned(rowsOf(resource, [{ ...table, rows }], options)));
    known = seen;
  }
  io.err('The practice shell stops watching here: nothing has changed for a quarter of an hour of its own time.\n');
}

const metadataOf = (row: unknown): Fields => fieldsOf(fieldOf(fieldOf(row, 'object'), 'metadata'));
const keyOf = (row: unknown): string => `${textOf(metadataOf(row)['namespace'])}/${textOf(metadataOf(row)['name'])}`;
/** Cells that are ages change without a change. */
const versionsOf = (table: Fields): Map<string, string> =>
  new Map(listOf(table['rows']).map((row) => [keyOf(row), textOf(metadataOf(row)['resourceVersion'])]));
