import { expect, test } from 'vitest';
import LineageSection from '#components/status/lineage/Lineage.astro';
import SubprojectTable from '#components/status/lineage/Subproject.astro';
import { Lineage } from '#status/lineage.ts';
import { measure } from '#status/migration.ts';
import { render, spoken } from '../../../support/render.ts';
import { digest, hoursAgo, image, NOW, snapshot } from '../../../support/snapshot.ts';

const BASE = 'production/standard/45';
const based = (id: string, name: string) =>
  image(id, 'fresh', {
    lineage: Lineage.parse({
      ...{ checkedAt: NOW, of: digest(id), compose: null, why: null },
      base: { image: name, digest: digest(BASE), target: BASE, createdAt: hoursAgo(20), method: 'annotations' },
    }),
  });

test('the section links the page of the base and escapes what annotations name', async () => {
  const one = based('community/kinoite/45', '<b>quay.io</b>');
  const html = await render(LineageSection, { image: one, snapshot: snapshot([image(BASE), one]) });
  expect(html).toContain(`href="/status/images/${BASE}/"`);
  expect(html).toContain('&lt;b&gt;quay.io&lt;/b&gt;');
  expect(spoken(html)).toContain('named by its annotations, which nobody signs');
});

test('the section says why it cannot tell, and is not there without an image', async () => {
  const one = image('community/kinoite/45');
  expect(spoken(await render(LineageSection, { image: one, snapshot: snapshot([one]) }))).toContain(
    'Base image not known: it was not looked at yet',
  );
  const gone = image('community/kinoite/45', 'missing');
  expect(spoken(await render(LineageSection, { image: gone, snapshot: snapshot([gone]) }))).toBe('');
});

test('a subproject shows its counts, and each answer by word and shape', async () => {
  const seen = snapshot([image(BASE), based('community/kinoite/45', 'quay.io/x:45'), image('community/silverblue/45')]);
  const [desktops] = measure(seen);
  const html = await render(SubprojectTable, { subproject: desktops, snapshot: seen });
  const said = spoken(html);
  expect(said).toContain('1 of 2 consumes the shared base, 0 do not, of 1 nobody can tell.');
  expect(said).toContain('kinoite Fedora 45, community consumes it standard Fedora 45, production');
  expect(said).toContain('silverblue Fedora 45, community cannot tell not known: it was not looked at yet');
  expect(html).toMatch(/data-bucket="no-signal"/);
});
