import { expect, test } from 'vitest';
import { readWorld } from '#host/world.ts';
import { DIFFERENCES } from '#sim/differences.ts';
import { simulate } from '#sim/index.ts';
import { KINDS } from '#sim/kube/kinds/index.ts';
import { faultsOf } from '#sim/kube/schema.ts';
import { KONFLUX } from '#sim/place.ts';
import { movingWorld, pipelineFile, reasonOf } from '../../support/moving.ts';

const world = await readWorld('content/worlds/duty.yaml');
const CLUSTER = `https://${KONFLUX}:6443`;
const MAPS = `${CLUSTER}/api/v1/namespaces/bootc-tenant/configmaps`;

function services() {
  const handler = simulate(world);
  return async (url: string, init: RequestInit = {}, token = 'sample-admin') => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers };
    return handler(new Request(url, { ...init, headers }));
  };
}
const map = (metadata: object, data = {}) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'bootc-tenant', ...metadata }, data });

/** What each row of the page says is so. */
const HELD: Readonly<Record<string, () => Promise<void>>> = {
  'Rules in CEL': async () => {
    const [some] = KINDS;
    if (!some) throw new Error('There is no kind.');
    const schema = { type: 'object', 'x-kubernetes-validations': [{ rule: 'false' }], required: ['spec'] };
    const faults = (object: Record<string, unknown>) => faultsOf({ ...some, schema }, object);
    expect(faults({ spec: {} })).toEqual([]);
    expect(faults({})).toHaveLength(1);
  },
  'Finalizers and owners': async () => {
    const ask = services();
    const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: '0' };
    await ask(MAPS, { method: 'POST', body: map({ name: 'owner', finalizers: ['example.org/wait'] }) });
    await ask(MAPS, { method: 'POST', body: map({ name: 'owned', ownerReferences: [owner] }) });
    expect((await ask(`${MAPS}/owner`, { method: 'DELETE' })).status).toBe(200);
    expect((await ask(`${MAPS}/owner`)).status).toBe(404);
    expect((await ask(`${MAPS}/owned`)).status).toBe(200);
  },
  'Conflicts of kubectl apply --server-side': async () => {
    const ask = services();
    for (const [manager, value] of [
      ['one', 'a'],
      ['two', 'b'],
    ] as const) {
      const answer = await ask(`${MAPS}/shared?fieldManager=${manager}`, {
        ...{ method: 'PATCH', body: map({ name: 'shared' }, { key: value }) },
        headers: { 'content-type': 'application/apply-patch+yaml' },
      });
      expect(answer.ok).toBe(true);
    }
    expect(await (await ask(`${MAPS}/shared`)).json()).toMatchObject({ data: { key: 'b' } });
  },
  Containers: async () => {
    const ask = services();
    const { items } = await (await ask(`${CLUSTER}/api/v1/namespaces/bootc-tenant/pods`)).json();
    const exec = `${CLUSTER}/api/v1/namespaces/bootc-tenant/pods/${items[0].metadata.name}/exec?command=ls`;
    expect((await ask(exec, { method: 'POST' })).ok).toBe(false);
  },
  'Users and their rights': async () => {
    const ask = services();
    const list = `${CLUSTER}/apis/tekton.dev/v1/namespaces/bootc-tenant/pipelineruns`;
    for (const role of ['viewer', 'contributor', 'maintainer', 'admin'])
      expect((await ask(list, {}, `sample-${role}`)).status).toBe(200);
    expect((await ask(list, {}, 'sample-managed')).status).not.toBe(401);
    expect((await ask(list, {}, 'sample-nobody')).status).toBe(401);
  },
  'How a build ends': async () => {
    const moving = movingWorld();
    await moving.push('main', { 'standard/manifest.yaml': 'packages: [bootc]\n', Containerfile: 'nonsense\n' });
    moving.pass(15);
    expect((await moving.builds()).map(reasonOf)).toEqual(['Succeeded']);
  },
  'Conditions of Pipelines as Code': async () => {
    const moving = movingWorld();
    const file = pipelineFile('push', '', 'sample').replace('event ==', 'body.x ==');
    const { commit } = await moving.push('main', { '.tekton/push.yaml': file });
    expect(await moving.builds()).toEqual([]);
    const { body } = await moving.gitlab(`repository/commits/${commit}/statuses`);
    expect(body[0].description).toContain('cannot be read here');
  },
  'Merge requests': async () => {
    const moving = movingWorld();
    await moving.push('sample', { 'README.md': 'other\n' }, ['merge_request.create']);
    await moving.gitlab('merge_requests/1/notes', 'POST', { body: '/ok-to-test' });
    expect(await moving.builds()).toEqual([]);
    expect((await moving.gitlab('merge_requests/1/merge', 'PUT')).body.state).toBe('merged');
  },
  Signatures: async () => {
    expect(JSON.stringify(world)).toContain('signature');
  },
  Limits: async () => {
    const ask = services();
    for (let n = 0; n < 100; n++)
      expect((await ask('https://quay.io/api/v1/repository/bootc-devel/fedora-bootc-45-standard/tag/')).status).toBe(
        200,
      );
  },
  'Other services': async () => {
    const answer = await services()('https://quay.io/api/v1/no-such-thing');
    expect([answer.status, await answer.text()]).toEqual([501, expect.stringContaining('does not know')]);
  },
};

test.each(DIFFERENCES)('$what: $instead', async ({ what }) => {
  const held = HELD[what];
  if (!held) throw new Error(`Nothing holds "${what}" to what is said of it.`);
  await held();
});
