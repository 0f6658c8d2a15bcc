import { commitAt } from '#sim/forges/git-history.ts';
import { committed } from '#sim/forges/git-objects.ts';
import type { GitRepository } from '#sim/forges/repositories.ts';
import { simulate } from '#sim/index.ts';
import { smallWorld } from './world.ts';

/** A small world that moves: a project with pipeline files, a cluster that watches it, registries. */

export const MINUTE_MS = 60_000;
export const COMPONENT = 'fedora-bootc-45-standard';
export const PROJECT = 'fedora/bootc/base-images';
const TENANT = 'bootc-tenant';
const COMPOSE = 'quay.io/bootc-devel/fedora-bootc-45-compose:sample';

const REPOSITORIES = `repositories:
  - { repository: konflux-fedora/bootc-tenant/${COMPONENT}, defaults: { pullable: true }, tags: { latest: [-29h, -5h] } }
  - { repository: bootc-devel/${COMPONENT}, defaults: { pullable: true }, tags: { latest: [-28h, -4h] } }
  - { repository: bootc-devel/fedora-bootc-45-compose, tags: { sample: [-50h] } }
`;

/** A PipelineRun as it stands in `.tekton`; `more` goes to the end of its spec. */
export const pipelineFile = (kind: 'push' | 'pull-request', more = '', image = `${COMPOSE}@{digest}`): string => `
apiVersion: tekton.dev/v1
kind: PipelineRun
metadata:
  name: ${COMPONENT}-on-${kind}
  annotations:
    build.appstudio.redhat.com/commit_sha: '{{revision}}'
    pipelinesascode.tekton.dev/cancel-in-progress: "${kind !== 'push'}"
    pipelinesascode.tekton.dev/on-cel-expression: |
      event == "${kind.replace('-', '_')}" && target_branch == "main" &&
        (".tekton/${kind}.yaml".pathChanged() || "standard/***".pathChanged())
  labels:
    appstudio.openshift.io/application: fedora-bootc-45
    appstudio.openshift.io/component: ${COMPONENT}
    pipelines.appstudio.openshift.io/type: build
spec:
  params:
    - { name: git-url, value: '{{source_url}}' }
    - { name: revision, value: '{{revision}}' }
    - { name: build-platforms, value: [linux/amd64, linux/arm64, linux/ppc64le, linux/s390x] }
    - { name: build-args, value: ["REPOS_IMAGE=${image}", MANIFEST=fedora-standard] }
    - { name: output-image, value: 'quay.io/konflux-fedora/bootc-tenant/${COMPONENT}:${kind === 'push' ? '' : 'on-pr-'}{{revision}}' }
${more}`;

const worldText = (builds: string): string => {
  const file = (path: string, text: string) =>
    `  - { forge: gitlab, project: ${PROJECT}, path: ${path}, at: -40h, text: ${JSON.stringify(text)} }\n`;
  return `${REPOSITORIES}
files:
${file('.tekton/push.yaml', pipelineFile('push'))}${file('.tekton/pull-request.yaml', pipelineFile('pull-request'))}
${file('standard.yaml', 'include: standard/manifest.yaml\n')}${file('standard/manifest.yaml', 'packages:\n  - bootc\n')}
${file('README.md', 'sample\n')}
cluster:
  token: sample-token
  components:
    - component: ${COMPONENT}
      application: fedora-bootc-45
      repository: konflux-fedora/bootc-tenant/${COMPONENT}
      tests: { sample-boot: TestPassed }
  rpms: [bootc, systemd, htop]
${builds}`;
};

interface Run {
  metadata: {
    name: string;
    creationTimestamp: string;
    labels: Record<string, string>;
    annotations: Record<string, string>;
  };
  spec: Record<string, unknown>;
  status: {
    startTime?: string;
    completionTime?: string;
    conditions: { status: string; reason: string; message: string }[];
    childReferences: { name: string; pipelineTaskName: string }[];
    results?: { name: string; value: string }[];
    steps?: { name: string; terminated?: { exitCode: number; reason: string }; running?: object }[];
    podName: string;
  };
}

