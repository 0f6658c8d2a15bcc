import type { SourceId } from '#status/model.ts';
import { SourceError } from './error.ts';
import type { Report } from './report.ts';

/** Does one step of a refresh so that a fault in it costs what this step would have found out, and nothing else. */
export async function guarded<T>(
  report: Report,
  source: SourceId,
  what: string,
  step: () => Promise<T>,
  otherwise: T,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const kind = error instanceof SourceError ? error.kind : 'fault';
    report.problem(source, null, kind, `${what}: ${error instanceof Error ? error.message : String(error)}`);
    return otherwise;
  }
}
