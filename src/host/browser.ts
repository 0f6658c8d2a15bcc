import { type Absent, installPackages } from './clients.ts';
import type { Machine } from './machine.ts';

/** A Chromium for the browser tests. */

export interface Browser {
  path: string;
  /** Who provides it, for the log. */
  from: string;
}

const SYSTEM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** The browser that `CHROMIUM` names, else Playwright's own, else the system's; null when there is none. */
export function findBrowser(machine: Machine, playwrights: string | null): Browser | null {
  const named = machine.env['CHROMIUM'];
  if (named) {
    if (machine.exists(named)) return { path: named, from: 'CHROMIUM' };
    throw new Error(`CHROMIUM names ${named}, which is no program here. Correct the variable or unset it.`);
  }
  if (playwrights && machine.exists(playwrights)) return { path: playwrights, from: 'Playwright' };
  const path = SYSTEM.map((name) => machine.which(name)).find((found) => found !== null);
  return path ? { path, from: 'the system' } : null;
}

/** Finds a browser, or gets one from Playwright or the system's package manager. */
export async function ensureBrowser(machine: Machine, playwrights: string | null): Promise<Browser | Absent> {
  const found = findBrowser(machine, playwrights);
  if (found) return found;
  machine.say('browser: none found, asking Playwright for one');
  await machine.run('npx', ['playwright', 'install', '--with-deps', 'chromium']);
  const brought = findBrowser(machine, playwrights);
  if (brought) return brought;
  const why = await installPackages(machine, [{ apt: 'chromium', dnf: 'chromium' }]);
  return (
    findBrowser(machine, playwrights) ?? {
      name: 'browser',
      why: `no Chromium: Playwright's could not be fetched, and ${why ?? 'the package brought none'}. Install one, or name it in CHROMIUM.`,
    }
  );
}
