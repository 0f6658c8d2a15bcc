import { cosign } from './cosign.ts';
import type { Double, DoubleIo } from './double.ts';
import { ec } from './ec.ts';

/** Clients that cannot be had here, and that we stand in for. What comes of them is always labelled as a double. */

const DOUBLES: Readonly<Record<string, Double>> = { cosign, ec };

const WRONG_USE = 64;

/** The double of a tool; null where there is none. What it throws becomes a sentence and an exit code. */
export function doubleOf(tool: string): Double | null {
  const found = DOUBLES[tool];
  if (!found) return null;
  return async (argv: string[], io: DoubleIo) => {
    try {
      return await found(argv, io);
    } catch (error) {
      io.err(`${tool}: ${error instanceof Error ? error.message : String(error)}\n`);
      return error instanceof Error && error.name === 'UsageError' ? WRONG_USE : 1;
    }
  };
}
