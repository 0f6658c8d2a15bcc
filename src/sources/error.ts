import type { SourceId } from '#status/model.ts';
import type { ProblemKind } from '#status/problems.ts';

/** A question that a source could not answer; becomes a problem in the snapshot. */
export class SourceError extends Error {
  override name = 'SourceError' as const;
  readonly source: SourceId;
  readonly kind: ProblemKind;
  readonly status: number | null;

  constructor(source: SourceId, kind: ProblemKind, detail: string, options: { status?: number; cause?: unknown } = {}) {
    super(detail, { cause: options.cause });
    this.source = source;
    this.kind = kind;
    this.status = options.status ?? null;
  }
}

/** Whatever was thrown, as a SourceError of this source; our own faults are thrown on. */
export function asSourceError(error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  throw error;
}

/** The innermost cause of a failure, in a few words. */
export function because(error: unknown): string {
  const { code, message, cause } = error as { code?: unknown; message?: unknown; cause?: unknown };
  if (cause && typeof cause === 'object') return because(cause);
  return String(code ?? message ?? error).slice(0, 200);
}
