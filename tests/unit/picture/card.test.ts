import { expect, test } from 'vitest';
import { cardOf } from '#picture/card.ts';

test.each([
  ['handbook/trust', true, 'handbook/trust', 'handbook'],
  ['', true, 'index', 'site'],
  ['runbooks/stale-image', false, 'runbooks/stale-image', 'runbooks'],
  ['labs/first-look', false, 'labs/first-look', 'labs'],
  ['pipelines/coreos', false, 'pipelines/coreos', 'pipelines'],
])('"%s" has a card of its own with its title', (id, isProse, name, section) => {
  expect(cardOf(id, 'A title', isProse)).toEqual({ name, section, title: 'A title' });
});

test.each([
  ['status/images/development/standard/45', 'status'],
  ['status/releases/45', 'status'],
  ['pipelines/tasks/init', 'pipelines'],
  ['handbook/reference/labels', 'handbook'],
  ['glossary', 'site'],
  ['__proto__', 'site'],
])('"%s" shares a card, which says nothing that ages', (id, name) => {
  expect(cardOf(id, 'Stale for three days', false)).toEqual({ name, section: name, title: null });
});
