import { readFile, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { doubleOf } from '#doubles/index.ts';

/** A double as a program: `double-main.ts TOOL CLOCK ARGUMENT…`. */

const [tool = '', clock = '', ...args] = process.argv.slice(2);
const standIn = doubleOf(tool);
if (standIn) {
  process.exitCode = await standIn(args, {
    stdin: () => text(process.stdin),
    out: (printed) => process.stdout.write(printed),
    err: (printed) => process.stderr.write(printed),
    readFile: (path) => readFile(path),
    writeFile: (path, content) => writeFile(path, content),
    env: process.env,
    fetch,
    nowMs: Number(await readFile(clock, 'utf8')),
  });
} else {
  process.stderr.write(`There is no double of ${tool}.\n`);
  process.exitCode = 127;
}
