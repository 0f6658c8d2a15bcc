import { type CommandIo, NotSimulated } from '#practice/command.ts';
import { type GitWire, wireAddress } from '#sim/forges/git-wire.ts';
import type { GitPush } from '#sim/forges/repositories.ts';
import { fatal } from './fail.ts';
import { bare, type Clone, type Store } from './store.ts';

/** Speaks with the pretend forges. */

/** What a remote holds; an error in git's words where there is none. */
export async function ask(io: CommandIo, remote: string): Promise<GitWire> {
  const answer = await io.fetch(addressOf(remote));
  if (answer.ok) {
    const wire: GitWire = await answer.json();
    return { ...wire, branches: bare(wire.branches) };
  }
  io.err(`remote: The sample world has no ${remote.replace(/^https:\/\//, '').replace(/(\.git)?\/*$/, '')}.        \n`);
  throw fatal(`repository '${remote.replace(/\/*$/, '')}/' not found`);
}

/** Gives what the forge says of a push. */
export async function tell(io: CommandIo, remote: string, push: GitPush): Promise<string[]> {
  const answer = await io.fetch(addressOf(remote), { method: 'POST', body: JSON.stringify(push) });
  const told: { lines?: string[]; message?: string } = await answer.json();
  return told.lines ?? [`sample: ${told.message}`];
}

/** Rejects what is no address, or one that needs more than a browser has. */
export function checkAddress(remote: string): void {
  if (/^https?:\/\//.test(remote)) return;
  if (/^[\w.-]+(@[\w.-]+)?:|^\w+:\/\//.test(remote)) throw new NotSimulated(`git at ${remote}: write https://`);
  throw fatal(`repository '${remote}' does not exist`);
}

/** Rejects every remote but `origin`, which a clone begins with. */
export function checkRemote({ store }: Pick<Clone, 'store'>, name = 'origin'): void {
  if (name === 'origin' || name === store.remote) return;
  throw fatal(
    `'${name}' does not appear to be a git repository\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.`,
  );
}

function addressOf(remote: string): string {
  const address = wireAddress(remote);
  if (address !== null) return address;
  const [, host] = /^https?:\/\/([^/]+)/.exec(remote) ?? [];
  if (host === undefined) throw fatal(`repository '${remote}' does not exist`);
  throw fatal(`unable to access '${remote.replace(/\/*$/, '')}/': the practice shell reaches only its pretend forges`);
}

export function takeIn(store: Store, { commits, blobs }: GitWire): void {
  Object.assign(store.blobs, blobs);
  for (const commit of commits) store.commits[commit.id] = commit;
}