/** `builds` are rows at the end of its cluster. */
export function movingWorld(builds = '') {
  const world = smallWorld(worldText(builds));
  let nowMs = Date.parse(world.now);
  const handler = simulate(world, { now: () => nowMs });

  async function kube(
    path: string,
    method = 'GET',
    body?: object,
    type = 'application/merge-patch+json',
    role = 'admin',
  ) {
    const answer = await handler(
      new Request(`https://x.example/konflux${path}`, {
        method,
        headers: { authorization: `Bearer sample-${role}`, 'content-type': type },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    );
    const text = await answer.text();
    return answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
  }

  async function gitlab(path: string, method = 'GET', body?: object, token: string | null = 'sample-token') {
    const answer = await handler(
      new Request(`https://gitlab.com/api/v4/projects/${encodeURIComponent(PROJECT)}/${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...(token === null ? {} : { 'private-token': token }) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    );
    return { code: answer.status, body: await answer.json() };
  }

  const wire = `https://gitlab.com/-/sample/git/${PROJECT}`;

  /** Commits files to a branch, which begins at main where it is new, and pushes it; gives its lines and the commit. */
  async function push(branch: string, files: Record<string, string>, options: string[] = [], message = 'A change\n') {
    const read: GitRepository & { blobs: Record<string, string> } = await (await handler(new Request(wire))).json();
    const parent = commitAt(read, read.branches[branch] ?? 'main');
    if (!parent) throw new Error('There is no main.');
    const tree = Object.fromEntries(Object.entries(parent.tree).map(([path, id]) => [path, read.blobs[id] ?? '']));
    const author = { name: 'a', email: 'a@example.org', atS: Math.floor(nowMs / 1_000) };
    const commit = await committed({ parents: [parent.id], tree: { ...tree, ...files }, author, message });
    const body = JSON.stringify({ commits: [commit], updates: [{ branch, after: commit.id }], options });
    const answer = await handler(new Request(wire, { method: 'POST', body }));
    if (answer.status !== 200) throw new Error(await answer.text());
    const { lines }: { lines: string[] } = await answer.json();
    return { lines, commit: commit.id };
  }

  const tekton = `/apis/tekton.dev/v1/namespaces/${TENANT}`;
  const studio = `/apis/appstudio.redhat.com/v1alpha1/namespaces/${TENANT}`;
  return {
    ...{ kube, gitlab, push },
    pass: (minutes: number) => {
      nowMs += minutes * MINUTE_MS;
    },
    /** Builds that did not come with the world, the newest first. */
    builds: async (): Promise<Run[]> => {
      const selector = 'pipelines.appstudio.openshift.io/type=build,pipelinesascode.tekton.dev/original-prname';
      const { items }: { items: Run[] } = await kube(`${tekton}/pipelineruns?labelSelector=${selector}`);
      return items.toSorted((a, b) => (a.metadata.creationTimestamp < b.metadata.creationTimestamp ? 1 : -1));
    },
    tasks: async (run: string): Promise<Run[]> =>
      (await kube(`${tekton}/taskruns?labelSelector=tekton.dev/pipelineRun=${run}`)).items,
    log: (pod: string): Promise<string> => kube(`/api/v1/namespaces/${TENANT}/pods/${pod}/log`),
    cancel: (run: string) =>
      kube(`${tekton}/pipelineruns/${run}`, 'PATCH', { spec: { status: 'CancelledRunFinally' } }),
    trigger: () =>
      kube(`${studio}/components/${COMPONENT}`, 'PATCH', {
        metadata: { annotations: { 'build.appstudio.openshift.io/request': 'trigger-pac-build' } },
      }),
    studio: async (kind: string) => (await kube(`${studio}/${kind}`)).items,
    /** Tags of a repository with their digests' index; null where the tag is not there. */
    image: async (repository: string, reference: string) => {
      const accept = 'application/vnd.oci.image.index.v1+json,application/vnd.oci.image.manifest.v1+json';
      const answer = await handler(
        new Request(`https://quay.io/v2/${repository}/manifests/${reference}`, { headers: { accept } }),
      );
      if (answer.status !== 200) return null;
      return { digest: answer.headers.get('docker-content-digest'), body: await answer.json() };
    },
  };
}

export const reasonOf = (run: Run | undefined): string | undefined => run?.status.conditions[0]?.reason;
export const messageOf = (run: Run | undefined): string | undefined => run?.status.conditions[0]?.message;
