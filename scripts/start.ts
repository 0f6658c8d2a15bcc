import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onStop, run } from '#host/child.ts';
import { progress } from '#host/progress.ts';
import { checkPort, inputsOf, isBuilt, markBuilt } from '#host/site.ts';
import { type Served, serveStatic } from '#host/static.ts';

/** Refresh, build, serve: the site on this machine, with or without a network. */

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');
const DIST = join(ROOT, 'dist');
const HOST = process.env['SLIPWAY_HOST'] || '127.0.0.1';

async function main(): Promise<void> {
  const port = Number(process.env['PORT'] || 4321);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`PORT is "${process.env['PORT']}", which is no port. Write a number from 1 to 65535.`);
  let served: Served | undefined;
  onStop(async () => {
    await served?.close();
    return served && 0;
  });
  await checkPort(port, HOST);
  await refresh();
  await build();
  served = await serveStatic(DIST, { base: process.env['BASE'] || '/', port, host: HOST });
  console.log(`Slipway is at ${served.url} (Ctrl-C stops it)`);
}

/** Without any answer the site shows what was known, or the sample, and says so itself. */
async function refresh(): Promise<void> {
  const { code } = await run(process.execPath, ['--import', './scripts/cache.mjs', 'scripts/snapshot.ts'], {
    cwd: ROOT,
  });
  if (code === 0) return;
  if (code !== 1) throw new Error(`The refresh ended with code ${code}. Mend what it names above and start again.`);
  console.log('refresh: no source answered; the site shows what is known, or sample data, and says so on its pages');
}

async function build(): Promise<void> {
  const inputs = await inputsOf(ROOT, process.env);
  if (await isBuilt(DIST, inputs)) return console.log('build: nothing has changed, dist is as it should be');
  const shown = progress('Building');
  const begin = performance.now();
  const seconds = () => `${((performance.now() - begin) / 1000).toFixed(0)} s`;
  const ticking = setInterval(() => shown.step(0, 1, seconds()), 500);
  const astro = join(ROOT, 'node_modules/astro/bin/astro.mjs');
  const { code, output } = await run(process.execPath, [astro, 'build'], { cwd: ROOT, capture: true });
  clearInterval(ticking);
  shown.end();
  if (code !== 0) throw new Error(`${output}\nThe build ended with code ${code}. Its last lines above name the cause.`);
  await markBuilt(DIST, inputs);
  console.log(`build: done in ${seconds()}`);
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
