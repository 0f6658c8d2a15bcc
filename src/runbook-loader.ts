import { fileURLToPath } from 'node:url';
import { type Runbooks, readRunbooks } from '#host/runbooks.ts';

/** The runbooks as the pages show them; throws on anything broken, so that the build stops and names the field. */
export function loadRunbooks(root: URL, env = process.env): Promise<Runbooks> {
  return readRunbooks(fileURLToPath(root).replace(/\/$/, ''), env['SLIPWAY_RUNBOOK_RECORD']);
}
