import { SourceError } from '#sources/error.ts';
import type { Answer, Http } from '#sources/http.ts';
import { unexpected } from '#sources/read.ts';
import { type Compose, composeName } from '#status/compose.ts';
import { Instant } from '#status/scalars.ts';
import { iso } from '#status/time.ts';

/** kojipkgs: the directories in which pungi keeps Fedora's composes. */

const LIST_BYTES = 256 << 10;
const WORD_BYTES = 4 << 10;
const MANY = 2_000;

/** Directories below the root that hold composes of images that we watch. */
export type Directory = 'rawhide' | 'branched' | 'updates' | 'iot' | 'eln';

export interface Kojipkgs {
  /** Ids of all composes in a directory, however they went. */
  list(directory: Directory): Promise<string[]>;
  /** The id behind a link as `latest-Fedora-45`; null where there is no such link. */
  latest(directory: Directory, link: string): Promise<string | null>;
  /** How a compose went, and since when. */
  status(directory: Directory, id: string): Promise<Pick<Compose, 'state' | 'stateAt'>>;
  addressOf(directory: Directory, id: string): string;
}

/** The words that pungi writes to STATUS. */
const STATES: Readonly<Record<string, Compose['state']>> = {
  STARTED: 'running',
  FINISHED: 'finished',
  FINISHED_INCOMPLETE: 'incomplete',
  DOOMED: 'failed',
  TERMINATED: 'failed',
};

/** A reader of the composes below `root`. */
export function kojipkgs(http: Http, root: string): Kojipkgs {
  const home = root.replace(/\/+$/, '');

  function get(path: string, maxBytes: number, accept: string): Promise<Answer> {
    return http.ask(`${home}/${path}`, { source: 'compose', pace: 'free', maxBytes, accept });
  }

  return {
    async list(directory) {
      const answer = await get(`${directory}/`, LIST_BYTES, 'text/html');
      if (answer.status !== 200) throw unexpected(answer, 'compose');
      const links = textOf(answer).matchAll(/\shref="(?:\.\/)?([A-Za-z0-9][A-Za-z0-9._-]{0,119})\/?"/gi);
      const names = links.take(MANY).map(([, name = '']) => name);
      return [...new Set(names.filter((name) => composeName(name) !== null))];
    },
    async latest(directory, link) {
      const answer = await get(`${directory}/${link}/COMPOSE_ID`, WORD_BYTES, 'text/plain, */*');
      if (answer.status === 404) return null;
      if (answer.status !== 200) throw unexpected(answer, 'compose');
      const id = textOf(answer).trim();
      if (!composeName(id)) throw new SourceError('compose', 'unreadable', `${answer.url} names no compose`);
      return id;
    },
    async status(directory, id) {
      const answer = await get(`${directory}/${id}/STATUS`, WORD_BYTES, 'text/plain, */*');
      // It is written when a compose begins; a directory without it is being made or taken away.
      if (answer.status === 404) return { state: 'unknown', stateAt: null };
      if (answer.status !== 200) throw unexpected(answer, 'compose');
      const state = STATES[textOf(answer).trim()];
      if (!state) throw new SourceError('compose', 'unreadable', `${answer.url} holds no state that we know`);
      const modified = Date.parse(answer.headers.get('last-modified') ?? '');
      const stateAt = Instant.safeParse(Number.isFinite(modified) ? iso(modified) : null);
      return { state, stateAt: stateAt.data ?? null };
    },
    addressOf: (directory, id) => `${home}/${directory}/${id}/`,
  };
}

function textOf({ bytes }: Answer): string {
  return new TextDecoder('utf-8').decode(bytes);
}
