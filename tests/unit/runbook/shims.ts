import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOOLS } from '#runbook/model.ts';

/** Scripts run where every program only writes down how it was called. */

export interface Seen {
  /** Each call as the name, its words and what it was handed on standard input; sorted, for those of a pipe run at once. */
  calls: string[];
  /** What lies in the folder afterwards. */
  files: string[];
}

/** Separates words, and calls. */
const UNIT = '\u001f';
const END = '\u001e';

/** Writes itself down; what a client prints would differ from machine to machine, so it prints nothing. */
const SHIM = `#!/bin/dash
in=$(/bin/cat)
IFS=$(printf '\\037')
printf '%s\\037%s\\037<%s\\036' "\${0##*/}" "$*" "$in" >>"$CALLS"
`;
/** Writes itself down, and does its work. */
const passing = (path: string) => `#!/bin/dash
old=$IFS
IFS=$(printf '\\037')
printf '%s\\037%s\\036' "\${0##*/}" "$*" >>"$CALLS"
IFS=$old
exec ${path} "$@"
`;
/** Their answers differ from run to run, or take time. */
const SILENT = ['date', 'mktemp', 'sleep'];

/** Runs each text in bash, in an empty folder of its own; all in one process. */
export function seenIn(texts: readonly string[], programs: readonly string[]): Seen[] {
  const root = mkdtempSync(join(tmpdir(), 'slipway-shims-'));
  try {
    const bin = shims(root, programs);
    for (const [at, text] of texts.entries()) {
      mkdirSync(join(root, `${at}`));
      writeFileSync(join(root, `${at}.sh`), `${text}\n`);
      writeFileSync(join(root, `${at}.calls`), '');
    }
    const driver = `for at in $(seq 0 ${texts.length - 1}); do
      cd "${root}/$at" || exit 1
      HOME=$PWD TMPDIR=$PWD CALLS=${root}/$at.calls PATH=${bin} /usr/bin/timeout 20 /bin/bash ../$at.sh </dev/null >/dev/null 2>&1
    done`;
    const { status, stderr } = spawnSync('bash', ['-c', driver], { encoding: 'utf8' });
    if (status === 1 && stderr !== '') throw new Error(stderr);
    return texts.map((_, at) => seen(root, at));
  } finally {
    rmSync(root, { recursive: true });
  }
}

function shims(root: string, programs: readonly string[]): string {
  const bin = join(root, 'bin');
  mkdirSync(bin);
  for (const name of new Set([...TOOLS, ...SILENT, ...programs])) {
    const real = ['/usr/bin', '/bin'].map((folder) => `${folder}/${name}`).find((path) => existsSync(path));
    const isPlain = !TOOLS.some((tool) => tool === name) && !SILENT.includes(name);
    if (isPlain && real === undefined) continue;
    writeFileSync(join(bin, name), isPlain ? passing(real ?? '') : SHIM);
    chmodSync(join(bin, name), 0o755);
  }
  if (!existsSync(join(bin, 'bash'))) symlinkSync('/bin/bash', join(bin, 'bash'));
  return bin;
}

function seen(root: string, at: number): Seen {
  const calls = readFileSync(join(root, `${at}.calls`), 'utf8').replaceAll(join(root, `${at}`), '.');
  return {
    calls: calls
      .split(END)
      .slice(0, -1)
      .map((call) => call.replaceAll(UNIT, ' | '))
      .sort(),
    files: readdirSync(join(root, `${at}`), { recursive: true, encoding: 'utf8' }).sort(),
  };
}
