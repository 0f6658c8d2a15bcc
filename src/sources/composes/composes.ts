import { asSourceError } from '#sources/error.ts';
import type { Context } from '#sources/pass.ts';
import { type Compose, composeName, isUsable, newestFirst, Stream } from '#status/compose.ts';
import type { ProblemKind } from '#status/problems.ts';
import { LATE_MS } from '#status/text/compose.ts';
import { iso } from '#status/time.ts';
import type { Directory, Kojipkgs } from './kojipkgs.ts';
import { type Streams, Validators } from './streams.ts';

/** Fedora's newest composes and CoreOS's streams, with as few and as small questions as tell them. */

const AGAIN_MS = 15 * 60_000;
/** States asked for in one line of composes. */
const QUESTIONS = 4;
/** Streams that have public metadata; the development streams have none. */
const PUBLISHED = ['stable', 'testing', 'next'];

/** The newest composes of every watched release, and the published streams of CoreOS; what was known stays where a question fails. */
export async function askComposes(context: Context): Promise<{ composes: Compose[]; streams: Stream[] }> {
  const { previous, only, clients } = context;
  const known = { composes: previous?.composes ?? [], streams: previous?.streams ?? [] };
  if (!only.has('compose')) return known;
  const [composes, streams] = await Promise.all([
    clients.composes ? askDirectories(context, clients.composes, known.composes) : known.composes,
    clients.streams ? askStreams(context, clients.streams, known.streams) : known.streams,
  ]);
  return { composes, streams };
}

async function askDirectories(context: Context, kojipkgs: Kojipkgs, known: readonly Compose[]): Promise<Compose[]> {
  // A stream of CoreOS may be called as a release is; it has no composes of its own.
  const watched = context.watch.targets.filter(({ plan, variant }) => plan !== 'not-planned' && variant !== 'coreos');
  const releases = new Set(watched.map(({ release }) => release));
  const found = await Promise.all(
    directoriesOf(releases).map(async (directory) => {
      const before = known.filter((compose) => directoryOf(compose) === directory && releases.has(compose.release));
      if (before.some(({ checkedAt }) => checkedAt && context.nowMs - Date.parse(checkedAt) < AGAIN_MS)) return before;
      try {
        return await context.report.asked('compose', readDirectory(context, kojipkgs, directory, releases, before));
      } catch (error) {
        const { kind, message } = asSourceError(error);
        context.report.problem('compose', null, kind, message);
        return before;
      }
    }),
  );
  return found.flat();
}

function directoriesOf(releases: ReadonlySet<string>): Directory[] {
  const hasNumber = [...releases].some((release) => /^\d+$/.test(release));
  const numbered: Directory[] = hasNumber ? ['branched', 'updates', 'iot'] : [];
  return [
    ...(releases.has('rawhide') ? (['rawhide'] as const) : []),
    ...numbered,
    ...(releases.has('eln') ? (['eln'] as const) : []),
  ];
}

function directoryOf({ release, kind }: Pick<Compose, 'release' | 'kind'>): Directory {
  return kind !== 'main' ? kind : release === 'rawhide' ? 'rawhide' : 'branched';
}

/** The newest composes of each line in a directory; one whose state cannot change any more is not asked again. */
async function readDirectory(
  context: Context,
  kojipkgs: Kojipkgs,
  directory: Directory,
  releases: ReadonlySet<string>,
  before: readonly Compose[],
): Promise<Compose[]> {
  const listed = await listedIn(kojipkgs, directory, releases);
  const named = listed.flatMap((id) => {
    const name = composeName(id);
    return name && releases.has(name.release) && directoryOf(name) === directory ? [{ id, name }] : [];
  });
  const lines = Map.groupBy(named, ({ name }) => `${name.release} ${name.kind}`);
  const read = [...lines.values()].map(async (line) => {
    const found: Compose[] = [];
    let questions = 0;
    for (const { id, name } of line.sort((a, b) => newestFirst(a.name, b.name))) {
      const kept = before.find((compose) => compose.id === id && isFinal(compose));
      if (!kept && questions === QUESTIONS) continue;
      if (!kept) questions += 1;
      const { state, stateAt } = kept ?? (await statusOf(context, kojipkgs, directory, id));
      const { release, kind, day } = name;
      const at = `${day}T00:00:00.000Z`;
      const checkedAt = iso(context.nowMs);
      found.push({ release, kind, id, at, state, stateAt, checkedAt, url: kojipkgs.addressOf(directory, id) });
      // One that has been there for a day proves an image late; what is older tells nothing more.
      if (isUsable({ state }) && context.nowMs - Date.parse(stateAt ?? at) > LATE_MS) break;
    }
    return found;
  });
  return (await Promise.all(read)).flat();
}

