import type { Blocker } from '#status/blocker.ts';
import type { Context } from './pass.ts';

/** Open issues, merge requests and releases that matter to us, from GitHub and GitLab. */
export async function askForges({ previous }: Context): Promise<Blocker[]> {
  return previous?.blockers ?? [];
}
