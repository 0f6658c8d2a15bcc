import { expect, test } from 'vitest';
import { core, pretendCluster } from '../../../support/kube.ts';

const LIST = core('configmaps');
const OWN = 'labelSelector=app%3Dwatched';
const MERGE = 'application/merge-patch+json';

const watched = (name: string) => ({ metadata: { name, labels: { app: 'watched' } } });

/** Lines of a watch as they come. */
function linesOf(answer: Response) {
  const reader = (answer.body ?? new ReadableStream()).getReader();
  const decoder = new TextDecoder();
  let rest = '';
  const waiting: string[] = [];
  return {
    next: async () => {
      while (waiting.length === 0) {
        const { value, done } = await reader.read();
        if (done) return null;
        const parts = `${rest}${decoder.decode(value)}`.split('\n');
        rest = parts.pop() ?? '';
        waiting.push(...parts);
      }
      const { type, object } = JSON.parse(waiting.shift() ?? '');
      return [type, object.metadata?.name ?? object.rows?.[0].cells[0] ?? object.kind];
    },
    cancel: () => reader.cancel(),
  };
}

test('a watch tells what is there, then each change, at once', async () => {
  const { ask, raw } = pretendCluster();
  await ask(LIST, { method: 'POST', body: watched('sample-a') });
  const { next, cancel } = linesOf(await raw(`${LIST}?${OWN}&watch=true`));
  expect(await next()).toEqual(['ADDED', 'sample-a']);
  await ask(LIST, { method: 'POST', body: watched('sample-b') });
  expect(await next()).toEqual(['ADDED', 'sample-b']);
  await ask(`${LIST}/sample-a`, { method: 'PATCH', type: MERGE, body: { metadata: { labels: { a: 'b' } } } });
  expect(await next()).toEqual(['MODIFIED', 'sample-a']);
  await ask(`${LIST}/sample-a`, { method: 'DELETE' });
  expect(await next()).toEqual(['DELETED', 'sample-a']);
  await cancel();
});

test('a watch from a version tells what was written since, and what was deleted', async () => {
  const { ask, raw } = pretendCluster();
  await ask(LIST, { method: 'POST', body: watched('sample-a') });
  const { resourceVersion } = (await ask(LIST)).body.metadata;
  await ask(LIST, { method: 'POST', body: watched('sample-b') });
  await ask(`${LIST}/sample-a`, { method: 'DELETE' });
  const { next, cancel } = linesOf(await raw(`${LIST}?${OWN}&watch=1&resourceVersion=${resourceVersion}`));
  expect([await next(), await next()]).toEqual([
    ['ADDED', 'sample-b'],
    ['DELETED', 'sample-a'],
  ]);
  await cancel();
});

test('a watch ends when its time is over, and when the client leaves', async () => {
  const { raw } = pretendCluster();
  const { next } = linesOf(await raw(`${LIST}?${OWN}&watch=true&timeoutSeconds=0`));
  expect(await next()).toBeNull();
  const leave = new AbortController();
  const left = linesOf(await raw(`${LIST}?${OWN}&watch=true`, { signal: leave.signal }));
  const end = left.next();
  leave.abort();
  expect(await end).toBeNull();
});

test('a watch tells what only time has changed, as tables where these are asked for', async () => {
  const { ask, raw, pass } = pretendCluster();
  const runs = '/apis/tekton.dev/v1/namespaces/bootc-tenant/pipelineruns';
  pass(-28 * 60_000);
  const [{ metadata }] = (await ask(runs)).body.items;
  const query = `watch=true&fieldSelector=metadata.name%3D${metadata.name}`;
  const { next, cancel } = linesOf(
    await raw(`${runs}?${query}`, { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' }),
  );
  expect(await next()).toEqual(['ADDED', metadata.name]);
  pass(20 * 60_000);
  expect(await next()).toEqual(['MODIFIED', metadata.name]);
  await cancel();
});

test('an informer is told when all that was there has been told', async () => {
  const { ask, raw } = pretendCluster();
  await ask(LIST, { method: 'POST', body: watched('sample-a') });
  const { next, cancel } = linesOf(
    await raw(`${LIST}?${OWN}&watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan`),
  );
  expect([await next(), await next()]).toEqual([
    ['ADDED', 'sample-a'],
    ['BOOKMARK', 'ConfigMap'],
  ]);
  await cancel();
});
