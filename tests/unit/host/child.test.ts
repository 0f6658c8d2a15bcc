import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { run } from '#host/child.ts';
import { scratch } from '../../support/remote.ts';

test('gives exit code and output of a program', async () => {
  const ended = await run('sh', ['-c', 'echo out; echo err >&2; exit 3'], { capture: true });
  expect(ended).toMatchObject({ code: 3, output: expect.stringContaining('out\n') });
  expect(ended.output).toContain('err\n');
});

test('gives 127 for a program that is not there', async () => {
  expect((await run('no-such-program', [], { capture: true })).code).toBe(127);
});

test('gives 124 and ends the program when its time is over', async () => {
  expect(await run('sleep', ['60'], { capture: true, timeoutMs: 100 })).toMatchObject({ code: 124 });
});

test('ends the servers that a program left behind', async () => {
  const file = join(scratch(), 'pid');
  await run('sh', ['-c', `sleep 60 & echo $! > ${file}`], { capture: true });
  const pid = Number(readFileSync(file, 'utf8'));
  for (let n = 0; n < 100 && isAlive(pid); n++) await wait(20);
  expect(isAlive(pid)).toBe(false);
});

test('does not wait for a daemon that has left the group and holds its pipe', async () => {
  const program =
    'const { spawn } = require("node:child_process");' +
    'console.log(spawn("sleep", ["20"], { detached: true, stdio: ["ignore", 1, 2] }).pid);';
  const { code, output, ms } = await run(process.execPath, ['-e', `${program}process.exit(0)`], { capture: true });
  process.kill(Number(output), 'SIGKILL');
  expect(code).toBe(0);
  expect(ms).toBeLessThan(10_000);
});

test('stops a program that floods us, and says so', async () => {
  const { code, output } = await run('yes', ['a'.repeat(1_000)], { capture: true, timeoutMs: 30_000 });
  expect(code).toBe(137);
  expect(output.length).toBeLessThan(65 * 2 ** 20);
  expect(output.slice(-100)).toContain('it printed more than');
}, 40_000);

function isAlive(pid: number): boolean {
  const status = `/proc/${pid}/status`;
  if (existsSync('/proc/self/status')) return existsSync(status) && !/State:\s+Z/.test(readFileSync(status, 'utf8'));
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
