/** What a page asks of the worker, and what it hears. */

export type Ask =
  /** The first visit: the page was there before the worker. */
  | { do: 'visited'; urls: readonly string[] }
  | { do: 'keep'; name: string; label: string; urls: readonly string[] }
  | { do: 'drop'; name: string }
  /** What is kept; with `urls`, also what these would take. */
  | { do: 'tell'; urls?: readonly string[] };

/** A set that a reader asked to keep. */
export interface KeptSet {
  name: string;
  label: string;
  at: string;
  files: number;
  bytes: number;
  /** Files that could not be fetched. */
  failed: number;
}

export interface Standing {
  is: 'standing';
  build: string;
  sets: KeptSet[];
  pages: { path: string; title: string; at: string }[];
  bytes: number;
  since: string | null;
  /** What the urls that were asked about would take. */
  would: { files: number; bytes: number };
}

export type Answer =
  | { is: 'progress'; done: number; of: number; bytes: number }
  | { is: 'kept'; set: KeptSet }
  | { is: 'dropped' }
  | { is: 'refused'; why: string }
  | Standing;