/** What would keep a whole line at its old state for as long as one compose has it; anything else passes. */
const LASTING: ReadonlySet<ProblemKind> = new Set(['unreadable', 'too-large', 'denied', 'redirect', 'unexpected']);

/** How a compose went; a word that we do not know costs no more than its own state. */
async function statusOf({ report }: Context, kojipkgs: Kojipkgs, directory: Directory, id: string) {
  try {
    return await report.asked('compose', kojipkgs.status(directory, id));
  } catch (error) {
    const { kind, message } = asSourceError(error);
    if (!LASTING.has(kind)) throw error;
    report.problem('compose', null, kind, message);
    return { state: 'unknown', stateAt: null } as const;
  }
}

/** All composes of a directory, or where it has no list, those behind its links. */
async function listedIn(kojipkgs: Kojipkgs, directory: Directory, releases: ReadonlySet<string>): Promise<string[]> {
  try {
    return await kojipkgs.list(directory);
  } catch (error) {
    const { kind } = asSourceError(error);
    const links = kind === 'unreachable' || kind === 'timeout' ? [] : linksOf(directory, releases);
    if (links.length === 0) throw error;
    const ids = await Promise.all(links.map((link) => kojipkgs.latest(directory, link)));
    const found = ids.flatMap((id) => id ?? []);
    if (found.length === 0) throw error;
    return found;
  }
}

function linksOf(directory: Directory, releases: ReadonlySet<string>): string[] {
  const numbers = [...releases].filter((release) => /^\d+$/.test(release));
  if (directory === 'rawhide') return ['latest-Fedora-Rawhide'];
  if (directory === 'branched') return numbers.map((release) => `latest-Fedora-${release}`);
  return directory === 'iot' ? numbers.map((release) => `latest-Fedora-IoT-${release}`) : [];
}

const isFinal = (compose: Compose): boolean => isUsable(compose) || compose.state === 'failed';

async function askStreams(context: Context, streams: Streams, known: readonly Stream[]): Promise<Stream[]> {
  const watched = new Set(
    context.watch.targets.filter(({ variant }) => variant === 'coreos').map((one) => one.release),
  );
  const found = await Promise.all(
    PUBLISHED.filter((stream) => watched.has(stream)).map(async (stream) => {
      const before = known.find((one) => one.stream === stream) ?? null;
      try {
        return await context.report.asked('compose', readStream(context, streams, stream, before));
      } catch (error) {
        const { kind, message } = asSourceError(error);
        context.report.problem('compose', null, kind, message);
        return before;
      }
    }),
  );
  return found.flatMap((stream) => stream ?? []);
}

async function readStream(
  { records }: Context,
  streams: Streams,
  stream: string,
  before: Stream | null,
): Promise<Stream | null> {
  const name = `streams/${stream}.json`;
  // Without what was known, "nothing has changed" would be an answer that tells nothing.
  const validators = before ? parseValidators(await records.read(name), before) : null;
  const answer = await streams.read(stream, validators);
  if (!answer) return before;
  await records.write(name, JSON.stringify({ ...answer.validators, stream: answer.stream }));
  return answer.stream;
}

/** Those of an answer that never became a snapshot would say for ever that nothing has changed. */
function parseValidators(text: string | null, before: Stream): Validators | null {
  try {
    const { stream, ...validators } = Validators.extend({ stream: Stream }).parse(JSON.parse(text ?? 'null'));
    return JSON.stringify(stream) === JSON.stringify(before) ? validators : null;
  } catch {
    return null;
  }
}
