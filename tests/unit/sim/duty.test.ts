import { expect, test } from 'vitest';
import { readWorld } from '#host/world.ts';
import { simulate } from '#sim/index.ts';
import { KONFLUX, KUBEARCHIVE } from '#sim/place.ts';
import { expand } from '#status/targets.ts';

/** Every situation that the head of content/worlds/duty.yaml names is there, asked for as a reader would. */

const world = await readWorld('content/worlds/duty.yaml');
const handler = simulate(world);
const BOOTC = 'bootc-tenant';
const COREOS = 'coreos-tenant';
const ACCEPT = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json';

interface Condition {
  type: string;
  status: string;
  reason: string;
  message: string;
}

interface Thing {
  metadata: {
    name: string;
    creationTimestamp: string;
    labels: Record<string, string>;
    annotations: Record<string, string>;
  };
  spec: Record<string, unknown> & { status?: string };
  status: {
    conditions: Condition[];
    podName?: string;
    steps?: { name: string; terminated: { exitCode: number; reason: string } }[];
    managedPipelineAttempts?: { status: string }[];
  };
}

async function get(address: string, headers: Record<string, string> = {}): Promise<Response> {
  return handler(new Request(address, { headers }));
}

async function list(host: string, namespace: string, plural: string, labels: string): Promise<Thing[]> {
  const group = plural.endsWith('runs') ? 'tekton.dev/v1' : 'appstudio.redhat.com/v1alpha1';
  const address = `https://${host}/apis/${group}/namespaces/${namespace}/${plural}?limit=500&labelSelector=${encodeURIComponent(labels)}`;
  const answer = await get(address, { authorization: 'Bearer sample' });
  const { items }: { items: Thing[] } = await answer.json();
  return items;
}

const of = (component: string): string => `appstudio.openshift.io/component=${component}`;
const conditionOf = (thing: Thing | undefined): Condition | undefined => thing?.status.conditions[0];

/** Runs of a component that the cluster knows, the newest first. */
const runsOf = (component: string, namespace = BOOTC, host = KONFLUX): Promise<Thing[]> =>
  list(host, namespace, 'pipelineruns', `${of(component)},pipelines.appstudio.openshift.io/type=build`);

/** What the step that failed in the newest run has printed, and how it ended. */
async function failureOf(component: string, namespace = BOOTC, host = KONFLUX) {
  const [run] = await runsOf(component, namespace, host);
  const tasks = await list(host, namespace, 'taskruns', `tekton.dev/pipelineRun=${run?.metadata.name}`);
  const bad = tasks.filter((one) => conditionOf(one)?.reason === 'Failed');
  const [first] = bad;
  const address = `https://${host}/api/v1/namespaces/${namespace}/pods/${first?.status.podName}/log`;
  const log = await (await get(address, { authorization: 'Bearer sample' })).text();
  const step = first?.status.steps?.at(-1);
  return {
    ...{ log, reason: conditionOf(run)?.reason, task: first?.metadata.labels['tekton.dev/pipelineTask'] },
    ...{ platforms: bad.map((one) => one.metadata.labels['build.appstudio.redhat.com/target-platform'] ?? '') },
    ...{ step: step?.name, exit: step?.terminated.exitCode, why: step?.terminated.reason },
  };
}

test('the world is quick to begin', () => {
  const began = performance.now();
  simulate(world);
  expect(performance.now() - began).toBeLessThan(300);
});

test.each([
  ['fedora-bootc-45-minimal', BOOTC, { task: 'build-images', step: 'build' }, 's390x only'],
  ['fedora-bootc-45-minimal-plus', BOOTC, { step: 'sbom-syft-generate', why: 'OOMKilled', exit: 137 }, 'Killed'],
  [
    'fedora-bootc-44-minimal',
    BOOTC,
    { step: 'build' },
    'Error allocating host: timed out waiting for instance address',
  ],
  ['fedora-bootc-43-minimal-plus', BOOTC, { task: 'clone-repository' }, 'No space left on device'],
  ['fedora-bootc-43-minimal', BOOTC, { step: 'push' }, 'UNAUTHORIZED: access to the requested resource'],
  ['fedora-coreos-stable', COREOS, { why: 'OOMKilled' }, 'hermeto fetch-deps command failed: signal: killed'],
  ['fedora-coreos-next', COREOS, { task: 'prefetch-dependencies' }, '404 Not Found'],
])('the build of %s failed, and its log says why', async (component, namespace, how, text) => {
  const { log, ...failure } = await failureOf(component, namespace);
  expect(failure).toMatchObject({ reason: 'Failed', ...how });
  expect(log).toContain(text);
});

