import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { worldOf } from '#host/labs.ts';
import { thisMachine } from '#host/machine.ts';
import type { Lab } from '#lab/model.ts';
import { openPractice } from '#practice/open.ts';
import { KONFLUX } from '#sim/place.ts';
import { certificateFor } from '#verify/certificate.ts';
import { openReal } from '#verify/lab-shell.ts';
import { provisionsOf } from '#verify/provisions.ts';
import { compared } from '#verify/same.ts';
import { lackingOf, realTest } from '../support/needs.ts';

const provisions = await provisionsOf(
  thisMachine(() => {}),
  '.cache/clients',
);
const lacks =
  lackingOf(['bash', 'openssl', 'jq']) ?? (provisions.kubectl?.client === 'checked' ? provisions.kubectl.why : null);

/** A lab without steps: what is run stands in a file. */
const labFor = (role: Lab['role']): Lab => ({
  ...{ schema: 1, id: 'practice-kubectl', title: 'kubectl', summary: 'kubectl', minutes: 5, level: 'beginner' },
  ...{ learn: ['kubectl'], before: [], story: 'kubectl', world: 'duty', given: [], role, registries: [] },
  ...{ tools: ['kubectl', 'jq', 'curl'], files: {}, setup: [], steps: [], next: [], sources: [] },
  view: { namespaces: [], images: [], projects: [] },
});

const commandsOf = (file: string): string[] =>
  readFileSync(`tests/fixtures/practice/${file}`, 'utf8')
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter((block) => block !== '' && !block.startsWith('#'));

/** Commands whose output is not that of the real client, with both. */
async function differing(file: string, role: Lab['role']): Promise<{ ran: number; differ: string[] }> {
  const lab = labFor(role);
  const world = await worldOf('.', lab);
  const within = mkdtempSync(join(tmpdir(), 'practice-kubectl-'));
  const certificate = await certificateFor([KONFLUX, 'raw.githubusercontent.com'], within);
  const ours = await openPractice(world, lab);
  const real = await openReal({ lab, world, provisions, certificate, within });
  try {
    const commands = commandsOf(file);
    const here: Ran[] = [];
    const there: Ran[] = [];
    for (const command of commands) {
      here.push({ command, ...(await ours.run(command)) });
      there.push({ command, ...(await real.run(command)) });
    }
    const verdict = { done: true, because: '', wrong: null, said: '' };
    const attempt = (ran: Ran[]) => [{ step: file, what: role, ran, verdict, fault: null }];
    const pairs = compared(attempt(here), attempt(there));
    const differ = pairs.flatMap((pair) => (pair.differs === null ? [] : [`${pair.command}\n${pair.differs}`]));
    return { ran: pairs.length, differ };
  } finally {
    await real.close();
    rmSync(within, { recursive: true, force: true });
  }
}

interface Ran {
  command: string;
  stdout: string;
  stderr: string;
  exitCode: number;
}

const trial = (title: string, file: string, role: Lab['role'], least: number) =>
  realTest(
    title,
    async () => {
      const { ran, differ } = await differing(file, role);
      expect(differ).toEqual([]);
      expect(ran).toBeGreaterThanOrEqual(least);
    },
    300_000,
    lacks,
  );

trial('reads print what real kubectl prints, in every format', 'kubectl-reads.txt', 'viewer', 70);
trial(
  'descriptions, rights, kinds, waits and the kubeconfig are those of real kubectl',
  'kubectl-about.txt',
  'viewer',
  70,
);
trial('writes and their refusals are those of real kubectl, broken YAML too', 'kubectl-writes.txt', 'maintainer', 80);
trial('accounts, deletions and text that must be quoted are those of real kubectl', 'kubectl-admin.txt', 'admin', 20);
