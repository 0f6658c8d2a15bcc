import { offsetMs } from '#sim/clock.ts';
import type { KubeObject } from '#sim/kube/kind.ts';
import type { Images, Pushed } from './images.ts';
import type { LiveRun } from './live.ts';
import { outputOf, paramOf, paramsOf, platformsOf } from './spec.ts';

/** The image that a build has made, where its PipelineRun says that it goes. */
export const pushOf =
  (images: Images) =>
  async (run: KubeObject, live: LiveRun, atMs: number): Promise<Pushed | null> => {
    const output = outputOf(run);
    if (!output) return null;
    const [, compose] =
      /^REPOS_IMAGE=(.*)$/.exec(paramsOf(run, 'build-args').find((arg) => /^REPOS/.test(arg)) ?? '') ?? [];
    const repos = compose ? await images.ancestorOf(compose, atMs) : null;
    const expires = paramOf(run, 'image-expires-after');
    return images.push(
      live,
      {
        ...output,
        commit: paramOf(run, 'revision'),
        arches: platformsOf(run).arches,
        labels: Object.fromEntries(
          paramsOf(run, 'labels').map((row) => [row.replace(/=.*$/s, ''), row.replace(/^[^=]*=/, '')]),
        ),
        expiresMs: /^\d+[dhm]$/.test(expires) ? atMs + offsetMs(expires) : null,
        inputs: repos ? { compose: repos } : {},
      },
      atMs,
    );
  };
