import { expect, test } from 'vitest';
import Cell from '#components/status/Cell.astro';
import Sprite from '#components/status/Sprite.astro';
import { cellOf } from '#status/cell.ts';
import { Parity } from '#status/change.ts';
import { STATE_CODES, STATES } from '#status/states.ts';
import { render, spoken } from '../../../support/render.ts';
import { image, NOW, snapshot, target } from '../../../support/snapshot.ts';

const ID = 'production/standard/44';

test.each(STATE_CODES)('shows %s by word and shape, and says which image it is', async (state) => {
  const cell = cellOf(image(ID, state), target(ID), snapshot([]));
  const html = await render(Cell, { cell, now: NOW });
  expect(html).toContain(`#sw-${STATES[state].shape}`);
  expect(html).toContain(`data-bucket="${STATES[state].bucket}"`);
  expect(spoken(html)).toMatch(new RegExp(`^standard, Fedora 44, production: ${STATES[state].word}`));
});

test.each(STATE_CODES)('has a shape in the sprite for %s', async (state) => {
  expect(await render(Sprite, {})).toContain(`<symbol id="sw-${STATES[state].shape}"`);
});

test('reads as one sentence: image, state, age, why, architectures', async () => {
  const cell = cellOf(image(ID, 'arch-missing'), target(ID), snapshot([]));
  expect(spoken(await render(Cell, { cell, now: NOW }))).toBe(
    'standard, Fedora 44, production: arch missing 8 h s390x not in the index s390x: arch missing',
  );
});

test('says whether it equals its counterpart, or that this is not known', async () => {
  const says = async (sameDigest: boolean | null, state = 'differs') => {
    const arches = [{ arch: 'x86_64', state, missing: [], added: 0, removed: 0, upgraded: 3, downgraded: 0 }];
    const one = image(ID, 'fresh', { parity: Parity.parse({ with: 'development/standard/44', sameDigest, arches }) });
    return spoken(await render(Cell, { cell: cellOf(one, target(ID), snapshot([])), now: NOW }));
  };
  expect(await says(true)).toContain('same as development');
  expect(await says(false)).toContain('3 packages differ from development');
  expect(await says(false, 'equal')).toContain('packages equal development’s');
  expect(await says(null)).toContain('parity not known');
});

test('carries the headlines to come, and none where the data is a sample', async () => {
  const one = image(ID);
  const html = (mode: 'live' | 'sample') =>
    render(Cell, { cell: cellOf(one, target(ID), snapshot([one], { mode })), now: NOW });
  expect(await html('live')).toContain('data-steps=');
  expect(await html('sample')).not.toContain('data-steps=');
});
