import type { KubeObject } from '#sim/kube/kind.ts';
import { fieldOf, fieldsOf, listOf, textOf } from '#sim/kube/value.ts';
import { uidOf } from '#sim/pipeline/names.ts';

/** The pod of a task run: a container for each step, ended as the step has. Null before there is one. */
export function podOf(run: KubeObject): KubeObject | null {
  const status = fieldsOf(run['status']);
  const name = textOf(status['podName']);
  if (name === '' || status['startTime'] === undefined) return null;
  const { metadata } = run;
  const steps = listOf(status['steps']).map(fieldsOf);
  const containers = steps.length > 0 ? steps.map((step) => textOf(step['container'])) : ['step-sample'];
  const isOver = status['completionTime'] !== undefined;
  const isGood = textOf(fieldOf(listOf(status['conditions'])[0], 'status')) === 'True';
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...{ ...metadata, name, uid: uidOf(`Pod ${metadata.namespace} ${name}`) },
      labels: {
        ...metadata.labels,
        'app.kubernetes.io/managed-by': 'tekton-pipelines',
        'tekton.dev/taskRun': metadata.name,
        'tekton.dev/taskRunUID': metadata.uid,
      },
    },
    spec: { restartPolicy: 'Never', containers: containers.map((container) => ({ name: container, image: 'sample' })) },
    status: {
      phase: isOver ? (isGood ? 'Succeeded' : 'Failed') : 'Running',
      startTime: status['startTime'],
      containerStatuses: containers.map((container, index) => ({
        ...{ name: container, image: 'sample', imageID: '', restartCount: 0, ready: !isOver },
        state: stateOf(steps[index], status['startTime']),
      })),
    },
  };
}

function stateOf(step: Record<string, unknown> | undefined, startedAt: unknown) {
  const terminated = step?.['terminated'];
  return terminated === undefined ? { running: { startedAt } } : { terminated };
}
