import { expect, test } from 'vitest';
import type { Answer, Ask } from '#offline/protocol.ts';
import { type OfflineWorker, offlineWorker } from '#offline/worker.ts';
import { hostOf, memoryCaches, SCOPE, siteOf } from '../../support/offline.ts';

/** A worker that is installed, with the network and clock that a test turns. */
async function installed(build = 'one', caches = memoryCaches(), files = siteOf(build)) {
  const { host, state } = hostOf(build, caches, files);
  const worker = offlineWorker(host);
  await worker.install();
  await worker.activate();
  return { worker, state, caches, files };
}

async function ask(worker: OfflineWorker, path: string, init?: RequestInit): Promise<Response | null> {
  const work: Promise<unknown>[] = [];
  const answer = worker.answer(new Request(SCOPE + path, init), (later) => void work.push(later));
  const response = answer && (await answer);
  await Promise.all(work);
  return response;
}

async function tell(worker: OfflineWorker, what: Ask): Promise<Answer[]> {
  const heard: Answer[] = [];
  await worker.hear(what, (answer) => heard.push(answer));
  return heard;
}

test('a page comes from the network, unmarked, and is kept on its way', async () => {
  const { worker, state } = await installed();
  expect(await (await ask(worker, 'start/'))?.text()).not.toContain('data-copy-of');
  state.isOnline = false;
  const copy = await (await ask(worker, 'start/'))?.text();
  expect(copy).toContain('<html data-copy-of="2026-11-21T10:00:00.000Z" lang="en">');
  expect(copy).toContain('<time datetime="2026-11-21T10:00:00.000Z">2026-11-21 10:00 UTC</time>');
});

test('a copy keeps the time at which it was fetched, however often it is shown', async () => {
  const { worker, state } = await installed();
  await ask(worker, 'start/');
  Object.assign(state, { isOnline: false, at: '2026-11-22T10:00:00.000Z' });
  await ask(worker, 'start/');
  expect(await (await ask(worker, 'start/'))?.text()).toContain('data-copy-of="2026-11-21T10');
});

test('a network that does not answer in time gives way to the copy', async () => {
  const { worker, state } = await installed();
  await ask(worker, 'start/');
  state.slow = true;
  const answer = worker.answer(new Request(`${SCOPE}start/`), () => {});
  expect(await (await answer)?.text()).toContain('data-copy-of');
});

test('a fault of the server is neither kept nor shown in the place of a copy', async () => {
  const { worker, state } = await installed();
  await ask(worker, 'start/');
  state.status = 503;
  expect(await (await ask(worker, 'start/'))?.text()).toContain('data-copy-of');
});

test('a page that is gone is not kept any longer', async () => {
  const { worker, state, files } = await installed();
  await ask(worker, 'start/');
  delete files['start/'];
  expect((await ask(worker, 'start/'))?.status).toBe(404);
  state.isOnline = false;
  expect((await ask(worker, 'start/'))?.type).toBe('error');
});

test('what has a hash in its name is asked for once', async () => {
  const { worker, state } = await installed();
  state.asked.splice(0);
  await ask(worker, '_astro/a.css');
  expect(state.asked).toEqual([]);
});

test.each([
  ['a POST', 'start/', { method: 'POST' }],
  ['a part of a file', 'start/', { headers: { range: 'bytes=0-1' } }],
  ['the editor', 'admin/', {}],
  ['the worker itself', 'sw.js', {}],
  ['the plan', 'offline.json', {}],
])('leaves %s to the browser', async (_, path, init) => {
  const { worker } = await installed();
  expect(await ask(worker, path, init)).toBeNull();
});

test('leaves other sites, and what lies beside this one on the same host, to the browser', async () => {
  const { worker } = await installed();
  for (const url of ['https://quay.io/api/v1/', 'https://site.invalid/other/', 'https://site.invalid/slipway'])
    expect(worker.answer(new Request(url), () => {})).toBeNull();
});

test('a shell that does not come whole makes no worker', async () => {
  const { host } = hostOf('one', memoryCaches(), { ...siteOf('one'), '_astro/a.css': undefined as unknown as string });
  await expect(offlineWorker(host).install()).rejects.toThrow('_astro/a.css of the shell did not come');
});

