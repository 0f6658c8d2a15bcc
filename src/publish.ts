import type { Snapshot } from '#status/model.ts';

/** Stops a build that is meant for publication when all it has is a pretend world. */
export function refuseSample(mode: Snapshot['mode'], env: Readonly<Record<string, string | undefined>>): void {
  if (env['SLIPWAY_PUBLISH'] !== '1' || mode !== 'sample') return;
  throw new Error(
    'SLIPWAY_PUBLISH=1 and there is only sample data: a pretend world must not be published. Run "npm run snapshot" where quay.io can be reached, then build again.',
  );
}
