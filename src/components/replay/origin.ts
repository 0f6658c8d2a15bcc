import type { Recording } from '#pipeline/recording.ts';
import { instantText } from '#status/text/dates.ts';
import type { Fact } from '#status/text/provenance.ts';
import { safeLink, visible } from '#status/text/words.ts';

/** Where a recording comes from, in words. */

/** Who tells it, and whether that was checked. */
export function originText({ origin, isVerified }: Pick<Recording, 'origin' | 'isVerified'>): string {
  if (origin === 'cluster') return 'As the cluster told of its PipelineRun and TaskRuns; nobody signed it.';
  return isVerified
    ? 'From the signed attestation of this image; its signature was verified.'
    : 'From the attestation of this image; its signature was not verified.';
}

/** The pipeline, its run and its source; `walk` leads to the walkthrough of that pipeline. */
export function originFacts(recording: Recording, walk: string | null): Fact[] {
  const { pipeline, run, namespace, logUrl, startedAt, finishedAt, params, image } = recording;
  const fact = (what: string, text: string | null | undefined, href: string | null = null): Fact => ({
    what,
    text: text ? visible(text) : 'not recorded',
    href,
  });
  const time = (at: string | null) => (at ? instantText(at) : 'not recorded');
  return [
    fact('Pipeline', pipeline, walk),
    fact('Run', run && (namespace ? `${run} in ${namespace}` : run), safeLink(logUrl)),
    fact('Began and ended', startedAt || finishedAt ? `${time(startedAt)} → ${time(finishedAt)}` : null),
    fact('Commit', params['revision']),
    fact('Image', image ?? 'none: it gave no image'),
  ];
}
