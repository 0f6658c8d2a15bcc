import { expect, test } from 'vitest';
import { ask, worldOf } from './world.ts';

const BODHI = 'https://bodhi.fedoraproject.org/releases/';
const WORLD = worldOf([], {
  releases: [
    { name: 'F46', version: '46', branch: 'rawhide', bodhi: { state: 'pending' } },
    {
      name: 'F45',
      version: 45,
      bodhi: { state: 'current', eol: '2027-12-08' },
      endoflife: { releaseDate: '2026-10-27', eol: '2027-12-08' },
    },
    { name: 'F41', version: 41, endoflife: { releaseDate: '2024-10-29', eol: true } },
    { name: 'ELN', version: 'eln', bodhi: { state: 'pending' } },
    { name: 'EPEL-10.2', version: '10.2', branch: 'epel10.2', bodhi: { state: 'current' } },
  ],
});

interface Page {
  releases: { name: string; version: string; id_prefix: string; branch: string; state: string; eol: string | null }[];
  page: number;
  pages: number;
  rows_per_page: number;
  total: number;
}

test('Bodhi lists Fedora with its containers and flatpaks, EPEL and ELN, in pages', async () => {
  const first = (await ask<Page>(WORLD, `${BODHI}?rows_per_page=5&page=1`)).body;
  const second = (await ask<Page>(WORLD, `${BODHI}?rows_per_page=5&page=2`)).body;
  expect(first).toMatchObject({ page: 1, pages: 2, rows_per_page: 5, total: 8 });
  expect([...first.releases, ...second.releases].map(({ name, id_prefix }) => `${name} ${id_prefix}`)).toEqual([
    'F46 FEDORA',
    'F46C FEDORA-CONTAINER',
    'F46F FEDORA-FLATPAK',
    'F45 FEDORA',
    'F45C FEDORA-CONTAINER',
    'F45F FEDORA-FLATPAK',
    'ELN FEDORA',
    'EPEL-10.2 FEDORA-EPEL',
  ]);
  expect(first.releases[0]).toMatchObject({ version: '46', branch: 'rawhide', state: 'pending', eol: null });
  expect(first.releases[3]).toMatchObject({ version: '45', branch: 'f45', state: 'current', eol: '2027-12-08' });
});

test('Bodhi filters by state and by name', async () => {
  const { body } = await ask<Page>(WORLD, `${BODHI}?state=current&name=F45`);
  expect(body.releases.map(({ name }) => name)).toEqual(['F45']);
});

test.each(['rows_per_page=101', 'rows_per_page=x', 'page=0'])('Bodhi refuses %s', async (query) => {
  expect(await ask(WORLD, `${BODHI}?${query}`)).toMatchObject({ status: 400, body: { status: 'error' } });
});

test('endoflife.date lists only what it knows, with an end that may be a date or a yes', async () => {
  expect((await ask(WORLD, 'https://endoflife.date/api/fedora.json')).body).toMatchObject([
    { cycle: '45', releaseDate: '2026-10-27', eol: '2027-12-08', lts: false },
    { cycle: '41', releaseDate: '2024-10-29', eol: true },
  ]);
});
