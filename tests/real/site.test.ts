import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { run } from '#host/child.ts';
import { parseTargets } from '#status/parse.ts';
import { lacking, realTest } from '../support/needs.ts';
import { skopeo } from '../support/registry.ts';
import { type Harbour, harbour } from './harbour.ts';
import { WITHOUT_S390X } from './image.ts';
import { seenIn } from './kept.ts';
import { type Witness, witness } from './witness.ts';

/** The site, built for publication from what a refresh of the whole matrix has found in a real registry. */

const FILE = 'content/status/targets.yaml';
const SHOWN = ['development/standard/45', WITHOUT_S390X, 'mirror/standard/45', 'community/silverblue/44'];
const { targets } = parseTargets(readFileSync(FILE, 'utf8'), FILE);

let port: Harbour;
let site: string;
let status: string;

beforeAll(async () => {
  if (lacking) return;
  port = await harbour(FILE);
  // A folder that is named stays, to be looked at.
  site = process.env['SLIPWAY_REAL_SITE'] ?? port.folder();
  status = port.folder();
  const { code, stderr } = await port.refresh(status, port.folder());
  if (code !== 0) throw new Error(stderr);
  // Not our own environment: the runner of the tests puts a SITE and more into it.
  const { PATH, HOME } = process.env;
  const env = { ...port.env, PATH, HOME, BASE: '/', SLIPWAY_STATUS_DIR: status, SLIPWAY_PUBLISH: '1' };
  const args = ['node_modules/astro/bin/astro.mjs', 'build', '--outDir', site];
  const built = await run(process.execPath, args, { env, capture: true, timeoutMs: 240_000 });
  if (built.code !== 0) throw new Error(built.output);
}, 360_000);

afterAll(() => port?.close());

function page(path: string): string {
  return readFileSync(join(site, path, 'index.html'), 'utf8');
}

async function told(id: string): Promise<Witness> {
  const target = targets.find((one) => one.id === id);
  if (!target) throw new Error(`${FILE} has no ${id}`);
  return witness(`${port.registry.host}/${target.repository}`, target.tag, target.arches);
}

realTest('the board shows live data: no page says that it is a sample, and all may be indexed', () => {
  for (const path of ['', 'status', 'status/sources', `status/images/${SHOWN[0]}`]) {
    expect(page(path)).not.toContain('Sample data.');
    expect(page(path)).not.toContain('noindex');
  }
});

realTest('the board leads to every planned target, and each has its page', () => {
  const board = page('status');
  for (const { id, plan } of targets) {
    if (plan !== 'not-planned') expect(board).toContain(`href="/status/images/${id}/"`);
    expect(existsSync(join(site, 'status/images', id, 'index.html')), id).toBe(true);
  }
});

for (const id of SHOWN) {
  realTest(`the page of ${id} shows the digests that skopeo prints, and how to pull that very image`, async () => {
    const { digest, arches } = await told(id);
    const html = page(`status/images/${id}`);
    expect(html).toContain(`@${digest}`);
    for (const arch of arches) expect(html).toContain(arch.digest ?? 'missing');
  });
}

realTest('the command on a page, run as it stands there, finds the image that the page shows', async () => {
  const command = /skopeo (inspect) (docker:\/\/[^\s"<]+)/.exec(page(`status/images/${SHOWN[0]}`));
  const [, verb = '', reference = ''] = command ?? [];
  const found = JSON.parse(await skopeo(verb, '--tls-verify=false', '--no-tags', reference));
  const { arches } = seenIn(status).images.find(({ id }) => id === SHOWN[0]) ?? { arches: [] };
  expect(reference).toContain(found.Digest);
  expect(arches.map(({ createdAt }) => createdAt)).toContain(new Date(found.Created).toISOString());
});

realTest('the public snapshot is the one that the refresh has written', () => {
  const shown = JSON.parse(readFileSync(join(site, 'status/v1/snapshot.json'), 'utf8'));
  const { mode, images, problems } = seenIn(status);
  expect(shown.mode).toBe('live');
  expect(shown.mode).toBe(mode);
  expect(shown.problems).toEqual(problems);
  const digests = (all: { id: string; digest: string | null }[]) => all.map(({ id, digest }) => [id, digest]);
  expect(digests(shown.images)).toEqual(digests(images));
});
