import { expect, test } from 'vitest';
import ArchTable from '#components/status/ArchTable.astro';
import AsOf from '#components/status/AsOf.astro';
import Clocks from '#components/status/Clocks.astro';
import Copy from '#components/status/Copy.astro';
import FacetTable from '#components/status/FacetTable.astro';
import Headline from '#components/status/Headline.astro';
import Metadata from '#components/status/Metadata.astro';
import Origin from '#components/status/Origin.astro';
import TagHistory from '#components/status/TagHistory.astro';
import { cellOf } from '#status/cell.ts';
import { expectationsOf } from '#status/detail.ts';
import { render, spoken } from '../../../support/render.ts';
import { hoursAgo, image, NOW, snapshot, target } from '../../../support/snapshot.ts';

const ID = 'production/standard/44';

test('says when we looked, when we look again and when to stop believing, in absolute times', async () => {
  expect(spoken(await render(AsOf, { snapshot: snapshot([]) }))).toMatch(
    /^As of 21 Nov 2026, 14:07 UTC next refresh due by 14:37 UTC distrust after 22:07 UTC/,
  );
});

test('names the day of a limit that lies on another one', async () => {
  expect(spoken(await render(AsOf, { snapshot: snapshot([], { dataMaxAge: '24h' }) }))).toContain(
    'distrust after 22 Nov 2026, 14:07 UTC',
  );
});

test('keeps the call to distrust hidden until a script finds it due', async () => {
  expect(await render(AsOf, { snapshot: snapshot([]) })).toMatch(
    /data-distrust-after="2026-11-21T22:07:00.000Z"[^>]* hidden/,
  );
});

test('says state, reason and since when, and why it is not confirmed', async () => {
  const cell = cellOf(image(ID, 'failing'), target(ID), snapshot([]));
  const said = spoken(await render(Headline, { cell, now: NOW, why: 'Seen in a list only.' }));
  expect(said).toContain('failing 7 attempts failed, for at least 3 d. Since at least 21 Nov 2026, 08:07 UTC, 6 h.');
  expect(said).toContain('Why it is not confirmed that this is still built: Seen in a list only.');
});

test('shows as code what backticks mark, and hostile text as text', async () => {
  const cell = cellOf(image(ID), target(ID), snapshot([]));
  const html = await render(Headline, { cell, now: NOW, why: 'No tag `la<i>test` <b>here</b>.' });
  expect(html).toMatch(/No tag <code[^>]*>la&lt;i&gt;test<\/code> &lt;b&gt;here&lt;\/b&gt;\./);
  const facet = { id: 'plan', name: 'Plan', value: 'planned', says: 'A tag `latest`.' };
  expect(await render(FacetTable, { rows: [facet] })).toMatch(/A tag <code[^>]*>latest<\/code>\./);
});

test('says as of when the tables below a headline are, for when it has moved', async () => {
  const cell = cellOf(image(ID), target(ID), snapshot([]));
  const html = await render(Headline, { cell, now: NOW });
  expect(html).toMatch(/<p[^>]* data-moved hidden[^>]*>[^<]*tables below are as of 21 Nov 2026, 14:07 UTC/);
});

test('shows the age of the image and of the check apart, each relative and absolute', async () => {
  const said = spoken(await render(Clocks, { createdAt: hoursAgo(40), checkedAt: hoursAgo(1), now: NOW }));
  expect(said).toBe('Image made 40 h ago 19 Nov 2026, 22:07 UTC Last checked 60 min ago 21 Nov 2026, 13:07 UTC');
});

test('says that a clock is not known rather than leaving it out', async () => {
  const said = spoken(await render(Clocks, { createdAt: null, checkedAt: null, now: NOW }));
  expect(said).toContain('Image made not known');
  expect(said).toContain('Last checked never with success');
});

test('has a row for an architecture that is missing', async () => {
  const said = spoken(await render(ArchTable, { arches: image(ID, 'arch-missing').arches, now: NOW }));
  expect(said).toContain('s390x arch missing not known not known none');
});

test('shows a command in full without a script, its button hidden', async () => {
  const html = await render(Copy, { what: 'Pull it', text: 'podman pull x' });
  expect(html).toContain('<code');
  expect(html).toMatch(/<button[^>]*data-copy="podman pull x"[^>]* hidden/);
});

test('shows every digest that the tag pointed at, and for how long', async () => {
  const one = image(ID);
  const history = [...one.history, { digest: `sha256:${'a'.repeat(64)}`, from: hoursAgo(40), to: hoursAgo(8) }];
  const said = spoken(await render(TagHistory, { tag: 'latest', history, now: NOW }));
  expect(said).toContain(`sha256:${'a'.repeat(64)}`);
  expect(said).toContain('32 h');
});

test('shows hostile labels as text and their control characters as signs', async () => {
  const labels = { '<script>alert(1)</script>': 'a\u0007\u202eb', 'x"onload="y': '<img src=x onerror=alert(1)>' };
  const one = image(ID, 'fresh', { labels });
  const html = await render(Metadata, { expectations: expectationsOf(one, [], Object.keys(labels)), labels });
  for (const raw of ['<script>', '<img', '\u0007', '\u202e']) expect(html).not.toContain(raw);
  expect(html).toContain('&lt;script&gt;');
  expect(html).toContain('a␇⟨U+202E⟩b');
});

test('makes no link of an address that is not http', async () => {
  const one = image(ID, 'fresh', { registry: 'javascript:alert(1)//x' });
  const html = await render(Origin, { image: one, target: target(ID), parity: null, known: new Set(), edit: null });
  expect(html).not.toContain('href="javascript:');
});

test('says of an image that is watched no longer that it is not in the targets file', async () => {
  const html = await render(Origin, {
    image: image(ID),
    target: undefined,
    parity: null,
    known: new Set(),
    edit: null,
  });
  expect(spoken(html)).toContain('not in content/status/targets.yaml');
});

test('the headline leads to the replay of the run that broke, where it is recorded', async () => {
  const cell = cellOf(image(ID, 'failing'), target(ID), snapshot([]));
  const broken = '/status/images/x/replay/run-0/';
  expect(await render(Headline, { cell, now: NOW, broken })).toMatch(
    /href="[^"]*run-0\/"[^>]*>Replay the run that broke/,
  );
  expect(await render(Headline, { cell, now: NOW })).not.toContain('Replay');
});
