import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { run } from '#host/child.ts';
import { currentKubectl, type Found, olderKubectl } from '#host/kubectl.ts';
import { thisMachine } from '#host/machine.ts';
import { type Served, serve } from '#host/serve.ts';
import { simulate } from '#sim/index.ts';
import { certificateFor } from '#verify/certificate.ts';
import { CLUSTER, COMPONENT, NAMESPACE, snapshot } from '../support/kube.ts';
import { lackingOf, realTest } from '../support/needs.ts';
import { smallWorld } from '../support/world.ts';

/** Real kubectl, of today and of years ago, at the pretend cluster. */

const lacks = lackingOf(['openssl']);
const TIMEOUT_MS = 120_000;
const CACHE = '.cache/clients';
const ONE = { ...snapshot('sample-one'), metadata: { name: 'sample-one', namespace: NAMESPACE, labels: { app: 'x' } } };
const OTHER = { ...ONE, spec: { ...ONE.spec, application: 'fedora-bootc-44' } };

let serveAnew: () => Promise<Served>;
let folder: string;
const kubectls: Partial<Record<'current' | 'older', Found>> = {};
const tookMs: number[] = [];

beforeAll(async () => {
  if (lacks) return;
  folder = mkdtempSync(join(tmpdir(), 'slipway-kubectl-'));
  const { key, cert } = await certificateFor([], folder);
  serveAnew = () => serve(simulate(smallWorld(CLUSTER)), { tls: { key, cert } });
  const machine = thisMachine(() => {});
  kubectls.current = await currentKubectl(machine, CACHE);
  kubectls.older = await olderKubectl(machine, CACHE);
  for (const [name, object] of Object.entries({ one: ONE, other: OTHER, bad: { ...ONE, spec: { bogus: 1 } } }))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(object));
  const generated = {
    ...ONE,
    metadata: { generateName: 'sample-many-', namespace: NAMESPACE, labels: { app: 'many' } },
  };
  writeFileSync(join(folder, 'many.json'), JSON.stringify(generated));
}, TIMEOUT_MS);

afterAll(async () => {
  if (folder) rmSync(folder, { recursive: true, force: true });
  const sorted = tookMs.toSorted((a, b) => a - b);
  if (sorted.length > 0)
    console.info(
      `kubectl: ${sorted.length} calls, median ${Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)} ms`,
    );
});

/** What kubectl prints, and how it ends; every call has an empty home of its own. */
async function kubectl(
  { url }: Served,
  path: string,
  line: string,
  role = 'admin',
): Promise<{ code: number | null; output: string }> {
  const home = mkdtempSync(join(folder, 'home-'));
  const file = join(home, 'config');
  const cluster = { server: `${url}/konflux`, 'insecure-skip-tls-verify': true };
  const config = {
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'sample' },
    clusters: [{ name: 'sample', cluster }],
    users: [{ name: 'sample', user: { token: `sample-${role}` } }],
    contexts: [{ name: 'sample', context: { cluster: 'sample', user: 'sample', namespace: NAMESPACE } }],
  };
  writeFileSync(file, JSON.stringify(config));
  const env = { PATH: process.env['PATH'], HOME: home, KUBECONFIG: file };
  const startMs = performance.now();
  const script = `cd "$1" && shift && ${line.startsWith('(') ? line : `"$KUBECTL" ${line}`}`;
  const ended = await run('bash', ['-c', script, 'bash', folder], {
    env: { ...env, KUBECTL: resolve(path) },
    capture: true,
    timeoutMs: 60_000,
  });
  tookMs.push(performance.now() - startMs);
  return ended;
}

interface Step {
  line: string;
  says: RegExp;
  code?: number;
  role?: string;
  /** Why kubectl 1.20 does not do that. */
  notOlder?: string;
}

const at = (line: string, says: RegExp, more: Omit<Step, 'line' | 'says'> = {}): Step => ({ line, says, ...more });
const NO_JSONPATH = 'wait knows no jsonpath';
const NO_DRY = 'needs the older OpenAPI in full';
const RUN = 'pipelineruns.tekton.dev';

