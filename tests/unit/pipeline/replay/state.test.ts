import { expect, test } from 'vitest';
import { brokenStep } from '#pipeline/replay/state.ts';

const step = (name: string, reason: string | null) => ({
  name,
  image: null,
  startedAt: null,
  finishedAt: null,
  reason,
});

test('the step that broke is the first that did not complete, as far as that is recorded', () => {
  const steps = [step('a', 'Completed'), step('b', null), step('c', 'OOMKilled'), step('d', 'Error')];
  expect(brokenStep({ steps })?.name).toBe('c');
  expect(brokenStep({ steps: steps.slice(0, 2) })).toBeUndefined();
});
