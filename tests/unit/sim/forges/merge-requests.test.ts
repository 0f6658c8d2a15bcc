import { expect, test } from 'vitest';
import { movingWorld } from '../../../support/moving.ts';

const MANIFEST = { 'standard/manifest.yaml': 'packages:\n  - htop\n' };
const WANTED = { title: 'A change', source_branch: 'sample', target_branch: 'main' };

async function opened() {
  const world = movingWorld();
  await world.push('sample', MANIFEST);
  const made = await world.gitlab('merge_requests', 'POST', WANTED);
  return { world, made };
}

test('a merge request is opened, found and read', async () => {
  const { world, made } = await opened();
  expect(made).toMatchObject({ code: 201, body: { iid: 1, state: 'opened', ...WANTED } });
  const found = await world.gitlab('merge_requests?state=opened&source_branch=sample');
  expect(found.body.map(({ iid }: { iid: number }) => iid)).toEqual([1]);
  expect((await world.gitlab('merge_requests?state=merged')).body).toEqual([]);
  expect((await world.gitlab('merge_requests/1')).body.head_pipeline).toMatchObject({ status: 'running' });
});

test.for([
  [{ ...WANTED, source_branch: 'nonsense' }, 422, 'Source branch "nonsense" does not exist'],
  [{ ...WANTED, target_branch: 'nonsense' }, 422, 'Target branch "nonsense" does not exist'],
  [{ ...WANTED, source_branch: 'main' }, 422, 'same project/branch'],
  [{ source_branch: 'sample' }, 400, 'title is missing, target_branch is missing'],
  [WANTED, 409, 'Another open merge request already exists for this source branch: !1'],
] as const)('%j is refused with %i', async ([wanted, code, said]) => {
  const { world } = await opened();
  const answer = await world.gitlab('merge_requests', 'POST', wanted);
  expect(answer.code).toBe(code);
  expect(JSON.stringify(answer.body).replaceAll('\\"', '"')).toContain(said);
});

test.for([
  ['no token', null],
  ['another token', 'nonsense'],
])('with %s nothing is written', async ([, token = '']) => {
  const { world } = await opened();
  expect((await world.gitlab('merge_requests/1/merge', 'PUT', {}, token)).code).toBe(401);
  expect((await world.gitlab('merge_requests/1')).body.state).toBe('opened');
});

test('a merge is a push to the target, and builds it', async () => {
  const { world } = await opened();
  world.pass(30);
  const merged = await world.gitlab('merge_requests/1/merge', 'PUT');
  expect(merged.body).toMatchObject({ state: 'merged', merged_at: '2026-11-20T14:37:00Z' });
  const file = await world.gitlab('repository/files/standard%2Fmanifest.yaml?ref=main');
  expect(atob(file.body.content)).toBe(MANIFEST['standard/manifest.yaml']);
  const [run] = await world.builds();
  expect(run?.metadata.labels['pipelinesascode.tekton.dev/sha']).toBe(merged.body.merge_commit_sha);
  expect(run?.metadata.labels['pipelinesascode.tekton.dev/event-type']).toBe('Push');
  expect((await world.gitlab('merge_requests/1/merge', 'PUT')).code).toBe(405);
});

test('what both branches have changed cannot be merged', async () => {
  const { world } = await opened();
  await world.push('main', { 'standard/manifest.yaml': 'packages:\n  - systemd\n' });
  expect(await world.gitlab('merge_requests/1/merge', 'PUT')).toEqual({
    ...{ code: 422, body: { message: 'Branch cannot be merged' } },
  });
});

test('a merge request is closed, and opened again; a comment on a closed one starts nothing', async () => {
  const { world } = await opened();
  world.pass(30);
  const state = async (state_event: string) =>
    (await world.gitlab('merge_requests/1', 'PUT', { state_event })).body.state;
  expect(await state('close')).toBe('closed');
  await world.gitlab('merge_requests/1/notes', 'POST', { body: '/test' });
  expect(await world.builds()).toHaveLength(1);
  expect(await state('reopen')).toBe('opened');
  expect((await world.gitlab('merge_requests/1/notes', 'POST', {})).code).toBe(400);
});

test('the same deeds give the same world', async () => {
  const seen = async () => {
    const { world, made } = await opened();
    world.pass(20);
    const merged = await world.gitlab('merge_requests/1/merge', 'PUT');
    world.pass(60);
    const image = await world.image('bootc-devel/fedora-bootc-45-standard', 'latest');
    return [made, merged, await world.builds(), await world.studio('releases'), image];
  };
  expect(JSON.stringify(await seen())).toBe(JSON.stringify(await seen()));
});

test('what is not pretended of a merge request says so', async () => {
  const { world } = await opened();
  expect((await world.gitlab('merge_requests/1/rebase', 'PUT')).code).toBe(501);
  expect((await world.gitlab('merge_requests/77')).code).toBe(404);
});
