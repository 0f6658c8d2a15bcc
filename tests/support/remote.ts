import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Keeping } from '#host/writer.ts';
import { mergeHistory } from '#status/history.ts';

/** A folder that is gone when the test is over. */
export function scratch(): string {
  const dir = mkdtempSync(join(tmpdir(), 'slipway-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));
  return dir;
}

/** A bare repository and clones of it in temporary folders. */

export interface Remote {
  url: string;
  /** A clone with its own `content/status`, filled with these files. */
  writer: (files: Record<string, string>) => Keeping;
  show: (path: string) => string;
  commits: () => number;
  /** Installs a hook of the bare repository. */
  hook: (name: string, script: string) => void;
}

export function bareRemote(): Remote {
  const home = scratch();
  const url = join(home, 'remote.git');
  const git = (cwd: string, ...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  git(home, 'init', '--quiet', '--bare', '--initial-branch=main', url);
  let clones = 0;
  return {
    url,
    writer: (files) => {
      const clone = join(home, `clone-${clones++}`);
      git(home, 'init', '--quiet', '--initial-branch=main', clone);
      git(clone, 'commit', '--quiet', '--allow-empty', '--message', 'start');
      git(clone, 'remote', 'add', 'origin', url);
      const dir = join(clone, 'content/status');
      mkdirSync(dir, { recursive: true });
      for (const [path, text] of Object.entries(files)) put(join(dir, path), text);
      return { clone, dir, remote: 'origin', branch: 'status', mergeHistory };
    },
    show: (path) => git(url, 'show', `status:${path}`),
    commits: () => Number(git(url, 'rev-list', '--count', 'status')),
    hook: (name, script) => {
      const file = join(url, 'hooks', name);
      put(file, `#!/bin/sh\n${script}\n`);
      chmodSync(file, 0o755);
    },
  };
}

export function put(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** A snapshot as far as the writer reads it. */
export function snapshotAt(generatedAt: string): string {
  return `${JSON.stringify({ schema: 1, generatedAt })}\n`;
}

/** One event of 2026-11-21 as a line of its day's file; `n` makes its id. */
export function eventLine(n: number): string {
  const at = `2026-11-21T00:00:${String(n).padStart(2, '0')}.000Z`;
  const id = n.toString(16).padStart(32, '0');
  return mergeHistory(
    '',
    JSON.stringify({ schema: 1, at, observedAt: at, id, type: 'source.up', target: null, source: 'quay' }),
  );
}
