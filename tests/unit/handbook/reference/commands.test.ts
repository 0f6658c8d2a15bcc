import { expect, test } from 'vitest';
import { clientGroups, verbOf } from '#handbook/reference/commands.ts';
import { readLabs } from '#host/labs.ts';
import { readRunbooks } from '#host/runbooks.ts';
import { readShell } from '#host/shell.ts';
import { commandsIn } from '#runbook/lint/shell.ts';

const shell = await readShell();
const verbs = (text: string) => commandsIn(text, shell).map((command) => `${command.name}: ${verbOf(command)}`);

test('a verb is what stands behind the options that come before it', () => {
  expect(verbs('git -C work push origin main')).toEqual(['git: push']);
  expect(verbs('kubectl -n x get pods')).toEqual(['kubectl: get']);
  expect(verbs('kubectl ka get pods')).toEqual(['kubectl: ka get']);
  expect(verbs('glab mr create --fill')).toEqual(['glab: mr create']);
  expect(verbs('jq .a file')).toEqual(['jq: ']);
});

test('of curl it is the method', () => {
  expect(verbs('curl -sS https://example.org')).toEqual(['curl: GET']);
  expect(verbs('curl --head https://example.org')).toEqual(['curl: HEAD']);
  expect(verbs('curl --request=DELETE https://example.org')).toEqual(['curl: DELETE']);
  expect(verbs('curl -X PUT https://example.org')).toEqual(['curl: PUT']);
  expect(verbs('curl --json "{}" https://example.org')).toEqual(['curl: POST']);
});

test('each command leads to the steps that run it, says whether it changes something, and what ran it', async () => {
  const { runbooks, record } = await readRunbooks('.');
  const groups = clientGroups(runbooks, await readLabs('.'), record, shell);
  const kubectl = groups.find(({ name }) => name === 'kubectl');
  expect(kubectl?.ran?.client).toBe('real');
  expect(kubectl?.verbs.find(({ verb }) => verb === 'get')).toMatchObject({ anchor: 'kubectl-get', changes: 'none' });
  expect(kubectl?.verbs.find(({ verb }) => verb === 'annotate')?.changes).toBe('all');
  const uses = groups.flatMap(({ verbs }) => verbs.flatMap((row) => [...row.runbooks, ...row.labs]));
  expect(uses.filter(({ path }) => !/^(runbooks|labs)\/[a-z0-9-]+\/#step-[a-z0-9-]+$/.test(path))).toEqual([]);
  const anchors = groups.flatMap(({ verbs }) => verbs.map(({ anchor }) => anchor));
  expect(new Set(anchors).size).toBe(anchors.length);
});

test('without a record nothing is said to have run', async () => {
  const { runbooks } = await readRunbooks('.');
  expect(clientGroups(runbooks, [], null, shell).every(({ ran }) => ran === null)).toBe(true);
});
