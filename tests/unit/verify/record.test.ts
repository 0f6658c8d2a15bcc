import { expect, test } from 'vitest';
import type { Ran } from '#runbook/record.ts';
import { recordOf } from '#verify/record.ts';
import type { Result } from '#verify/session.ts';
import { runbook } from '../../support/trial.ts';

const HASH = '0123456789abcdef';
const RAN: Ran = { step: 'a', part: 'run', hash: HASH, client: 'real', server: 'none', tools: ['jq'], ms: 5 };
const BODY = `needs: { role: none }
steps: [{ id: a, title: Look, risk: read, where: laptop, run: "true" }]`;

function result(id: string, ...ran: Ran[]): Result {
  const trial = { ran, attempts: [], byHand: [], unrun: [], notes: [] };
  return { runbook: runbook(BODY, id), test: 1, world: 'duty', role: 'none', trial, broken: null, ms: 1, folder: null };
}

const PARTS = { last: null, older: [], tools: [], at: new Date(0), system: 'Sample 1' };

test('two tests of one runbook give one row a command, with the least real of both', () => {
  const other: Ran = { ...RAN, client: 'double', server: 'simulator', tools: ['cosign'], ms: 2 };
  const { runbooks } = recordOf({ ...PARTS, results: [result('one', RAN), result('one', other)] });
  expect(runbooks['one']).toEqual([{ ...RAN, client: 'double', server: 'simulator', tools: ['cosign', 'jq'], ms: 5 }]);
});

test('runbooks, tools and addresses come in an order of their own, whatever ran first', () => {
  const tools = [
    { name: 'skopeo', version: '1', client: 'real' },
    { name: 'kubectl', version: '2', client: 'real' },
    { name: 'kubectl', version: '1', client: 'real' },
  ] as const;
  const record = recordOf({ ...PARTS, tools, results: [result('two', RAN), result('one', RAN)] });
  expect(Object.keys(record.runbooks)).toEqual(['one', 'two']);
  expect(record.tools.map(({ name, version }) => name + version)).toEqual(['kubectl1', 'kubectl2', 'skopeo1']);
});

test('an address that was ever recorded stays, also when its runbook is gone', () => {
  const last = recordOf({ ...PARTS, results: [result('gone', RAN)] });
  const { runbooks, addresses } = recordOf({ ...PARTS, last, results: [result('one', RAN)] });
  expect(addresses).toEqual(['gone', 'one']);
  expect(runbooks).not.toHaveProperty('gone');
});

test('what the older kubectl did stands beside its command only', () => {
  const kubectl: Ran = { ...RAN, step: 'b', tools: ['kubectl'] };
  const older = [result('one', { ...RAN, older: 'ran' }, { ...kubectl, older: 'not supported: explain' })];
  const { runbooks } = recordOf({ ...PARTS, older, results: [result('one', RAN, kubectl)] });
  expect(runbooks['one']?.map((ran) => ran.older)).toEqual([undefined, 'not supported: explain']);
});
