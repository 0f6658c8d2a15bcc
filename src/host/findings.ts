import { parseArgs } from 'node:util';
import type { Finding } from '#editing/finding.ts';
import { FORMATS, type Format, reportAs } from '#editing/report.ts';
import { UsageError } from './options.ts';
import { writeAtomic } from './store.ts';

/** How a check that finds things is called, and where its report goes. */

export interface ReportOptions {
  format: Format;
  /** Null: to the terminal. */
  report: string | null;
}

/** `--report FILE --format code-quality|github|terminal`, and the words beside them; throws a UsageError. */
export function reportOptions(args: readonly string[]): ReportOptions & { asked: string[] } {
  const { values, positionals } = parsed(args);
  const format = FORMATS.find((name) => name === (values.format ?? 'terminal'));
  if (!format) throw new UsageError(`--format takes one of ${FORMATS.join(', ')}, and not "${values.format}".`);
  return { format, report: values.report ?? null, asked: positionals };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { report: { type: 'string' }, format: { type: 'string' } },
    });
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
}

/** Writes the report that was asked for; without a file, what the terminal has seen already is not said again. */
export async function writeReport(
  { format, report }: ReportOptions,
  findings: readonly Finding[],
  say: (text: string) => void,
): Promise<void> {
  if (report === null && format === 'terminal') return;
  const text = await reportAs(format, findings);
  if (report === null) say(text.trimEnd());
  else await writeAtomic(report, text);
}