test('the build that failed on one arch failed on no other', async () => {
  expect((await failureOf('fedora-bootc-45-minimal')).platforms).toEqual([expect.stringContaining('s390x')]);
});

test.each([
  ['fedora-bootc-rawhide-minimal-plus', 'PipelineRunTimeout', 'failed to finish within "2h0m0s"'],
  ['fedora-bootc-rawhide-compose', 'PipelineRunPending', 'sample'],
  ['fedora-bootc-45-compose', 'Running', 'sample'],
  ['fedora-bootc-44-standard', 'Succeeded', 'Completed'],
])('the newest run of %s is %s', async (component, reason, message) => {
  const condition = conditionOf((await runsOf(component))[0]);
  expect(condition).toMatchObject({ reason, message: expect.stringContaining(message) });
});

test('a run has gone on for hours, and one is pruned: only the archive knows it', async () => {
  const [running] = await runsOf('fedora-bootc-45-compose');
  expect(Date.parse(world.now) - Date.parse(running?.metadata.creationTimestamp ?? '')).toBeGreaterThan(4 * 3_600_000);
  expect(await runsOf('fedora-bootc-44-compose')).toEqual([]);
  const pruned = await failureOf('fedora-bootc-44-compose', BOOTC, KUBEARCHIVE);
  expect(pruned).toMatchObject({ reason: 'Failed', log: expect.stringContaining('the compose has no metadata') });
});

test('a merge request has a run that failed, and the branch has none', async () => {
  const runs = await runsOf('fedora-bootc-rawhide-minimal');
  expect(runs.map(({ metadata }) => metadata.labels['pipelinesascode.tekton.dev/pull-request'])).toEqual(['83']);
});

test('Chains noted that it could not sign one run, and signed the others', async () => {
  const signed = async (component: string) =>
    (await runsOf(component))[0]?.metadata.annotations['chains.tekton.dev/signed'];
  expect(await signed('fedora-bootc-eln-standard')).toBe('failed');
  expect(await signed('fedora-bootc-44-standard')).toBe('true');
});

test.each([
  ['fedora-bootc-rawhide-standard', BOOTC, 'Required task "rpms-signature-scan" is missing'],
  ['fedora-coreos-testing-devel', COREOS, 'Signing key "unsigned" is not one of the allowed keys'],
  ['fedora-coreos-rawhide', COREOS, 'is from a disallowed registry'],
  ['fedora-coreos-next-devel', COREOS, 'RPM repo id check failed'],
])('Conforma objects to %s in the test and in the Release', async (component, namespace, text) => {
  // Listed by name, which ends with the date.
  const snapshot = (await list(KONFLUX, namespace, 'snapshots', of(component))).at(-1);
  const rows: { scenario: string; status: string; testPipelineRunName: string }[] = JSON.parse(
    snapshot?.metadata.annotations['test.appstudio.openshift.io/status'] ?? '[]',
  );
  const row = rows.find(({ scenario }) => scenario === 'sample-policy');
  expect(row?.status).toBe('TestFail');
  const tasks = await list(KONFLUX, namespace, 'taskruns', `tekton.dev/pipelineRun=${row?.testPipelineRunName}`);
  const address = `https://${KONFLUX}/api/v1/namespaces/${namespace}/pods/${tasks[0]?.status.podName}/log`;
  expect(await (await get(address, { authorization: 'Bearer sample' })).text()).toContain(text);
  const release = (await list(KONFLUX, namespace, 'releases', of(component))).at(-1);
  expect(conditionOf(release)).toMatchObject({ reason: 'Failed', message: expect.stringContaining(text) });
});

test('one Release failed after three attempts, one never came, one goes on', async () => {
  const [failed] = await list(KONFLUX, BOOTC, 'releases', of('fedora-bootc-44-standard'));
  expect(failed?.status.managedPipelineAttempts?.map(({ status }) => status)).toEqual(['Failed', 'Failed', 'Failed']);
  expect(conditionOf(failed)?.message).toContain('push-snapshot');
  expect(await list(KONFLUX, BOOTC, 'releases', of('fedora-bootc-43-standard'))).toEqual([]);
  const [good] = await list(KONFLUX, BOOTC, 'snapshots', of('fedora-bootc-43-standard'));
  expect(conditionOf(good)).toMatchObject({ type: 'AppStudioTestSucceeded', status: 'True' });
  const types = (thing: Thing | undefined) => thing?.status.conditions.map(({ type }) => type);
  expect(types(good)).not.toContain('AutoReleased');
  const [released] = await list(KONFLUX, BOOTC, 'snapshots', of('fedora-bootc-45-standard'));
  expect(types(released)).toContain('AutoReleased');
  const [open] = await list(KONFLUX, BOOTC, 'releases', of('fedora-bootc-44-minimal-plus'));
  expect(conditionOf(open)).toMatchObject({ status: 'False', reason: 'Progressing' });
});

