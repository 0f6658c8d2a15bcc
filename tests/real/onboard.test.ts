import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { run } from '#host/child.ts';
import { currentKubectl } from '#host/kubectl.ts';
import { thisMachine } from '#host/machine.ts';
import { type Served, serve } from '#host/serve.ts';
import { type Answers, EXAMPLE } from '#onboard/answers.ts';
import { filesOf } from '#onboard/files.ts';
import { stepsOf } from '#onboard/steps.ts';
import { simulate } from '#sim/index.ts';
import { certificateFor } from '#verify/certificate.ts';
import { CLUSTER, NAMESPACE } from '../support/kube.ts';
import { lackingOf, realTest } from '../support/needs.ts';
import { smallWorld } from '../support/world.ts';

/** What the onboarding wizard writes, applied by the real kubectl to the pretend cluster, and put together by kustomize. */

const lacks = lackingOf(['openssl']);
const TIMEOUT_MS = 120_000;
const ANSWERS: Answers = {
  ...EXAMPLE,
  tenant: NAMESPACE,
  digest: `sha256:${'a1'.repeat(32)}`,
  policy: `${NAMESPACE}/sample-policy`,
  buildArgs: 'MANIFEST=sample',
};

let folder: string;
let kubectl: string;
let serveAnew: () => Promise<Served>;

beforeAll(async () => {
  if (lacks) return;
  folder = mkdtempSync(join(tmpdir(), 'slipway-onboard-'));
  const { key, cert } = await certificateFor([], folder);
  serveAnew = () => serve(simulate(smallWorld(CLUSTER)), { tls: { key, cert } });
  const found = await currentKubectl(
    thisMachine(() => {}),
    '.cache/clients',
  );
  if ('why' in found) throw new Error(found.why);
  kubectl = resolve(found.path);
  for (const { path, text } of filesOf(ANSWERS)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}, TIMEOUT_MS);

afterAll(() => {
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Runs a command in the folder of the files, as an admin of the tenant; `kubectl` is the real one. */
async function shell({ url }: Served, script: string) {
  const config = join(folder, 'kubeconfig');
  const cluster = { server: `${url}/konflux`, 'insecure-skip-tls-verify': true };
  writeFileSync(
    config,
    JSON.stringify({
      ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'sample' },
      clusters: [{ name: 'sample', cluster }],
      users: [{ name: 'sample', user: { token: 'sample-admin' } }],
      contexts: [{ name: 'sample', context: { cluster: 'sample', user: 'sample' } }],
    }),
  );
  const env = { PATH: process.env['PATH'], HOME: folder, KUBECONFIG: config };
  const text = `kubectl() { "$KUBECTL" "$@"; }\ncd "$1"\n${script}`;
  return run('bash', ['-c', text, 'bash', folder], {
    env: { ...env, KUBECTL: kubectl },
    capture: true,
    timeoutMs: 60_000,
  });
}

const command = (title: string): string => {
  const found = stepsOf(ANSWERS, filesOf(ANSWERS)).find((step) => step.title === title)?.run;
  if (!found) throw new Error(`No step "${title}" has a command.`);
  return found;
};
const CREATED = [
  `application.appstudio.redhat.com/${ANSWERS.application}`,
  `component.appstudio.redhat.com/${ANSWERS.component}`,
  `imagerepository.appstudio.redhat.com/${ANSWERS.component}`,
  `integrationtestscenario.appstudio.redhat.com/${ANSWERS.application}-conforma`,
  `releaseplan.appstudio.redhat.com/release-to-quay-io-${ANSWERS.application}`,
];

realTest(
  'the commands of the page check all objects, create them in their order, and find the component joined',
  async () => {
    const served = await serveAnew();
    try {
      const tried = await shell(served, command('Have a cluster check the objects'));
      expect(tried.output).toBe(CREATED.map((name) => `${name} created (server dry run)\n`).join(''));
      expect((await shell(served, `kubectl get components.appstudio.redhat.com -n ${NAMESPACE}`)).output).not.toContain(
        ANSWERS.component,
      );
      const applied = await shell(served, command('For a trial, apply them by hand'));
      expect(applied).toMatchObject({ code: 0, output: CREATED.map((name) => `${name} created\n`).join('') });
      const seen = await shell(served, command('See that the component is joined'));
      expect(seen.output).toMatch(/^ready\n\{"pac":\{"state":"enabled"/);
      const image = `kubectl get components.appstudio.redhat.com ${ANSWERS.component} -n ${NAMESPACE} -o jsonpath={.spec.containerImage}`;
      expect((await shell(served, image)).output).toBe(`quay.io/konflux-fedora/${NAMESPACE}/${ANSWERS.component}`);
      const again = await shell(served, command('For a trial, apply them by hand'));
      expect(again.output).not.toContain('created');
    } finally {
      await served.close();
    }
  },
  TIMEOUT_MS,
  lacks,
);

realTest(
  'both runs are taken by the cluster, and push where the image repository lies',
  async () => {
    const served = await serveAnew();
    try {
      const applied = await shell(served, `kubectl create --dry-run=server -n ${NAMESPACE} -f .tekton`);
      expect(applied.output).toBe(
        ['pull-request', 'push']
          .map((event) => `pipelinerun.tekton.dev/${ANSWERS.component}-on-${event} created (server dry run)\n`)
          .join(''),
      );
    } finally {
      await served.close();
    }
  },
  TIMEOUT_MS,
  lacks,
);

realTest(
  'kustomize puts the folder together, and nothing is missing or twice',
  async () => {
    const served = await serveAnew();
    try {
      const application = `clusters/kflux-fedora-01/tenants/${NAMESPACE}/applications/${ANSWERS.application}`;
      const built = await shell(served, `kubectl kustomize ${application}`);
      expect(built.code).toBe(0);
      expect(built.output.match(/^kind: .*/gm)?.toSorted()).toEqual(
        ['Application', 'Component', 'ImageRepository', 'IntegrationTestScenario', 'ReleasePlan'].map(
          (kind) => `kind: ${kind}`,
        ),
      );
    } finally {
      await served.close();
    }
  },
  TIMEOUT_MS,
  lacks,
);
