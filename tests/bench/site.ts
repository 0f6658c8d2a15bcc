import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { sample } from '#host/sample.ts';
import { readWorld } from '#host/world.ts';
import type { World } from '#world/model.ts';
import { build, copySite, pagesOf, plainSite, prose } from '../support/bench-site.ts';
import { type Figure, kilobytes, megabytes, print, seconds, spread, times } from '../support/bench-table.ts';
import { largeWorld } from '../support/bench-world.ts';

/** Time of a build against plain Starlight with as many pages, a build of 1,000 targets, and bytes over the wire. */

const RUNS = 3;
const TARGETS = 1_000;
const MAX_RATIO = 1.3;
const MAX_RSS_MB = 4_096;
const BOARD_BYTES = 60 * 1_024;
const SCRIPT_BYTES = 20 * 1_024;

// Below our own folder: Astro mends paths of packages only where they share a root with the site.
await mkdir('.cache', { recursive: true });
const directory = await mkdtemp(resolve('.cache', 'bench-'));
try {
  print('Build of the site', [...(await againstPlain()), ...(await large())]);
  print('Over the wire, gzip', await overTheWire());
} finally {
  await rm(directory, { recursive: true, force: true });
}

async function againstPlain(): Promise<Figure[]> {
  const [ours, plain] = [join(directory, 'ours'), join(directory, 'plain')];
  await copySite(ours);
  const text = await readFile('content/worlds/sample.yaml', 'utf8');
  const { watch }: { watch: unknown } = parse(text);
  await fill(ours, await readWorld('content/worlds/sample.yaml'), stringify(watch));
  const first = await build(ours);
  const names = await pagesOf(ours);
  const texts = new Map<string, string>();
  for (const name of names) {
    const path = name.replace(/(\/?index)?\.html$/, '') || 'index';
    texts.set(path, prose(await readFile(join(ours, 'dist', name), 'utf8'), path));
  }
  await plainSite(plain, texts);
  const ran = { ours: [first.ms], plain: [(await build(plain)).ms] };
  for (let index = 1; index < RUNS; index++) {
    ran.ours.push((await build(ours)).ms);
    ran.plain.push((await build(plain)).ms);
  }
  const ratio = spread(ran.ours).median / spread(ran.plain).median;
  return [
    { what: 'pages of ours, of plain Starlight', figure: `${names.length}, ${(await pagesOf(plain)).length}` },
    { what: 'ours: time', figure: spread(ran.ours).text(seconds) },
    { what: 'plain Starlight: time', figure: spread(ran.plain).text(seconds) },
    { what: 'ours against plain', figure: times(ratio), goal: `≤ ${times(MAX_RATIO)}`, isMet: ratio <= MAX_RATIO },
    { what: 'ours: largest memory', figure: megabytes(first.maxRssMB) },
  ];
}

async function large(): Promise<Figure[]> {
  const site = join(directory, 'large');
  const { world, targets } = largeWorld(TARGETS);
  await copySite(site);
  await fill(site, world, targets);
  const { ms, maxRssMB } = await build(site);
  const what = `${TARGETS} targets, ${(await pagesOf(site)).length} pages`;
  return [
    { what: `${what}: time`, figure: seconds(ms) },
    { what: `${what}: largest memory`, figure: megabytes(maxRssMB), goal: '≤ 4 GB', isMet: maxRssMB <= MAX_RSS_MB },
  ];
}

/** As after a refresh, so that a build need not make the sample. */
async function fill(site: string, world: World, targets: string): Promise<void> {
  const { snapshot } = await sample(world);
  await writeFile(join(site, 'content/status/targets.yaml'), targets);
  await writeFile(join(site, 'content/status/snapshot.json'), JSON.stringify({ ...snapshot, mode: 'live' }));
}

async function overTheWire(): Promise<Figure[]> {
  // The module reads at its loading where the site lies.
  Object.assign(process.env, { SLIPWAY_DIST: join(directory, 'ours', 'dist'), BASE: '/' });
  const { gzipped, inlineScripts, loaded, read, readPages } = await import('../support/site.ts');
  const sizeOf = (address: string) => gzipped(read(address));
  const sum = (sizes: readonly number[]) => sizes.reduce((all, one) => all + one, 0);
  const weighed = readPages().map((page) => {
    const { scripts, styles } = loaded(page);
    const script = sum([...inlineScripts(page.html).filter(Boolean).map(gzipped), ...scripts.map(sizeOf)]);
    const files = sum([...scripts, ...styles].map(sizeOf));
    return { path: page.path, html: gzipped(page.html), all: gzipped(page.html) + files, script };
  });
  const board = weighed.find(({ path }) => path === 'status/');
  const heaviest = weighed.toSorted((a, b) => b.script - a.script)[0];
  if (!board || !heaviest) throw new Error('The site has no page at /status/.');
  const limit = (bytes: number, most: number) => ({ goal: `≤ ${kilobytes(most)}`, isMet: bytes <= most });
  return [
    {
      what: `board with all that it loads (HTML ${kilobytes(board.html)})`,
      figure: kilobytes(board.all),
      ...limit(board.all, BOARD_BYTES),
    },
    {
      what: `most script of any page (/${heaviest.path})`,
      figure: kilobytes(heaviest.script),
      ...limit(heaviest.script, SCRIPT_BYTES),
    },
  ];
}