interface Tag {
  name: string;
  manifest_digest: string;
  start_ts: number;
  end_ts?: number;
}

async function tagsOf(repository: string, query = 'onlyActiveTags=true'): Promise<Tag[]> {
  const answer = await get(`https://quay.io/api/v1/repository/${repository}/tag/?limit=100&${query}`);
  const { tags }: { tags: Tag[] } = await answer.json();
  return tags;
}

interface Manifest {
  manifests: { digest: string; platform: { architecture: string } }[];
  config: { digest: string };
  layers: { digest: string; size: number }[];
}

async function manifestOf(repository: string, reference: string, host = 'quay.io') {
  const answer = await get(`https://${host}/v2/${repository}/manifests/${reference}`, { accept: ACCEPT });
  const body: Manifest = await answer.json();
  return { ...body, digest: answer.headers.get('docker-content-digest') ?? '' };
}

const devel = (release: string, variant: string): string => `bootc-devel/fedora-bootc-${release}-${variant}`;

/** Which of `.sig`, `.att` and `.sbom` stand beside the newest image. */
async function besides(repository: string): Promise<string[]> {
  const { digest } = await manifestOf(repository, 'latest');
  const names = (await tagsOf(repository)).map(({ name }) => name);
  return names
    .flatMap((name) => (name.startsWith(digest.replace(':', '-')) ? [name.replace(/^[^.]*/, '')] : []))
    .sort();
}

async function bytesOf(repository: string, digest: string): Promise<Uint8Array> {
  const hop = await get(`https://quay.io/v2/${repository}/blobs/${digest}`);
  return new Uint8Array(await (await get(hop.headers.get('location') ?? '')).arrayBuffer());
}

test('every layer of every image on the board can be pulled', async () => {
  const { targets } = expand(world.watch);
  const quay = targets.filter(({ registry }) => registry === 'https://quay.io');
  expect(quay.length).toBeGreaterThan(20);
  for (const { repository, tag } of quay)
    for (const { digest } of (await manifestOf(repository, tag)).manifests)
      for (const layer of (await manifestOf(repository, digest)).layers)
        expect((await bytesOf(repository, layer.digest)).length, `${repository}:${tag}`).toBe(layer.size);
});

test('one image is trusted, one is not signed, two are signed wrongly', async () => {
  expect(await besides(devel('45', 'standard'))).toEqual(['.att', '.sbom', '.sig']);
  expect(await besides(devel('eln', 'standard'))).toEqual([]);
  const payload = async (release: string) => {
    const repository = devel(release, 'minimal-plus');
    const { digest } = await manifestOf(repository, 'latest');
    const { layers } = await manifestOf(repository, `${digest.replace(':', '-')}.sig`);
    const text = new TextDecoder().decode(await bytesOf(repository, layers[0]?.digest ?? ''));
    return [JSON.parse(text).critical.image['docker-manifest-digest'], digest];
  };
  const [[said, is], [told, of]] = await Promise.all([payload('43'), payload('44')]);
  expect(said).not.toBe(is);
  expect(told).toBe(of);
});

test('an image lacks an arch, one has arches of different age, one is stale, one has ended', async () => {
  const { manifests } = await manifestOf(devel('rawhide', 'minimal'), 'latest');
  expect(manifests.map(({ platform }) => platform.architecture)).toEqual(['amd64', 'arm64', 'ppc64le']);
  const skewed = devel('45', 'minimal-plus');
  const dates = await Promise.all(
    (await manifestOf(skewed, 'latest')).manifests.map(async ({ digest }) => {
      const { config } = await manifestOf(skewed, digest);
      return Date.parse(JSON.parse(new TextDecoder().decode(await bytesOf(skewed, config.digest))).created);
    }),
  );
  expect(Math.max(...dates) - Math.min(...dates)).toBeGreaterThan(4 * 86_400_000);
  const age = async (repository: string, tag: string) =>
    Date.parse(world.now) / 86_400_000 -
    ((await tagsOf(repository, `specificTag=${tag}&onlyActiveTags=true`))[0]?.start_ts ?? 0) / 86_400;
  expect(Math.floor(await age(devel('44', 'minimal'), 'latest'))).toBe(8);
  expect(await age('fedora/fedora-bootc', '42')).toBeGreaterThan(170);
});

