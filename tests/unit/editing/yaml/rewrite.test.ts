import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { rewrite } from '#editing/yaml/rewrite.ts';
import { contentFiles } from '../../../support/content.ts';

const RUNBOOK = `# What to do
schema: 1
title: A build is slow   # as readers say
states: [stale, aging]
needs: { role: viewer, tools: { kubectl: any } }
summary: >-
  One sees why it is slow.
  It is faster then.
text: |
  First.

  Second.
steps:
  # the look
  - id: look
    title: "Look"
    run: kubectl get pods
  - id: mend
    title: Mend

  - id: check
    title: Check
`;
const value = () => parse(RUNBOOK);
const lines = (text: string) => text.split('\n');
/** Lines that are not in the other text. */
const beside = (one: string, other: string) => lines(one).filter((line) => !lines(other).includes(line));

function changed(change: (value: ReturnType<typeof parse>) => void): { gone: string[]; come: string[]; text: string } {
  const next = value();
  change(next);
  const text = rewrite(RUNBOOK, next);
  expect(parse(text)).toEqual(next);
  return { gone: beside(RUNBOOK, text), come: beside(text, RUNBOOK), text };
}

test('a value that is the same leaves every content file as it is, byte for byte', () => {
  for (const file of contentFiles()) {
    const text = readFileSync(file, 'utf8');
    expect(rewrite(text, parse(text)), file).toBe(text);
  }
}, 60_000);

test('a changed word changes its line, and the comment beside it stays', () => {
  expect(
    changed((next) => {
      next.title = 'A build hangs';
    }),
  ).toMatchObject({
    gone: ['title: A build is slow   # as readers say'],
    come: ['title: A build hangs   # as readers say'],
  });
});

test('quotes stay where they were, and come where they are needed', () => {
  expect(
    changed((next) => {
      next.steps[0].title = 'Look well';
    }).come,
  ).toEqual(['    title: "Look well"']);
  expect(
    changed((next) => {
      next.title = 'Key: value';
    }).come,
  ).toEqual(['title: "Key: value"   # as readers say']);
});

test('a list within brackets stays there, with its spaces or without', () => {
  expect(
    changed((next) => {
      next.states.push('failing');
    }).come,
  ).toEqual(['states: [stale, aging, failing]']);
  expect(
    changed((next) => {
      next.needs.role = 'admin';
    }).come,
  ).toEqual(['needs: { role: admin, tools: { kubectl: any } }']);
});

test('what is within braces keeps its order, and a new name comes behind the one before it', () => {
  const text = 'one: { id: a, default: b, help: c }\n';
  expect(rewrite(text, { one: { help: 'd', id: 'a', default: 'b' } })).toBe('one: { id: a, default: b, help: d }\n');
  expect(rewrite(text, { one: { id: 'a', type: 't', help: 'c' } })).toBe('one: { id: a, type: t, help: c }\n');
  expect(rewrite(text, { one: { is: 1, id: 'a', default: 'b', help: 'c' } })).toBe(
    'one: { is: 1, id: a, default: b, help: c }\n',
  );
});

test('a folded text breaks where it did, but in the sentence that changed', () => {
  expect(
    changed((next) => {
      next.summary = 'One sees why it is slow. It is quick then.';
    }),
  ).toMatchObject({
    gone: ['  It is faster then.'],
    come: ['  It is quick then.'],
  });
});

test('a text of several lines stays one', () => {
  const { come } = changed((next) => {
    next.text = 'First.\n\nThird.\n';
  });
  expect(come).toEqual(['  Third.']);
});

test('a line that becomes several is written as a block, and only it', () => {
  const { gone, come } = changed((next) => {
    next.steps[0].run = 'a\n\nb';
  });
  expect(gone).toEqual(['    run: kubectl get pods']);
  expect(come).toEqual(['    run: |-', '      a', '      b']);
});

test('a field that is left out takes its line along, also the first behind a dash', () => {
  expect(
    changed((next) => {
      delete next.steps[0].run;
    }),
  ).toMatchObject({ gone: ['    run: kubectl get pods'], come: [] });
  expect(
    changed((next) => {
      delete next.steps[1].id;
    }),
  ).toMatchObject({ come: ['  - title: Mend'] });
});

test('a new field comes behind the one before it', () => {
  const { text } = changed((next) => {
    next.steps[0] = { id: 'look', risk: 'read', title: 'Look', run: 'kubectl get pods' };
  });
  expect(text).toContain('  # the look\n  - id: look\n    risk: read\n    title: "Look"\n');
});

test('a new item of a list comes where it belongs, and comments of others stay', () => {
  const { text, gone } = changed((next) => {
    next.steps.splice(1, 0, { id: 'wait', title: 'Wait' });
  });
  expect(gone).toEqual([]);
  expect(text).toContain('    run: kubectl get pods\n  - id: wait\n    title: Wait\n  - id: mend\n');
});

test('an item that goes takes only its own lines along', () => {
  const { text } = changed((next) => {
    next.steps.splice(1, 1);
  });
  expect(text).toContain('    run: kubectl get pods\n  - id: check\n');
});

test('an empty list is written as one, and a value may become another kind', () => {
  expect(
    changed((next) => {
      next.steps = [];
    }).come,
  ).toEqual(['steps: []']);
  expect(
    changed((next) => {
      next.title = { en: 'x' };
    }).come,
  ).toEqual(['title:', '  en: x']);
  expect(
    changed((next) => {
      next.states = 'none';
    }).come,
  ).toEqual(['states: none']);
});

test('what an anchor stands for may change, where only its own line does', () => {
  const text = 'a: &x [1, 2]\nb: *x # kept\nc: 3\n';
  expect(rewrite(text, { a: [1, 2], b: [1, 2], c: 4 })).toBe('a: &x [1, 2]\nb: *x # kept\nc: 4\n');
  expect(parse(rewrite(text, { a: [9], b: [1, 2], c: 3 }))).toEqual({ a: [9], b: [1, 2], c: 3 });
});

test('a text that is no YAML is written from the value, under its comment', () => {
  expect(rewrite('# head\na: [\n', { a: 1 })).toBe('# head\na: 1\n');
  expect(rewrite('', { a: 1 })).toBe('a: 1\n');
});

test('whatever the value becomes, the text says it', () => {
  const scalar = fc.oneof(
    fc.string(),
    fc.constantFrom('a\nb', ' x', '- y', 'k: v', '#', '', 'true', '1\n'),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  const key = fc.constantFrom(
    'schema',
    'title',
    'steps',
    'text',
    'summary',
    'states',
    'id',
    'run',
    'needs',
    '1',
    'a.b',
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      scalar,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 5 }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(key, tree), fc.dictionary(key, tree), (one, other) => {
      const first = rewrite(RUNBOOK, { ...value(), ...one });
      expect(parse(first)).toEqual({ ...value(), ...one });
      expect(parse(rewrite(first, other))).toEqual(other);
    }),
    { numRuns: 120 },
  );
});
