/** What a reader has done, as it is kept in the browser, exported and brought back. No zod: it is loaded on every page of a track. */

export interface Progress {
  schema: 1;
  /** When it was done, ISO 8601, by Ref. */
  done: Record<string, string>;
  /** Steps of labs and questions of quizzes that are done, with when, by Ref. */
  steps: Record<string, Record<string, string>>;
}
