import { expect, test } from 'vitest';
import { readLabs } from '#host/labs.ts';

const labs = await readLabs(process.cwd());

/** A line whose output goes nowhere. */
const isSilent = (line: string) => /^!?\s*\[ .*\]$|> ?\/dev\/null$|--(quiet|silent)$/.test(line.trim());

test('a sentence that quotes what its command printed has a command that prints', () => {
  const quoting = labs.flatMap(({ id, steps }) =>
    steps.flatMap(({ id: step, check, wrong }) =>
      [...check, ...wrong].flatMap(({ if: script = '', because }) =>
        because.includes('{output}') ? [{ step: `${id}/${step}`, lines: script.trim().split('\n') }] : [],
      ),
    ),
  );
  expect(quoting.length).toBeGreaterThan(10);
  expect(quoting.filter(({ lines }) => lines.every(isSilent)).map(({ step }) => step)).toEqual([]);
});