const STEPS: readonly Step[] = [
  at('version', /Server Version.*v1\.\d+\.\d+\+sample/s),
  at('api-resources', /components +cmp,comp +appstudio\.redhat\.com\/v1alpha1 +true +Component/),
  at('get components', new RegExp(`NAME +AGE +STATUS.*\\n${COMPONENT} `)),
  at('get cmp -o wide', new RegExp(COMPONENT)),
  at(`get component ${COMPONENT} -o jsonpath='{.spec.componentName}'`, new RegExp(`^${COMPONENT}$`)),
  at(`get component ${COMPONENT} -o json`, /"kind": "Component"/),
  at('get components -o custom-columns=N:.metadata.name', new RegExp(`^N\\n${COMPONENT}`)),
  at('get components -o name', new RegExp(`^component.appstudio.redhat.com/${COMPONENT}`)),
  at('get pipelineruns --sort-by=.metadata.creationTimestamp', /Running/),
  at(
    'get components -A',
    /is forbidden: User "sample-admin" cannot list resource "components" in API group "appstudio.redhat.com" at the cluster scope/,
    { code: 1 },
  ),
  at(`describe component ${COMPONENT}`, /Name: +fedora-bootc-45-standard[\s\S]*Component Name:/),
  at('apply -f one.json', /sample-one created/),
  at('apply -f one.json', /sample-one unchanged/),
  at('diff -f other.json', /- {2}application: fedora-bootc-45[\s\S]*\+ {2}application: fedora-bootc-44/, {
    code: 1,
    notOlder: NO_DRY,
  }),
  at('apply -f other.json --dry-run=server', /configured \(server dry run\)/, { notOlder: NO_DRY }),
  at('apply -f other.json --dry-run=client', /configured \(dry run\)/),
  at("get snapshot sample-one -o jsonpath='{.spec.application}'", /^fedora-bootc-45$/),
  at('apply -f other.json', /sample-one configured/),
  at('apply --server-side --force-conflicts -f one.json', /sample-one serverside-applied/),
  at('create -f one.json', /\(AlreadyExists\).*snapshots.appstudio.redhat.com "sample-one" already exists/, {
    code: 1,
  }),
  at('create -f bad.json', /strict decoding error: unknown field "spec.bogus"/, {
    code: 1,
    notOlder: 'asks for no strict decoding',
  }),
  at('create -f many.json', /sample-many-[0-9a-f]{5} created/),
  at('create -f many.json', /sample-many-[0-9a-f]{5} created/),
  at('get snapshots -l app=many -o name | wc -l', /^ *2$/m),
  at('get snapshot sample-one -o json | "$KUBECTL" replace -f -', /sample-one replaced/),
  at('annotate snapshot sample-one sample/note=x', /annotated/),
  at('label snapshot sample-one a=b', /labeled/),
  at('label snapshot sample-one a-', /(un)?labeled/),
  at(`patch snapshot sample-one --type=merge -p '{"spec":{"application":"a"}}'`, /patched/),
  at(`patch snapshot sample-one --type=json -p '[{"op":"replace","path":"/spec/application","value":"b"}]'`, /patched/),
  at(
    `patch snapshot sample-one -p '{"spec":{"application":"c"}}'`,
    /strategic-merge-patch\+json is not supported|UnsupportedMediaType|unknown format/,
    { code: 1 },
  ),
  at(
    `patch component ${COMPONENT} --type=merge -p '{"spec":{"componentName":"x-3.19"}}'`,
    /is invalid: spec.componentName: Invalid value: "x-3.19": spec.componentName in body should match/,
    { code: 1 },
  ),
  at("wait snapshot/sample-one --for=jsonpath='{.spec.application}'=b --timeout=5s", /condition met/, {
    notOlder: NO_JSONPATH,
  }),
  at("wait snapshot/sample-one --for=jsonpath='{.spec.application}'=none --timeout=1s", /timed out/, {
    code: 1,
    notOlder: NO_JSONPATH,
  }),
  at(
    `(sleep 1; "$KUBECTL" patch snapshot sample-one --type=merge -p '{"spec":{"application":"d"}}') & "$KUBECTL" wait snapshot/sample-one --for=jsonpath='{.spec.application}'=d --timeout=20s; wait`,
    /condition met/,
    { notOlder: NO_JSONPATH },
  ),
  at(`wait ${RUN} --all --for=condition=Succeeded --timeout=1s`, /timed out|condition met/, { code: 1 }),
  at('get snapshots sample-one -w --request-timeout=2s', /sample-one/, { notOlder: 'ends a watch otherwise' }),
  at(
    '(sleep 1; "$KUBECTL" delete snapshot sample-one) & "$KUBECTL" wait snapshot/sample-one --for=delete --timeout=20s; wait',
    /condition met/,
  ),
  at('get snapshot sample-one', /\(NotFound\): snapshots.appstudio.redhat.com "sample-one" not found/, { code: 1 }),
  at('delete snapshot -l app=many', /sample-many-[\s\S]*deleted[\s\S]*sample-many-/),
  at('auth can-i get components', /^yes/, { role: 'viewer' }),
  at('auth can-i patch components', /^no/, { role: 'viewer', code: 1 }),
  at('auth can-i get pods --subresource=log', /^yes/, { role: 'viewer' }),
  at('auth can-i get secrets', /^no/, { role: 'viewer', code: 1 }),
  at('auth whoami', /sample-viewer/, { role: 'viewer', notOlder: 'has no whoami' }),
  at(`annotate component ${COMPONENT} a=b`, /is forbidden: User "sample-viewer" cannot patch resource "components"/, {
    role: 'viewer',
    code: 1,
  }),
  at('get events', /events is forbidden: User "sample-admin" cannot list resource "events"/, { code: 1 }),
  at('get components -n elsewhere', /is forbidden/, { code: 1 }),
  at('get components', /You must be logged in to the server/, { role: 'nobody', code: 1 }),
  at('get things', /doesn't have a resource type "things"/, { code: 1 }),
  at('create secret generic sample-s --from-literal=a=b', /secret\/sample-s created/),
  at("get secret sample-s -o jsonpath='{.data.a}' | base64 -d", /^b$/),
  at('create serviceaccount konflux-bot-1', /created/),
  at('create token konflux-bot-1 --duration=1h', /^sample-token-of-konflux-bot-1/, { notOlder: 'makes no tokens' }),
  at(`patch serviceaccount konflux-bot-1 -p '{"imagePullSecrets":[{"name":"sample-s"}]}'`, /patched/),
  at("get sa konflux-bot-1 -o jsonpath='{.imagePullSecrets[0].name}'", /^sample-s$/),
  at(
    'create rolebinding sample-r --clusterrole=konflux-viewer-bot-actions --serviceaccount=bootc-tenant:konflux-bot-1',
    /created/,
  ),
  at("get rolebinding sample-r -o jsonpath='{.subjects[0].name}'", /^konflux-bot-1$/),
  at('delete rolebinding/sample-r serviceaccount/konflux-bot-1 secret/sample-s', /"sample-s" deleted/),
  at('explain snapshot.spec.components', /containerImage/, { notOlder: NO_DRY }),
  at(
    `logs "$("$KUBECTL" get taskruns -o jsonpath='{.items[?(@.status.conditions[0].reason=="Failed")].status.podName}')" -c step-build --tail=1`,
    /sample: killed/,
  ),
];

for (const which of ['current', 'older'] as const)
  realTest(
    `${which === 'current' ? 'kubectl of today' : 'kubectl 1.20'} does at the pretend cluster what runbooks ask of it`,
    async () => {
      const found = kubectls[which];
      if (!found || 'why' in found) throw new Error(found?.why ?? 'kubectl was not looked for');
      const served = await serveAnew();
      for (const { line, says, code = 0, role, notOlder } of STEPS) {
        if (which === 'older' && notOlder !== undefined) continue;
        const ended = await kubectl(served, found.path, line, role);
        expect.soft({ line, output: ended.output }).toEqual({ line, output: expect.stringMatching(says) });
        expect.soft([line, ended.code === 0 ? 0 : 1]).toEqual([line, code]);
      }
      await served.close();
    },
    TIMEOUT_MS,
    lacks,
  );
