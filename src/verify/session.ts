import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readShell } from '#host/shell.ts';
import { commandsOf } from '#runbook/catalog.ts';
import type { Role, Runbook, Test, Tool } from '#runbook/model.ts';
import type { Kind } from '#sim/kube/kind.ts';
import { STORAGE } from '#sim/place.ts';
import { withGiven } from '#world/given.ts';
import type { World } from '#world/model.ts';
import type { Provisions } from './bin.ts';
import { type Certificate, certificateFor } from './certificate.ts';
import type { Content } from './content.ts';
import { type Needs, openScene } from './scene.ts';
import { type Trial, tried } from './trial.ts';
import { valuesFor } from './values.ts';

/** Runs runbooks, two at a time, in a folder that is gone at the end. */

export interface Result {
  runbook: Runbook;
  /** From 1. */
  test: number;
  world: string;
  role: Role;
  trial: Trial;
  /** What kept it from being run at all, or cut it short; null for nothing. */
  broken: string | null;
  ms: number;
  /** Where its files are kept; null when they are gone. */
  folder: string | null;
}

export interface Session {
  content: Content;
  worldOf: (name: string) => Promise<World>;
  provisions: Provisions;
  /** Definitions in the place of our own summaries. */
  kinds: readonly Kind[];
  isLenient: boolean;
  keep: boolean;
  /** Told of each as it ends. */
  onResult: (result: Result) => void;
}

const LANES = 2;
const NOTHING: Trial = { ran: [], attempts: [], byHand: [], unrun: [], notes: [] };

/** Runs every test of every ready runbook; results in the order of the runbooks. */
export async function runAll(session: Session): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-runbooks-'));
  const remove = () => {
    if (!session.keep) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const ready = session.content.runbooks.filter(({ status }) => status === 'ready');
    const hosts = new Set(ready.flatMap(({ needs }) => needs.hosts));
    const certificate = await certificateFor([...hosts, STORAGE], folder);
    // After that of our children, which would go on writing into the folder.
    process.once('exit', remove);
    const tasks = ready.flatMap((runbook) =>
      runbook.tests.map((test, index) => ({ runbook, test, number: index + 1 })),
    );
    const results: Result[] = [];
    const queue = tasks.entries();
    const lane = async () => {
      for (const [index, { runbook, test, number }] of queue) {
        const result = await runTest(session, { runbook, test, number, certificate, folder });
        results[index] = result;
        session.onResult(result);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return results;
  } finally {
    remove();
    process.off('exit', remove);
  }
}

interface Task {
  runbook: Runbook;
  test: Test;
  number: number;
  certificate: Certificate;
  folder: string;
}

async function runTest(session: Session, { runbook, test, number, certificate, folder }: Task): Promise<Result> {
  const begin = performance.now();
  const role = test.role ?? runbook.needs.role;
  const about = { runbook, test: number, world: test.world, role };
  const { provisions, isLenient, kinds } = session;
  let kept: string | null = null;
  const end = (trial: Trial, broken: string | null): Result => {
    return { ...about, trial, broken, ms: Math.round(performance.now() - begin), folder: session.keep ? kept : null };
  };
  try {
    const values = valuesFor(runbook, test, session.content.variables);
    const world = withGiven(await session.worldOf(test.world), test.given);
    const project = values.inline['project'] ?? session.content.variables['project']?.default ?? '';
    const scene = await openScene({
      needs: needsOf(runbook),
      ...{ role, world, kinds, provisions, certificate, project },
      exported: values.exported,
      within: folder,
    });
    kept = scene.folder;
    try {
      return end(await tried({ runbook, test, values, scene, provisions, isLenient, shell: await readShell() }), null);
    } finally {
      await scene.close();
    }
  } catch (error) {
    return end(NOTHING, error instanceof Error ? error.message : String(error));
  }
}

function needsOf({ id, needs, steps }: Runbook): Needs {
  const isWriting = steps.some(({ risk }) => risk !== 'read');
  return {
    id,
    tools: Object.keys(needs.tools) as Tool[],
    hosts: needs.hosts,
    registries: isWriting ? needs.hosts.filter((host) => /^(quay\.io|registry\.)/.test(host)) : [],
    commands: steps
      .flatMap(commandsOf)
      .map(({ text }) => text)
      .join('\n'),
  };
}