test('a tag was moved to the image of another release, and what it was is in its history', async () => {
  const [now, before] = await tagsOf('fedora/fedora-bootc', 'specificTag=44');
  const [other] = await tagsOf('fedora/fedora-bootc', 'specificTag=43');
  expect(now).toMatchObject({ manifest_digest: other?.manifest_digest });
  expect(now?.end_ts).toBeUndefined();
  expect(before).toMatchObject({ end_ts: now?.start_ts });
  expect(before?.manifest_digest).not.toBe(now?.manifest_digest);
  const mirrored = await manifestOf('fedora-bootc', '44', 'registry.fedoraproject.org');
  expect([now?.manifest_digest, before?.manifest_digest]).not.toContain(mirrored.digest);
});

test('production has an older kernel than development', async () => {
  const made = await manifestOf('fedora/fedora-bootc', '45');
  const { layers } = await manifestOf('fedora/fedora-bootc', made.manifests[0]?.digest ?? '');
  const database = await bytesOf('fedora/fedora-bootc', layers.at(-1)?.digest ?? '');
  expect(Buffer.from(database).toString('latin1')).toContain('6.17.7');
  const repository = devel('45', 'standard');
  const { manifests } = await manifestOf(repository, 'latest');
  const sbom = await manifestOf(repository, `${manifests[0]?.digest.replace(':', '-')}.sbom`);
  const text = new TextDecoder().decode(await bytesOf(repository, sbom.layers[0]?.digest ?? ''));
  expect(text).toContain('6.17.8');
  expect(text).not.toContain('6.17.7');
});

async function fileOf(forge: 'gitlab' | 'github', project: string, path: string, branch = 'main'): Promise<string> {
  const address =
    forge === 'gitlab'
      ? `https://gitlab.com/api/v4/projects/${encodeURIComponent(project)}/repository/files/${encodeURIComponent(path)}?ref=${branch}`
      : `https://api.github.com/repos/${project}/contents/${path}?ref=${branch}`;
  const { content }: { content: string } = await (await get(address)).json();
  return Buffer.from(content, 'base64').toString();
}

const BASE = 'fedora/bootc/base-images';

test.each([
  ['45', 'standard', false],
  ['44', 'minimal', false],
  ['rawhide', 'minimal-plus', false],
  ['43', 'standard', true],
])('the pins of %s %s are true digests; newest: %s', async (release, variant, isNewest) => {
  const text = await fileOf('gitlab', BASE, `.tekton/fedora-bootc-${release}-${variant}-push.yaml`);
  const [, compose, digest] = /-compose:(\S+)@(sha256:[0-9a-f]{64})/.exec(text) ?? [];
  expect((await manifestOf(devel(release, 'compose'), compose ?? '')).digest).toBe(digest);
  expect((await manifestOf(devel(release, 'compose'), 'latest')).digest === digest).toBe(isNewest);
  const [, bundle] = /oci-ta@(sha256:[0-9a-f]{64})/.exec(text) ?? [];
  const catalog = 'bootc-devel/tekton-catalog/pipeline-buildah-build-bootc-multi-platform-oci-ta';
  expect((await manifestOf(catalog, bundle ?? '')).digest).toBe(bundle);
  expect((await manifestOf(catalog, 'sample')).digest === bundle).toBe(isNewest);
  expect(text).not.toMatch(/\{(digest|release|variant)/);
});

const TENANT = 'clusters/kflux-fedora-01/tenants/bootc-tenant/applications/fedora-bootc';

test.each([
  ['gitlab', 'fedora/infrastructure/konflux/tenants-config', `${TENANT}/kustomization.yaml`, 'main', '- "42"'],
  [
    'gitlab',
    'fedora/infrastructure/konflux/tenants-config',
    `${TENANT}/rawhide/releaseplans/release-to-quay-io/kustomization.yaml`,
    'main',
    'compose-rawhide-id',
  ],
  ['gitlab', 'fedora/bootc/compose-images', '.tekton/fedora-bootc-45-compose-push.yaml', 'main', 'RELEASEVER=45'],
  ['gitlab', BASE, 'renovate.json', 'main', 'fedora-45-repos-image'],
  ['github', 'coreos/fedora-coreos-config', '.tekton/trigger', 'rawhide', '20261116'],
  ['github', 'coreos/conforma-policy', 'data/rule_data.yml', 'main', 'fedora-bootc-44-standard'],
] as const)('%s has %s: %s', async (forge, project, path, branch, text) => {
  expect(await fileOf(forge, project, path, branch)).toContain(text);
});

test('what was made up says so: every label, log and file', () => {
  const texts = world.files.map(({ path, text }) => [path, text ?? ''] as const);
  const made = texts.filter(([path]) => /\.tekton\/.*\.yaml$/.test(path));
  expect(made.length).toBeGreaterThan(20);
  expect(made.filter(([, text]) => !/sample|Made up/.test(text))).toEqual([]);
});
