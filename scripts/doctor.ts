/** `npm run doctor -- [--targets FILE] [--out DIR] [--max-age 24h]`: holds what the simulator assumes against the real services. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { clock } from '#host/clock.ts';
import { readDoctor, writeAtomic } from '#host/store.ts';
import { transport } from '#host/transport.ts';
import { clients } from '#sources/clients.ts';
import { inMemory } from '#sources/content.ts';
import { examine } from '#sources/examine.ts';
import { parseTargets } from '#status/parse.ts';
import { durationMs, iso } from '#status/time.ts';

const LIMIT_MS = 30_000;
const MARK = {
  holds: styleText('green', 'holds'),
  differs: styleText('red', 'differs'),
  'could-not-ask': 'could not ask',
};

const { values } = parseArgs({
  options: {
    targets: { type: 'string', default: 'content/status/targets.yaml' },
    out: { type: 'string', default: 'content/status' },
    'max-age': { type: 'string', default: '0' },
  },
});
const report = join(values.out, 'doctor.json');
const last = await readDoctor(report);
const maxAgeMs = values['max-age'] === '0' ? 0 : durationMs(values['max-age']);
if (last && Date.now() - Date.parse(last.at) < maxAgeMs) {
  console.log(`The doctor was here ${last.at}; it is asked again after ${values['max-age']}.`);
  process.exit(0);
}
const watch = parseTargets(await readFile(values.targets, 'utf8'), values.targets, process.env);
const network = transport();
const deadline = setTimeout(() => {
  console.error('The services did not answer within 30 seconds. Check the network and run "npm run doctor" again.');
  process.exit(1);
}, LIMIT_MS);
const nowMs = clock.now();
const surroundings = { ...network, clock, content: inMemory(), services: watch.file.services, env: process.env };
const results = await examine({
  clients: clients(surroundings),
  targets: watch.targets,
  isMultiplexed: network.isMultiplexed,
  nowMs,
});
clearTimeout(deadline);
await network.close();

for (const { id, what, outcome, detail, pages } of results) {
  const affected = outcome === 'differs' && pages.length > 0 ? ` (affects ${pages.join(', ')})` : '';
  console.log(`${MARK[outcome]}  ${id}: ${what}: ${detail}${affected}`);
}
const count = (outcome: string) => results.filter((one) => one.outcome === outcome).length;
console.log(`${count('holds')} hold, ${count('differs')} differ, ${count('could-not-ask')} could not be asked`);
await writeAtomic(report, `${JSON.stringify({ at: iso(nowMs), results }, null, 1)}\n`);
process.exitCode = count('differs') > 0 ? 1 : 0;
