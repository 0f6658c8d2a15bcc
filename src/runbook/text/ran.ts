import { joined } from '#pipeline/text/condition.ts';
import { dayText } from '#status/text/dates.ts';
import { CLIENTS, type Ran, type RecordOfRuns, SERVERS } from '../record.ts';

/** What the record says of a command and of a runbook, in words: which client ran it, and against which server. */

export interface CommandRun {
  state: 'ran' | 'double' | 'checked' | 'changed' | 'never';
  words: string;
  /** Null where it did not run. */
  server: Server | null;
  /** Time of the fastest run. */
  ms: number;
}

type Client = Ran['client'];
type Server = Ran['server'];

const AGAINST: Record<Server, string> = {
  simulator: 'against our simulator',
  loopback: 'against a real server on the same machine',
  none: 'without asking any server',
};
const NOT_RUN = { server: null, ms: 0 };
export const UNCONFIRMED = 'Not yet confirmed on Fedora’s cluster.';

/** What is known of a command: `rows` are those of its step and part, `hash` that of its text now. */
export function commandRun(rows: readonly Ran[], hash: string, record: RecordOfRuns | null): CommandRun {
  const same = rows.filter((row) => row.hash === hash);
  const [first] = same;
  if (!record || !first)
    return rows.length > 0
      ? { state: 'changed', words: 'Changed since it last ran.', ...NOT_RUN }
      : { state: 'never', words: 'Never run.', ...NOT_RUN };
  const client = least(
    CLIENTS,
    same.map((row) => row.client),
  );
  const server = least(
    SERVERS,
    same.map((row) => row.server),
  );
  const ms = Math.min(...same.map((row) => row.ms));
  if (client === 'checked')
    return { state: 'checked', words: `Parsed and linted on ${dayText(record.at)}, not run.`, ...NOT_RUN };
  const tools = toolsText([...new Set(same.flatMap((row) => row.tools))], record);
  const older = same.find((row) => row.older !== undefined)?.older;
  return {
    state: client === 'real' ? 'ran' : 'double',
    words: `Ran ${tools} ${AGAINST[server]}, ${dayText(record.at)}.${older ? olderText(older, record) : ''}`,
    server,
    ms,
  };
}

/** `with kubectl 1.35.2 and our stand-in for tkn`. */
function toolsText(names: readonly string[], record: RecordOfRuns): string {
  const words = names.map((name) => {
    const found = toolsOf(name, record).at(-1);
    if (found?.client === 'double') return `our stand-in for ${name}`;
    return found?.version ? `${name} ${plain(found.version)}` : name;
  });
  return words.length === 0 ? 'in bash' : `with ${joined(words)}`;
}

/** What a program said of itself goes on for lines; its begin is enough beside a command. */
const LONG = 90;

/** How it went with the oldest kubectl, which ran beside the newest. */
function olderText(outcome: string, record: RecordOfRuns): string {
  const [oldest, newer] = toolsOf('kubectl', record);
  const name = oldest && newer ? `kubectl ${plain(oldest.version)}` : 'an older kubectl';
  if (outcome === 'ran') return ` With ${name} too.`;
  const why =
    outcome.length > LONG ? `${outcome.slice(0, LONG).replace(/\s+\S*$/, '')}…` : outcome.replace(/\.?$/, '.');
  return ` With ${name} ${why}`;
}

/** Rows of one tool, the oldest first: of kubectl there are two, and what ran is the newest. */
const toolsOf = (name: string, { tools }: RecordOfRuns): RecordOfRuns['tools'] =>
  tools
    .filter((tool) => tool.name === name)
    .sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }));

const plain = (version: string): string => version.replace(/^v(?=\d)/, '');

/** What is known of all commands of a runbook, in a few sentences. */
export function runbookRun(
  runs: readonly CommandRun[],
  rows: readonly Ran[],
  record: RecordOfRuns | null,
  isDraft: boolean,
): string[] {
  if (isDraft) return ['Never: this is a draft.'];
  if (runs.length === 0) return ['It has no commands: all is done by hand.'];
  if (!record || rows.length === 0) return ['Never: no record of a run is here.'];
  const shares = SHARES.flatMap(([state, words]) => {
    const count = runs.filter((run) => run.state === state).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  const asked = SERVERS.filter((one) => one !== 'none' && rows.some(({ server }) => server === one)).toReversed();
  const servers = asked.length === 0 ? (['none'] as const) : asked;
  return [
    `${dayText(record.at)}, ${joined(servers.map((one) => AGAINST[one]))}.`,
    `Of ${runs.length} command${runs.length === 1 ? '' : 's'}: ${shares.join(', ')}.`,
  ];
}

/** On which system and with which clients a runbook last ran, with their versions; null where it did not. */
export function ranWith(rows: readonly Ran[], record: RecordOfRuns | null): string | null {
  if (!record || rows.length === 0) return null;
  const tools = [...new Set(rows.flatMap((row) => row.tools))].sort();
  return `On ${record.system}, ${toolsText(tools, record)}.`;
}

const SHARES = [
  ['ran', 'with the real client'],
  ['double', 'with our stand-in for one'],
  ['checked', 'parsed and linted, not run'],
  ['changed', 'changed since'],
  ['never', 'never run'],
] as const satisfies [CommandRun['state'], string][];

/** The state of the last run in a few words, for a list. */
export function runText(runs: readonly CommandRun[], record: RecordOfRuns | null, isDraft: boolean): string {
  if (isDraft) return 'draft, never executed';
  if (runs.length === 0) return 'by hand, no commands';
  const has = (state: CommandRun['state']) => runs.some((run) => run.state === state);
  if (!record || runs.every(({ state }) => state === 'never')) return 'never run';
  if (has('changed')) return `changed since it ran on ${dayText(record.at)}`;
  // A look that follows a step by hand has nothing to look at in a test.
  const ran = runs.filter(({ state }) => state === 'ran' || state === 'double').length;
  if (has('never')) return `${ran} of ${runs.length} commands ran on ${dayText(record.at)}`;
  if (has('checked')) return `partly run on ${dayText(record.at)}, partly only linted`;
  const server = least(
    SERVERS,
    runs.flatMap((run) => run.server ?? []),
  );
  return `ran on ${dayText(record.at)} with ${has('double') ? 'stand-ins among its clients' : 'real clients'}, ${AGAINST[server]}`;
}

/** For a file or an issue, which is read far from the page: the same state, and whether anybody has confirmed it. */
export const standingText = (state: string, isReviewed: boolean): string =>
  `State of its commands: ${state}.${isReviewed ? '' : ` ${UNCONFIRMED}`}`;

/** `about 3 s`: the time of the commands alone; null where none was measured. */
export function timeText(runs: readonly CommandRun[]): string | null {
  const ms = runs.reduce((sum, run) => sum + run.ms, 0);
  if (ms === 0) return null;
  return ms < 1_000 ? 'less than a second' : `about ${Math.round(ms / 1_000)} s`;
}

/** The last of a list of grades, best first. */
function least<T extends Client | Server>(grades: readonly T[], found: readonly T[]): T {
  const worst = grades.findLast((grade) => found.includes(grade));
  if (worst === undefined) throw new Error('A grade was asked of no rows.');
  return worst;
}
