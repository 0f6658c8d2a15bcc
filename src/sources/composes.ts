import type { Compose, Stream } from '#status/compose.ts';
import type { Context } from './pass.ts';

/** Fedora's newest composes and CoreOS's streams. */
export async function askComposes({ previous }: Context): Promise<{ composes: Compose[]; streams: Stream[] }> {
  return { composes: previous?.composes ?? [], streams: previous?.streams ?? [] };
}
