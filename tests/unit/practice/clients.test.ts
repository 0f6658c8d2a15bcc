import { expect, test } from 'vitest';
import { readWorld } from '#host/world.ts';
import { allClients } from '#practice/clients.ts';
import { openPractice } from '#practice/open.ts';

const clients = await allClients();
const world = await readWorld('content/worlds/fresh.yaml');

/** Verbs of lines such as `clone [-q] [-b], remote [-v]: more words`; flags have none. */
const verbsOf = (can: readonly string[]): string[] =>
  can.flatMap((line) =>
    (/^[a-z-]/.test(line) ? line : '')
      .replace(/: .*/, '')
      .replace(/\[[^\]]*\]|\([^)]*\)/g, '')
      .split(',')
      .map((part) => /^(?:[a-z][a-z-]*(?= |$) ?)+/.exec(part.trim())?.[0].trim() ?? '')
      .filter((verb) => verb !== '' && !verb.startsWith('or')),
  );

const listed = clients.flatMap(({ name, can }) => verbsOf(can).map((verb) => ({ name, verb })));

test.each(listed)(
  '$name $verb, which the page lists, is not answered like a verb that is not there',
  async ({ name, verb }) => {
    const shell = await openPractice(world, { role: 'viewer', registries: [] });
    const last = verb.split(' ').at(-1) ?? '';
    const invented = 'no-such-verb';
    const refusal = await shell.run(`${name} ${verb.slice(0, -last.length)}${invented}`);
    expect(refusal.exitCode).not.toBe(0);
    const { stderr } = await shell.run(`${name} ${verb}`);
    expect(stderr).not.toBe(refusal.stderr.replaceAll(invented, last));
  },
);

test.each(clients.map(({ name }) => name))('a flag that %s does not know is never taken in silence', async (name) => {
  const shell = await openPractice(world, { role: 'viewer', registries: [] });
  const [verb = ''] = listed.flatMap((one) => (one.name === name ? [one.verb] : []));
  const { stderr, exitCode } = await shell.run(`${name} ${verb} --no-such-flag-at-all`);
  expect(exitCode).not.toBe(0);
  expect(stderr).toMatch(/simulate|unknown|no-such-flag/i);
});

test('every client says what it can do', () => {
  expect(clients.flatMap(({ name, can }) => (can.length === 0 ? [name] : []))).toEqual([]);
});
