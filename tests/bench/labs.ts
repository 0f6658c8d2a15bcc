import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '#host/browser.ts';
import { thisMachine } from '#host/machine.ts';
import { serveStatic } from '#host/static.ts';
import { type Figure, kilobytes, print, seconds, spread } from '../support/bench-table.ts';
import { BASE, DIST, gzipped, loaded, readPages } from '../support/site.ts';

/** What the practice shell weighs, how soon it can be typed into, and how long a line takes. Measures the built site in dist. */

const RUNS = 5;
const LAB = 'read-an-image';
const SHELL_BYTES = 400 * 1_024;
const OURS_BYTES = 120 * 1_024;
const PAGE_BYTES = 20 * 1_024;
/** The script of the worker, and what it loads at once. */
const SIMULATOR = '_astro/{worker,session}-*.js';
const LINES = [
  'echo one',
  'skopeo inspect --raw docker://quay.io/bootc-devel/fedora-bootc-45-standard:latest | jq .manifests[].digest',
  'kubectl get pipelineruns.tekton.dev -n bootc-tenant',
  'for n in {1..200}; do echo $n; done | sort -n | tail -1',
];

function overTheWire(): Figure[] {
  const shell = sum('_astro/shell-*.js');
  const ours = sum(SIMULATOR);
  const clients = clientsOf(globSync(SIMULATOR, { cwd: DIST })).map(weight);
  const later = clients.reduce((total, bytes) => total + bytes, 0);
  const world = Math.max(...files('labs/*/start.json'));
  const scripts = readPages()
    .filter(({ path }) => path.startsWith('labs/'))
    .map((page) => loaded(page).scripts.reduce((total, src) => total + weight(src.slice(BASE.length)), 0));
  const most = Math.max(...scripts);
  const rest = ours + world;
  return [
    {
      what: 'a lab’s page, scripts before it is opened',
      figure: kilobytes(most),
      goal: `≤ ${kilobytes(PAGE_BYTES)}`,
      isMet: most <= PAGE_BYTES,
    },
    {
      what: 'shell and libraries',
      figure: kilobytes(shell),
      goal: `≤ ${kilobytes(SHELL_BYTES)}`,
      isMet: shell <= SHELL_BYTES,
    },
    { what: 'simulator', figure: kilobytes(ours) },
    { what: 'the largest world', figure: kilobytes(world) },
    {
      what: 'simulator and world, loaded when it is opened',
      figure: kilobytes(rest),
      goal: `≤ ${kilobytes(OURS_BYTES)}`,
      isMet: rest <= OURS_BYTES,
    },
    {
      what: 'clients, each loaded when it is first called: all, the largest part',
      figure: `${kilobytes(later)}, ${kilobytes(Math.max(...clients))}`,
    },
    {
      what: 'simulator, world and every client',
      figure: kilobytes(rest + later),
      goal: `≤ ${kilobytes(OURS_BYTES)}`,
      isMet: rest + later <= OURS_BYTES,
    },
  ];
}

/** Files that the worker loads later, and those that they load. */
function clientsOf(names: readonly string[]): string[] {
  const found = new Set<string>();
  const read = (name: string) => {
    for (const [, file = ''] of readFileSync(join(DIST, name), 'utf8').matchAll(/["'`]\.\/([\w.-]+\.js)["'`]/g)) {
      const path = `_astro/${file}`;
      if (file.startsWith('shell-') || names.includes(path) || found.has(path)) continue;
      found.add(path);
      read(path);
    }
  };
  names.forEach(read);
  return [...found];
}

const files = (pattern: string): number[] => globSync(pattern, { cwd: DIST }).map(weight);
const sum = (pattern: string): number => files(pattern).reduce((total, bytes) => total + bytes, 0);
const weight = (path: string): number => gzipped(readFileSync(join(DIST, path), 'utf8'));

print('The practice shell over the wire, gzip', overTheWire());
print('The practice shell at work', await atWork());

async function atWork(): Promise<Figure[]> {
  const served = await serveStatic(DIST, { base: BASE });
  const path = findBrowser(
    thisMachine(() => undefined),
    chromium.executablePath(),
  )?.path;
  const browser = await chromium.launch({ ...(path ? { executablePath: path } : {}), args: ['--no-sandbox'] });
  const opened: number[] = [];
  const took = new Map<string, number[]>(LINES.map((line) => [line, []]));
  try {
    for (let run = 0; run < RUNS; run++) {
      const page = await browser.newPage();
      await page.goto(`${served.url}labs/${LAB}/`);
      const began = performance.now();
      await page.locator('[data-open]').click();
      await page.locator('#lab-line').waitFor();
      opened.push(performance.now() - began);
      for (const line of LINES) took.get(line)?.push(await timeOf(page, line));
      await page.close();
    }
  } finally {
    await browser.close();
    await served.close();
  }
  return [
    { what: 'from the click to the prompt', figure: spread(opened).text(seconds) },
    ...LINES.map((line) => ({
      what: `\`${line.replaceAll('|', '\\|')}\``,
      figure: spread(took.get(line) ?? []).text(seconds),
    })),
  ];
}

/** From Enter until the next line can be typed. */
async function timeOf(page: Page, line: string): Promise<number> {
  const field = page.locator('#lab-line');
  await field.fill(line);
  const began = performance.now();
  await field.press('Enter');
  await page.locator('[data-console] [data-run]:enabled').waitFor();
  return performance.now() - began;
}
