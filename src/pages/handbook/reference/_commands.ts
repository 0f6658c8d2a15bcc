import { type ClientGroup, clientGroups } from '#handbook/reference/commands.ts';
import { readShell } from '#host/shell.ts';
import { readLabs } from '../../labs/_data.ts';
import { readRunbooks } from '../../runbooks/_data.ts';

/** Every command of the runbooks and the labs. */
export async function readCommands(): Promise<ClientGroup[]> {
  const [{ runbooks, record }, { labs }, shell] = await Promise.all([readRunbooks(), readLabs(), readShell()]);
  return clientGroups(runbooks, labs, record, shell);
}
