import { readFile } from 'node:fs/promises';
import { CLIENTS, type Ran, RecordOfRuns, SERVERS } from '#runbook/record.ts';
import type { ToolRow } from './provisions.ts';
import type { Result } from './session.ts';

/** The record of a run, which the pages show. */

interface Parts {
  /** The record before; null for none. */
  last: RecordOfRuns | null;
  results: readonly Result[];
  /** The same tests with an older kubectl. */
  older: readonly Result[];
  tools: readonly ToolRow[];
  at: Date;
  system: string;
}

/** In an order that depends on nothing but the runbooks. */
export function recordOf({ last, results, older, tools, at, system }: Parts): RecordOfRuns {
  const ids = [...new Set(results.map(({ runbook }) => runbook.id))].sort();
  const runbooks = ids.map((id) => {
    const of = (list: readonly Result[]) => list.filter(({ runbook }) => runbook.id === id);
    return [id, withOlder(joined(of(results)), joined(of(older)))] as const;
  });
  return RecordOfRuns.parse({
    schema: 1,
    at: at.toISOString(),
    system,
    tools: tools.toSorted((a, b) => compare(a.name, b.name) || compare(a.version, b.version)),
    runbooks: Object.fromEntries(runbooks),
    addresses: [...new Set([...(last?.addresses ?? []), ...ids])].sort(),
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const keyOf = ({ step, part, hash }: Ran): string => `${step} ${part} ${hash}`;

/** What several tests of one runbook say of one command: the least of it, and the longest time. */
function joined(results: readonly Result[]): Ran[] {
  const rows = new Map<string, Ran>();
  for (const ran of results.flatMap(({ trial }) => trial.ran)) {
    const other = rows.get(keyOf(ran));
    rows.set(keyOf(ran), other ? least(other, ran) : ran);
  }
  return [...rows.values()];
}

function least(a: Ran, b: Ran): Ran {
  return {
    ...a,
    ...b,
    client: lower(CLIENTS, a.client, b.client),
    server: lower(SERVERS, a.server, b.server),
    tools: [...new Set([...a.tools, ...b.tools])].sort(),
    ms: Math.max(a.ms, b.ms),
  };
}

/** Each list goes from the most real to the least. */
function lower<T>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

function withOlder(rows: readonly Ran[], older: readonly Ran[]): Ran[] {
  const said = new Map(older.map((ran) => [keyOf(ran), ran.older]));
  return rows.map((ran) => {
    const word = ran.tools.includes('kubectl') ? said.get(keyOf(ran)) : undefined;
    return word === undefined ? ran : { ...ran, older: word };
  });
}

/** As in "Debian GNU/Linux 12 (bookworm)". */
export async function systemName(): Promise<string> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^PRETTY_NAME="?([^"\n]+)/m.exec(text)?.[1] ?? `${process.platform} ${process.arch}`;
}
