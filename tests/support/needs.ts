import { test } from 'vitest';
import { which } from '#host/machine.ts';

/** Tests that need real programs: without them they fail on CI, and elsewhere are skipped and say why. */

/** Why these programs cannot be run here; null where they can. Throws on CI. */
export function lackingOf(programs: readonly string[]): string | null {
  const absent = programs.filter((program) => which(program, process.env['PATH'] ?? '') === null);
  if (absent.length === 0) return null;
  const why = `${absent.join(' and ')} not installed: apt-get install ${absent.join(' ')}`;
  if (process.env['CI']) throw new Error(why);
  return why;
}

/** Why no registry can be run here; null where one can. */
export const lacking = lackingOf(['skopeo', 'docker-registry']);

/** A test that is skipped, with the reason, where a program is lacking. */
export function realTest(
  title: string,
  work: () => Promise<void> | void,
  timeoutMs = 60_000,
  lacks: string | null = lacking,
): void {
  test(title, { timeout: timeoutMs }, async (context) => {
    if (lacks) context.skip(lacks);
    await work();
  });
}
