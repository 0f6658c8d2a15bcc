import { type Machine, thisMachine } from '#host/machine.ts';
import { parseOwners, parseRunbook, parseVariables } from '#runbook/catalog.ts';
import type { Runbook } from '#runbook/model.ts';
import { provisionsOf } from '#verify/provisions.ts';
import { type Result, runAll } from '#verify/session.ts';
import type { World } from '#world/model.ts';
import { smallWorld } from './world.ts';

/** Runbooks of a few lines, run for real in a small world. */

const VARIABLES = parseVariables(
  `namespace: { type: k8s-label, label: Namespace, default: bootc-tenant, example: bootc-tenant, help: "Where." }
project: { type: path, label: Project, default: sample/images, example: sample/images, help: "Which." }
reason: { type: text, label: Reason, example: "sample: it's \\"down\\" $(date)", help: "Why." }
tag: { type: image-tag, label: Tag, example: latest, help: "Which." }`,
  'variables.yaml',
);
const OWNERS = parseOwners(
  `somebody: { name: Somebody, asks: All., places: [{ title: Here }], sources: [{ title: Us }] }`,
  'owners.yaml',
);

/** `body` holds `needs:`, `variables:` and `steps:` at least. */
export function runbook(body: string, id = 'sample'): Runbook {
  const text = `schema: 1
title: A runbook of a test
kind: task
severity: none
summary: It ran.
impact: None.
component: site
escalate: { owner: somebody, when: Never. }
sources: [{ title: Us }]
${body}`;
  return parseRunbook(text, `${id}.yaml`, { variables: VARIABLES, owners: OWNERS });
}

/** Files of a GitLab project, and a cluster with one component. */
export const world = (more = ''): World =>
  smallWorld(`files:
  - { forge: gitlab, project: sample/images, path: a.txt, at: -2d, text: "one" }
  - { forge: gitlab, project: sample/images, path: a.txt, at: -1d, text: "two" }
  - { forge: gitlab, project: sample/images, path: soon.txt, at: +2m, text: "soon" }
  - { forge: gitlab, project: sample/images, path: later.txt, at: +1d, text: "not yet" }
cluster:
  token: sample-token
  components:
    - { component: fedora-bootc-45-standard, application: fedora-bootc-45, namespace: bootc-tenant, repository: bootc-devel/fedora-bootc-45-standard, tag: latest }
${more}`);

interface How {
  machine?: Machine;
  worldOf?: (name: string) => Promise<World>;
}

/** Runs them; gives the results in their order. */
export async function run(runbooks: Runbook[], how: How = {}): Promise<Result[]> {
  const machine = how.machine ?? thisMachine(() => {});
  const small = world();
  return runAll({
    content: { runbooks, variables: VARIABLES },
    worldOf: how.worldOf ?? (async () => small),
    provisions: await provisionsOf(machine, '.cache/clients'),
    kinds: [],
    isLenient: false,
    keep: false,
    onResult: () => {},
  });
}

/** Runs one, and gives the first thing that went wrong as text; empty when nothing did. */
export async function faultOf(one: Runbook, how: How = {}): Promise<string> {
  const [result] = await run([one], how);
  const failed = result?.trial.attempts.find(({ fault }) => fault);
  return [result?.broken ?? '', failed?.step ?? '', ...(failed?.fault?.says ?? []), ...(failed?.fault?.hints ?? [])]
    .filter(Boolean)
    .join('\n');
}
