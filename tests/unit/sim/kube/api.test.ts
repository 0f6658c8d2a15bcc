import { expect, test } from 'vitest';
import { COMPONENT, core, NAMESPACE, pretendCluster, snapshot, studio } from '../../../support/kube.ts';

const MERGE = 'application/merge-patch+json';
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
const one = studio(`components/${COMPONENT}`);

test('says which groups, versions and kinds there are, in the new form and the older one', async () => {
  const { ask, raw } = pretendCluster();
  const form = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
  const { body } = await ask('/apis', { accept: form });
  const group = body.items.find(
    ({ metadata }: { metadata: { name: string } }) => metadata.name === 'appstudio.redhat.com',
  );
  const { resources } = group.versions.find(({ version }: { version: string }) => version === 'v1alpha1');
  expect(resources.map(({ resource }: { resource: string }) => resource)).toContain('components');
  expect((await raw('/apis', { accept: form })).headers.get('content-type')).toBe(form);
  const older = await ask('/apis');
  expect(older.body.groups.map(({ name }: { name: string }) => name)).toContain('tekton.dev');
  const list = await ask('/api/v1');
  expect(list.body.resources.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(['pods', 'pods/log', 'serviceaccounts/token', 'secrets']),
  );
  expect((await ask('/version')).body.gitVersion).toContain('sample');
});