test('a plan of another build makes no worker', async () => {
  const { host } = hostOf('one', memoryCaches(), siteOf('two'));
  await expect(offlineWorker(host).install()).rejects.toThrow('another build');
});

test('at most eighty pages are kept, the youngest', async () => {
  const { worker, state, files } = await installed();
  for (let at = 0; at < 85; at += 1) files[`page-${at}/`] = files['start/'] ?? '';
  for (let at = 0; at < 85; at += 1) await ask(worker, `page-${at}/`);
  state.isOnline = false;
  expect((await ask(worker, 'page-4/'))?.type).toBe('error');
  expect((await ask(worker, 'page-5/'))?.status).toBe(200);
});

test('a page of more than a megabyte is shown and not kept', async () => {
  const { worker, state, files } = await installed();
  files['large/'] = 'x'.repeat(1_100_000);
  expect((await ask(worker, 'large/'))?.status).toBe(200);
  state.isOnline = false;
  expect((await ask(worker, 'large/'))?.type).toBe('error');
});

test('a new build removes the caches of the old one, and takes over the page that still fits, with its time', async () => {
  const { worker, caches } = await installed();
  await ask(worker, 'start/');
  await caches.open('of another site');
  const next = await installed('two', caches);
  expect((await caches.keys()).filter((name) => name.includes(':one:'))).toEqual([]);
  expect(await caches.keys()).toContain('of another site');
  next.state.isOnline = false;
  expect(await (await ask(next.worker, 'start/'))?.text()).toContain('data-copy-of="2026-11-21T10');
});

test('a visited page whose style is gone is not taken over', async () => {
  const { worker, caches } = await installed();
  await ask(worker, 'start/');
  const files = Object.fromEntries(
    Object.entries(siteOf('two')).map(([path, text]) => [
      path.replace('a.css', 'b.css'),
      text.replaceAll('a.css', 'b.css'),
    ]),
  );
  const next = await installed('two', caches, files);
  next.state.isOnline = false;
  expect((await ask(next.worker, 'start/'))?.type).toBe('error');
});

test('a set is kept with what its pages load, tells how far it is, and is fetched anew where a new build changed it', async () => {
  const { worker, caches } = await installed();
  const heard = await tell(worker, { do: 'keep', name: 'set', label: 'A set', urls: [`${SCOPE}start/`] });
  expect(heard.map(({ is }) => is)).toEqual(['progress', 'progress', 'kept']);
  expect(heard.at(-1)).toMatchObject({ set: { label: 'A set', files: 2, failed: 0 } });
  const next = await installed('two', caches, siteOf('two', 'Changed'));
  next.state.isOnline = false;
  expect(await (await ask(next.worker, 'start/'))?.text()).toContain('Changed');
  const [standing] = await tell(next.worker, { do: 'tell' });
  expect(standing).toMatchObject({ sets: [{ name: 'set', files: 2, at: '2026-11-21T10:00:00.000Z' }] });
});

test('a set of which a file does not come says so', async () => {
  const { worker, files } = await installed();
  delete files['start/'];
  const heard = await tell(worker, { do: 'keep', name: 'set', label: 'A set', urls: [`${SCOPE}start/`] });
  expect(heard.at(-1)).toMatchObject({ set: { failed: 1 } });
});

test('a set of nothing that is there, or of other sites, is refused in words', async () => {
  const { worker } = await installed();
  const heard = await tell(worker, { do: 'keep', name: 'x', label: 'X', urls: ['https://quay.io/', `${SCOPE}no/`] });
  expect(heard).toEqual([{ is: 'refused', why: 'None of these pages is part of this build.' }]);
});

test('a set that is dropped is gone', async () => {
  const { worker } = await installed();
  await tell(worker, { do: 'keep', name: 'set', label: 'A set', urls: [`${SCOPE}start/`] });
  expect(await tell(worker, { do: 'drop', name: 'set' })).toEqual([{ is: 'dropped' }]);
  expect((await tell(worker, { do: 'tell' }))[0]).toMatchObject({ sets: [] });
});
