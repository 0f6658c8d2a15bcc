import { test } from 'vitest';
import { which } from '#host/machine.ts';

/** Tests that need real programs: without them they fail on CI, and elsewhere are skipped and say why. */

const REAL = ['skopeo', 'docker-registry'];

const absent = REAL.filter((program) => which(program, process.env['PATH'] ?? '') === null);

/** Why nothing real can be run here; null where it can. Throws on CI. */
export const lacking =
  absent.length === 0 ? null : `${absent.join(' and ')} not installed: apt-get install ${absent.join(' ')}`;
if (lacking && process.env['CI']) throw new Error(lacking);

/** A test that is skipped, with the reason, where a program is lacking. */
export function realTest(title: string, work: () => Promise<void> | void, timeoutMs = 60_000): void {
  test(title, { timeout: timeoutMs }, async (context) => {
    if (lacking) context.skip(lacking);
    await work();
  });
}