test('tells the schemas of a group, and the older form to old clients only', async () => {
  const { ask, raw } = pretendCluster();
  const { body: index } = await ask('/openapi/v3');
  const { serverRelativeURL } = index.paths['apis/appstudio.redhat.com/v1alpha1'];
  const { body } = await ask(serverRelativeURL);
  const { spec } = body.components.schemas['com.redhat.appstudio.v1alpha1.Component'].properties;
  expect(Object.keys(spec.properties)).toContain('componentName');
  expect((await raw('/openapi/v2')).status).toBe(404);
  const old = await raw('/openapi/v2', { accept: 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf' });
  expect(new Uint8Array(await old.arrayBuffer())).toEqual(new Uint8Array([10, 3, 50, 46, 48]));
});

test('a table has the columns of the kind, and ages at the clock of the world', async () => {
  const { ask } = pretendCluster();
  const { body } = await ask('/apis/tekton.dev/v1/namespaces/bootc-tenant/pipelineruns', { accept: TABLE });
  expect(body.kind).toBe('Table');
  expect(body.columnDefinitions.map(({ name }: { name: string }) => name)).toEqual([
    ...['Name', 'Succeeded', 'Reason', 'StartTime', 'CompletionTime'],
  ]);
  expect(body.rows[0].cells).toEqual([expect.stringContaining(COMPONENT), 'Unknown', 'Running', '5m', '<unknown>']);
  expect(body.rows[0].object.kind).toBe('PartialObjectMetadata');
});

test.each([
  ['no token', one, { role: null }, 401, 'Unauthorized'],
  ['a token that nobody has', one, { role: 'nobody' }, 401, 'Unauthorized'],
  ['what is not there', studio('components/none'), {}, 404, 'components.appstudio.redhat.com "none" not found'],
  ['a kind that is not served', studio('things'), {}, 404, 'the server could not find the requested resource'],
  ['what is not pretended', '/metrics', {}, 501, 'The simulator does not serve /metrics. See src/sim/kube.'],
  [
    'a subresource that is not pretended',
    core('pods/x/exec'),
    { role: 'token' },
    501,
    'The simulator does not serve pods/exec. See src/sim/kube.',
  ],
  [
    'a field that cannot be selected by',
    studio('components?fieldSelector=spec.application=x'),
    {},
    400,
    'field label not supported: spec.application',
  ],
  ['a page of nonsense', studio('components?limit=x'), {}, 400, 'limit "x" is not a number from 1 to 500'],
])('refuses %s in the words of Kubernetes', async (_, path, asked, code, message) => {
  const answer = await pretendCluster().ask(path, asked);
  expect([answer.code, answer.body.message]).toEqual([code, message]);
  expect(answer.body).toMatchObject({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code });
});

test.each([
  ['PATCH', one, 'viewer', 'patch', 'components', ` "${COMPONENT}"`],
  ['DELETE', one, 'maintainer', 'delete', 'components', ` "${COMPONENT}"`],
  ['POST', studio('snapshots'), 'contributor', 'create', 'snapshots', ''],
])('%s of %s is not for a %s', async (method, path, role, verb, plural, named) => {
  const { code, body } = await pretendCluster().ask(path, { method, role, body: {}, type: MERGE });
  expect([code, body.reason]).toEqual([403, 'Forbidden']);
  expect(body.message).toBe(
    `${plural}.appstudio.redhat.com${named} is forbidden: User "sample-${role}" cannot ${verb} resource "${plural}" in API group "appstudio.redhat.com" in the namespace "${NAMESPACE}"`,
  );
});

test('events are for nobody', async () => {
  for (const role of ['admin', 'token'])
    expect((await pretendCluster().ask(core('events'), { role })).body.message).toContain(
      'cannot list resource "events" in API group "" in the namespace',
    );
});

test('an object is created with what the server adds, found again, changed and deleted', async () => {
  const { ask } = pretendCluster();
  const made = await ask(studio('snapshots'), { method: 'POST', body: snapshot('sample-one') });
  expect(made.code).toBe(201);
  const { metadata } = made.body;
  expect(metadata).toMatchObject({ namespace: NAMESPACE, generation: 1, creationTimestamp: '2026-11-20T14:07:00Z' });
  expect(metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
  const path = studio('snapshots/sample-one');
  expect((await ask(path)).body).toMatchObject({ metadata: { uid: metadata.uid }, spec: made.body.spec });
  const uids = (await ask(studio('snapshots'))).body.items.map(
    (one: { metadata: { uid: string } }) => one.metadata.uid,
  );
  expect(uids).toContain(metadata.uid);
  const labelled = await ask(path, { method: 'PATCH', type: MERGE, body: { metadata: { labels: { a: 'b' } } } });
  expect(labelled.body.metadata).toMatchObject({ labels: { a: 'b' }, generation: 1, uid: metadata.uid });
  expect(Number(labelled.body.metadata.resourceVersion)).toBeGreaterThan(Number(metadata.resourceVersion));
  const changed = await ask(path, { method: 'PATCH', type: MERGE, body: { spec: { application: 'other' } } });
  expect(changed.body.metadata.generation).toBe(2);
  expect((await ask(studio('snapshots?labelSelector=a%3Db'))).body.items).toMatchObject([
    { metadata: { name: 'sample-one' }, spec: changed.body.spec },
  ]);
  const gone = await ask(path, { method: 'DELETE' });
  expect(gone.body).toMatchObject({ status: 'Success', details: { name: 'sample-one', kind: 'snapshots' } });
  expect((await ask(path)).code).toBe(404);
});

test('what the world gives is changed and deleted like everything else, and two worlds do not share it', async () => {
  const { ask } = pretendCluster();
  const patch = { metadata: { annotations: { 'sample/note': 'x' } } };
  expect((await ask(one, { method: 'PATCH', type: MERGE, body: patch })).code).toBe(200);
  expect((await ask(one)).body.metadata.annotations).toMatchObject({ 'sample/note': 'x' });
  expect((await ask(one, { method: 'DELETE' })).code).toBe(200);
  expect((await ask(one)).code).toBe(404);
  expect((await ask(studio('components'))).body.items).toEqual([]);
  expect((await pretendCluster().ask(one)).code).toBe(200);
});

test('a run that was annotated still ends when the world says so', async () => {
  const { ask, pass } = pretendCluster();
  const runs = `/apis/tekton.dev/v1/namespaces/${NAMESPACE}/pipelineruns`;
  pass(-28 * 60_000);
  const { body } = await ask(runs);
  const { name } = body.items[0].metadata;
  const reason = async () => (await ask(`${runs}/${name}`)).body.status.conditions[0].reason;
  await ask(`${runs}/${name}`, { method: 'PATCH', type: MERGE, body: { metadata: { labels: { a: 'b' } } } });
  expect(await reason()).toBe('Running');
  pass(20 * 60_000);
  expect(await reason()).toBe('Failed');
});

test.each([
  [
    'an object that is there',
    'POST',
    studio('components'),
    {
      metadata: { name: COMPONENT },
      spec: { componentName: COMPONENT, application: 'a', source: { git: { url: 'https://gitlab.com/sample' } } },
    },
    409,
    `components.appstudio.redhat.com "${COMPONENT}" already exists`,
  ],
  [
    'another version than the one that is stored',
    'PUT',
    studio(`components/${COMPONENT}`),
    { metadata: { name: COMPONENT, resourceVersion: '1' } },
    409,
    `Operation cannot be fulfilled on components.appstudio.redhat.com "${COMPONENT}": the object has been modified; please apply your changes to the latest version and try again`,
  ],
  [
    'no version',
    'PUT',
    studio(`components/${COMPONENT}`),
    { metadata: { name: COMPONENT } },
    422,
    `Component.appstudio.redhat.com "${COMPONENT}" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update`,
  ],
  [
    'another kind',
    'POST',
    studio('components'),
    { kind: 'Snapshot', metadata: { name: 'x' } },
    400,
    'the kind in the data (Snapshot) does not match the expected kind (Component)',
  ],
  [
    'another namespace',
    'POST',
    studio('components'),
    { metadata: { name: 'x', namespace: 'y' } },
    400,
    'the namespace of the provided object does not match the namespace sent on the request',
  ],
  [
    'a label that is no text',
    'POST',
    studio('snapshots'),
    snapshot('x', { metadata: { name: 'x', labels: { a: true } } }),
    400,
    'Snapshot in version "v1alpha1" cannot be handled as a Snapshot: json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type string',
  ],
  [
    'no name',
    'POST',
    studio('snapshots'),
    snapshot('', { metadata: {} }),
    422,
    'Snapshot.appstudio.redhat.com "" is invalid: metadata.name: Required value: name or generateName is required',
  ],
  ['no object', 'POST', studio('snapshots'), '[]', 400, 'the body is no object'],
  [
    'a harmful body',
    'POST',
    studio('snapshots'),
    '{"__proto__":{}}',
    400,
    'the body is not taken: a field is called __proto__',
  ],
  [
    'a body without a bottom',
    'POST',
    studio('snapshots'),
    `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`,
    400,
    'the body is not taken: nested deeper than 100',
  ],
  [
    'a dry run of another sort',
    'POST',
    studio('snapshots?dryRun=Some'),
    snapshot('x'),
    400,
    'dryRun: Unsupported value: "Some": supported values: "All"',
  ],
])('a write with %s is refused', async (_, method, path, body, code, message) => {
  const answer = await pretendCluster().ask(path, { method, body });
  expect([answer.code, answer.body.message]).toEqual([code, message]);
});

test('a dry run answers as the write would, and writes nothing', async () => {
  const { ask } = pretendCluster();
  expect((await ask(studio('snapshots?dryRun=All'), { method: 'POST', body: snapshot('sample-dry') })).code).toBe(201);
  expect((await ask(studio('snapshots/sample-dry'))).code).toBe(404);
  expect((await ask(`${one}?dryRun=All`, { method: 'DELETE' })).code).toBe(200);
  expect((await ask(one)).code).toBe(200);
});

test('a name is made of the one that is given, another each time and the same in each world', async () => {
  const names = async () => {
    const { ask } = pretendCluster();
    const body = snapshot('', { metadata: { generateName: 'sample-' } });
    const made = [
      await ask(studio('snapshots'), { method: 'POST', body }),
      await ask(studio('snapshots'), { method: 'POST', body }),
    ];
    return made.map((answer) => answer.body.metadata.name);
  };
  const [first, second] = await names();
  expect(first).toMatch(/^sample-[0-9a-f]{5}$/);
  expect(second).not.toBe(first);
  expect(await names()).toEqual([first, second]);
});

test('a status is kept apart: the object does not write it, and it does not write the object', async () => {
  const { ask } = pretendCluster();
  await ask(studio('snapshots'), { method: 'POST', body: snapshot('sample-one', { status: { parentSnapshots: {} } }) });
  const path = studio('snapshots/sample-one');
  expect((await ask(path)).body.status?.parentSnapshots).toBeUndefined();
  const condition = {
    type: 'Sample',
    status: 'True',
    reason: 'Sample',
    message: 'sample',
    lastTransitionTime: '2026-11-20T14:07:00Z',
  };
  const body = { spec: { application: 'other' }, status: { conditions: [condition] } };
  const answer = await ask(`${path}/status`, { method: 'PATCH', type: MERGE, body, role: 'admin' });
  expect(answer.code).toBe(403);
});

test('a collection is deleted as far as its labels say', async () => {
  const { ask } = pretendCluster();
  for (const [name, a] of [
    ['sample-a', 'x'],
    ['sample-b', 'y'],
  ])
    await ask(core('configmaps'), { method: 'POST', body: { metadata: { name, labels: { a } } } });
  const answer = await ask(core('configmaps?labelSelector=a%3Dx'), { method: 'DELETE' });
  expect(answer.code).toBe(403);
  for (const name of ['sample-a', 'sample-b']) expect((await ask(core(`configmaps/${name}`))).code).toBe(200);
});

test('a secret takes texts and keeps them in base64; a service account gets a token that says sample', async () => {
  const { ask } = pretendCluster();
  const body = { metadata: { name: 'sample-s' }, stringData: { a: 'ä' }, type: 'Opaque' };
  expect((await ask(core('secrets'), { method: 'POST', body })).body.data).toEqual({ a: 'w6Q=' });
  await ask(core('serviceaccounts'), { method: 'POST', body: { metadata: { name: 'konflux-bot-1' } } });
  const path = core('serviceaccounts/konflux-bot-1/token');
  const { code, body: made } = await ask(path, { method: 'POST', body: { spec: { expirationSeconds: 3_600 } } });
  expect([code, made.status.expirationTimestamp]).toEqual([201, '2026-11-20T15:07:00Z']);
  expect(made.status.token).toContain('sample-token-of-konflux-bot-1');
  expect((await ask(path, { method: 'POST', body: {}, role: 'maintainer' })).code).toBe(403);
  expect((await ask(core('serviceaccounts/none/token'), { method: 'POST', body: {} })).code).toBe(404);
});

test('what a step has printed is read from its pod, or the end of it', async () => {
  const { ask, raw } = pretendCluster();
  const { body } = await ask(`/apis/tekton.dev/v1/namespaces/${NAMESPACE}/taskruns`);
  const pods = body.items.map(({ status }: { status: { podName: string } }) => status.podName);
  const logs = await Promise.all(
    pods.map(async (pod: string) => (await raw(core(`pods/${pod}/log?tailLines=1`))).text()),
  );
  expect(logs).toContain('sample: killed\n');
  expect((await raw(core('pods/none/log'))).status).toBe(404);
});

test('says who asks and what he may do', async () => {
  const { ask } = pretendCluster();
  const review = async (role: string, verb: string, resource: string, group = 'appstudio.redhat.com') => {
    const body = { spec: { resourceAttributes: { namespace: NAMESPACE, verb, resource, group } } };
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    return (await ask(path, { method: 'POST', role, body })).body.status.allowed;
  };
  expect(await review('viewer', 'get', 'components')).toBe(true);
  expect(await review('viewer', 'patch', 'components')).toBe(false);
  expect(await review('viewer', 'get', 'secrets', '')).toBe(false);
  expect(await review('admin', 'get', 'secrets', '')).toBe(true);
  const { body } = await ask('/apis/authentication.k8s.io/v1/selfsubjectreviews', {
    method: 'POST',
    role: 'viewer',
    body: {},
  });
  expect(body.status.userInfo.username).toBe('sample-viewer');
});
