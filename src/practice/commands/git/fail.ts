/** What git says when it refuses, word for word, and its exit code. */
export class GitError extends Error {
  override name = 'GitError' as const;
  readonly code: number;
  constructor(said: string, code = 128) {
    super(said);
    this.code = code;
  }
}

export const fatal = (what: string): GitError => new GitError(`fatal: ${what}`);
