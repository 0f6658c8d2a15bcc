import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** npm run bench -- [NAME …]: measures, and prints each figure beside its goal. */

const BENCHES = new URL('../tests/bench/', import.meta.url);
const known = readdirSync(BENCHES)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.replace('.ts', ''))
  .toSorted();
const asked = process.argv.slice(2);
const strange = asked.filter((name) => !known.includes(name));

if (strange.length > 0) {
  console.error(`There is no bench called "${strange.join('", "')}".\nUse: npm run bench -- [${known.join('] [')}]`);
  process.exitCode = 2;
} else {
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores, Node ${process.versions.node}`,
  );
  for (const name of asked.length > 0 ? asked : known) {
    const { status } = spawnSync(process.execPath, [new URL(`${name}.ts`, BENCHES).pathname], { stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
}
