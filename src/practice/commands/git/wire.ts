import type { CommandIo } from '#practice/command.ts';
import { type GitWire, wireAddress } from '#sim/forges/git-wire.ts';
import type { GitPush } from '#sim/forges/repositories.ts';
import { fatal } from './fail.ts';
import type { Store } from './store.ts';

/** Speaks with the pretend forges. */

/** What a remote holds; an error in git's words where there is none. */
export async function ask(io: CommandIo, remote: string): Promise<GitWire> {
  const answer = await io.fetch(addressOf(remote));
  if (answer.ok) return answer.json();
  io.err(`remote: The sample world has no ${remote.replace(/^https:\/\//, '').replace(/(\.git)?\/*$/, '')}.        \n`);
  throw fatal(`repository '${remote.replace(/\/*$/, '')}/' not found`);
}

/** Gives what the forge says of a push. */
export async function tell(io: CommandIo, remote: string, push: GitPush): Promise<string[]> {
  const answer = await io.fetch(addressOf(remote), { method: 'POST', body: JSON.stringify(push) });
  const told: { lines?: string[]; message?: string } = await answer.json();
  return told.lines ?? [`sample: ${told.message}`];
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
