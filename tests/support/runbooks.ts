import { commandsOf } from '#runbook/catalog.ts';
import { hashOf } from '#runbook/hash.ts';
import { Runbook } from '#runbook/model.ts';
import type { Ran, RecordOfRuns } from '#runbook/record.ts';
import { Variable, type Variables } from '#runbook/variable.ts';

/** A runbook, its variables and a record of its run, as small as they can be. */

export const VARIABLES: Variables = {
  namespace: variable({ type: 'k8s-label', label: 'Tenant', default: 'sample-tenant', from: 'namespaces' }),
  component: variable({ type: 'k8s-label', label: 'Component', example: 'sample-component', from: 'components' }),
  reason: variable({ type: 'text', label: 'Reason', example: "it's a sample", shareable: false }),
};

function variable(fields: Record<string, unknown>): Variable {
  return Variable.parse({ help: 'Where one finds it.', example: 'sample', ...fields });
}

export const STEPS = {
  look: { id: 'look', title: 'Look at it', risk: 'read', where: 'cluster', run: 'kubectl get pods -n {{namespace}}\n' },
  note: {
    ...{ id: 'note', title: 'Write it down', risk: 'change', where: 'cluster' },
    run: 'kubectl annotate pods {{component}} -n {{namespace}} "sample/reason=$REASON"\n',
    verify: { run: 'kubectl get pods {{component}} -n {{namespace}}\n', output: '...\n' },
    undo: { none: 'It stays.' },
  },
  ask: { id: 'ask', title: 'Ask somebody', risk: 'read', where: 'browser', do: 'Ask about {{component}}.' },
};

/** Its id is `sample`. */
export function sampleRunbook(fields: Record<string, unknown> = {}): Runbook {
  const runbook = Runbook.parse({
    ...{ schema: 1, title: 'A sample of a runbook', kind: 'task', severity: 'minor', component: 'build' },
    ...{ summary: 'It is done.', impact: 'Nothing is broken.', needs: { role: 'viewer', tools: { kubectl: 'any' } } },
    variables: Object.keys(VARIABLES),
    steps: Object.values(STEPS),
    escalate: { owner: 'sample', when: 'It does not help.' },
    sources: [{ title: 'Written for a test' }],
    ...fields,
  });
  return { ...runbook, id: 'sample' };
}

/** A record in which every command of a runbook ran; `change` alters the row of a command. */
export async function recordOf(runbook: Runbook, change: (row: Ran) => Ran = (row) => row): Promise<RecordOfRuns> {
  const rows = runbook.steps.flatMap((step) =>
    commandsOf(step).map(async ({ part, text }): Promise<Ran> => {
      const row = { step: step.id, part, hash: await hashOf(text), tools: ['kubectl'], ms: 400 };
      return change({ ...row, client: 'real', server: 'simulator' });
    }),
  );
  return {
    ...{ schema: 1, at: '2026-11-21T12:00:00Z', system: 'Sample OS 1', addresses: [runbook.id] },
    tools: [
      { name: 'kubectl', version: '1.35.2', client: 'real' },
      { name: 'tkn', version: '0.40', client: 'double' },
    ],
    runbooks: { [runbook.id]: await Promise.all(rows) },
  };
}
