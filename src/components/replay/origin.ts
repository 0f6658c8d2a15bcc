import type { Recording } from '#pipeline/recording.ts';
import { instantText } from '#status/text/dates.ts';
import type { Fact } from '#status/text/provenance.ts';
import { safeLink, visible } from '#status/text/words.ts';

/** Where a recording comes from, in words. */

/** Who tells it, and whether that was checked. */
export function originText(
  t: App.Locals['t'],
  { origin, isVerified }: Pick<Recording, 'origin' | 'isVerified'>,
): string {
  if (origin === 'cluster') return t('replay.origin.cluster');
  return isVerified ? t('replay.origin.verified') : t('replay.origin.unverified');
}

/** The pipeline, its run and its source; `walk` leads to the walkthrough of that pipeline. */
export function originFacts(t: App.Locals['t'], recording: Recording, walk: string | null): Fact[] {
  const { pipeline, run, namespace, logUrl, startedAt, finishedAt, params, image } = recording;
  const fact = (what: string, text: string | null | undefined, href: string | null = null): Fact => ({
    what,
    text: text ? visible(text) : t('replay.notRecorded'),
    href,
  });
  const time = (at: string | null) => (at ? instantText(at) : t('replay.notRecorded'));
  return [
    fact(t('replay.fact.pipeline'), pipeline, walk),
    fact(t('replay.fact.run'), run && (namespace ? t('replay.fact.runIn', { run, namespace }) : run), safeLink(logUrl)),
    fact(t('replay.fact.times'), startedAt || finishedAt ? `${time(startedAt)} → ${time(finishedAt)}` : null),
    fact(t('replay.fact.commit'), params['revision']),
    fact(t('replay.fact.image'), image ?? t('replay.fact.noImage')),
  ];
}
