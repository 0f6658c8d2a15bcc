import type { CommandIo } from '#practice/command.ts';

/** The file in which image tools keep who has signed in to a registry. */

export interface Login {
  user: string;
  /** `user:password` in base64. */
  auth: string;
}

const pathOf = ({ env }: CommandIo): string =>
  env['REGISTRY_AUTH_FILE'] ?? `${env['HOME']}/.config/containers/auth.json`;

async function authsOf(io: CommandIo): Promise<Record<string, { auth?: unknown }>> {
  if (!(await io.files.exists(pathOf(io)))) return {};
  const value: unknown = JSON.parse(new TextDecoder().decode(await io.files.read(pathOf(io))));
  const auths = typeof value === 'object' && value !== null && 'auths' in value ? value.auths : {};
  return typeof auths === 'object' && auths !== null ? { ...auths } : {};
}

/** Who has signed in to a registry; null for nobody. */
export async function loginTo(io: CommandIo, host: string): Promise<Login | null> {
  const auth = (await authsOf(io))[host]?.auth;
  return typeof auth === 'string' ? { user: atob(auth).split(':')[0] ?? '', auth } : null;
}

/** Whether there was somebody to forget. */
export async function forgetLogin(io: CommandIo, host: string): Promise<boolean> {
  const { [host]: gone, ...left } = await authsOf(io);
  if (gone === undefined) return false;
  await io.files.write(pathOf(io), `${JSON.stringify({ auths: left }, null, '\t')}`);
  return true;
}
