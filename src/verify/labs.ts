import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readLabs, worldOf } from '#host/labs.ts';
import { thisMachine } from '#host/machine.ts';
import type { Count } from '#host/report.ts';
import { writeAtomic } from '#host/store.ts';
import type { Lab } from '#lab/model.ts';
import { type Attempt, tried } from '#lab/trial.ts';
import { openPractice } from '#practice/open.ts';
import { COMPOSE, GITHUB, GITLAB, KONFLUX, KUBEARCHIVE, STORAGE, STREAMS } from '#sim/place.ts';
import type { Provisions } from './bin.ts';
import { type Certificate, certificateFor } from './certificate.ts';
import { openReal } from './lab-shell.ts';
import { provisionsOf } from './provisions.ts';
import { compared, type Pair } from './same.ts';

/** The whole of `npm run labs`: every lab in the practice shell, and with `--real` in a real one too, command by command. */

export const USAGE = `npm run labs -- [--only ID,ID] [--real] [--verbose] [--report FILE]
  --only     those labs
  --real     a second time in a real bash with real clients; what they print must be the same
  --verbose  every command with what it printed`;

export interface Options {
  only: string[] | null;
  real: boolean;
  verbose: boolean;
  report: string | null;
}

type Say = (text: string) => void;

const LANES = 2;
/** Nobody waits for a script here, and the machine has more to do. */
const BUSY_MS = 120_000;

const HOSTS = ['quay.io', 'registry.fedoraproject.org', GITLAB, GITHUB, 'github.com', 'raw.githubusercontent.com'];

/** Gives the exit code. Throws a ContentError where content is broken. */
export async function verifyLabs(root: string, options: Options, say: Say): Promise<number> {
  const labs = (await readLabs(root)).filter(({ id }) => options.only?.includes(id) ?? true);
  const absent = options.only?.filter((id) => !labs.some((lab) => lab.id === id)) ?? [];
  for (const id of absent) say(`FAILED  there is no content/labs/${id}.yaml`);
  const folder = await mkdtemp(join(tmpdir(), 'slipway-labs-'));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.once('exit', remove);
  const count: Count = { passed: 0, failed: absent.length, skipped: 0 };
  try {
    const real = options.real ? await realOf(root, folder, say) : null;
    const queue = labs.values();
    const lane = async () => {
      for (const lab of queue) {
        told(lab, await one(root, lab, real, folder), { count, options, say });
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  } finally {
    remove();
    process.off('exit', remove);
  }
  say(`labs: ${labs.length}, ${count.passed} passed, ${count.failed} failed`);
  if (options.report !== null) await writeAtomic(resolve(root, options.report), `${JSON.stringify(count)}\n`);
  return count.failed > 0 ? 1 : 0;
}

interface Telling {
  count: Count;
  options: Options;
  say: Say;
}

function told(lab: Lab, { attempts, pairs, broken, skipped }: Outcome, { count, options, say }: Telling): void {
  const faults = [
    ...(broken === null ? [] : [broken]),
    ...attempts.flatMap(({ step, what, fault }) => (fault === null ? [] : [`${step}, ${what}: ${fault}`])),
    ...pairs.flatMap(({ differs, step, command }) =>
      differs === null ? [] : [`${step}: ${command.trim()}\n${differs}`],
    ),
  ];
  const same = pairs.filter(({ differs }) => differs === null).length;
  count.passed += attempts.filter(({ fault }) => fault === null).length + same;
  count.failed += faults.length;
  count.skipped += skipped === null ? 0 : 1;
  if (options.verbose) for (const attempt of attempts) say(attemptText(attempt));
  const compared = pairs.length > 0 ? `, ${same} of ${pairs.length} commands as the real clients` : '';
  say(`${faults.length > 0 ? 'FAILED' : 'good  '}  ${lab.id}: ${attempts.length} attempts${compared}`);
  if (skipped !== null) say(`        not held against real clients: ${skipped}`);
  for (const fault of faults) say(`        ${fault.replaceAll('\n', '\n        ')}`);
}

interface Real {
  provisions: Provisions;
  certificate: Certificate;
}

async function realOf(root: string, folder: string, say: Say): Promise<Real> {
  const provisions = await provisionsOf(thisMachine(say), join(root, '.cache/clients'));
  const hosts = [...HOSTS, KONFLUX, KUBEARCHIVE, COMPOSE, STREAMS, STORAGE];
  return { provisions, certificate: await certificateFor(hosts, folder) };
}

interface Outcome {
  attempts: Attempt[];
  pairs: Pair[];
  broken: string | null;
  /** Why the real clients were not asked. */
  skipped: string | null;
}

async function one(root: string, lab: Lab, real: Real | null, within: string): Promise<Outcome> {
  try {
    const world = await worldOf(root, lab);
    const attempts = await tried(lab, () => openPractice(world, lab, BUSY_MS));
    const lack = real === null ? null : lackOf(lab, real.provisions);
    if (real === null || lack !== null) {
      const isCI = Boolean(process.env['CI']) && process.env['CI'] !== 'false';
      return { attempts, pairs: [], broken: isCI ? lack : null, skipped: isCI ? null : lack };
    }
    const others = await tried(lab, () => openReal({ lab, world, ...real, within }));
    const faults = others
      .filter(({ fault }) => fault !== null)
      .map((row) => ({ ...row, what: `${row.what}, real clients` }));
    return { attempts: [...attempts, ...faults], pairs: compared(attempts, others), broken: null, skipped: null };
  } catch (error) {
    return { attempts: [], pairs: [], broken: error instanceof Error ? error.message : String(error), skipped: null };
  }
}

/** A client of the lab that cannot be run here, and why; null when all can. */
function lackOf({ tools }: Lab, provisions: Provisions): string | null {
  for (const tool of tools) {
    const provision = tool === 'yq' ? undefined : provisions[tool];
    if (provision?.client === 'checked') return `${tool} cannot be run: ${provision.why}`;
  }
  return null;
}

const attemptText = ({ step, what, ran, verdict }: Attempt): string =>
  [
    `${step}, ${what}`,
    ...ran.flatMap(({ command, stdout, stderr, exitCode }) => [
      `  $ ${command.trim()}`,
      stdout,
      stderr,
      `  (${exitCode})`,
    ]),
    `  ${verdict.done ? 'done' : `not yet: ${verdict.because}`}`,
  ].join('\n');
