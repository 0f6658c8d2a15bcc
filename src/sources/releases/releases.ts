import { asSourceError } from '#sources/error.ts';
import type { Context } from '#sources/pass.ts';
import { describeRelease } from '#status/lifecycle.ts';
import type { Release } from '#status/model.ts';

/** The watched releases, as Bodhi and endoflife.date tell of them; with one voice missing, what was known counts for more. */
export async function askReleases({ clients, watch, previous, nowMs, only, report }: Context): Promise<Release[]> {
  const ask = async <T>(source: 'bodhi' | 'endoflife', question: () => Promise<T[]>): Promise<T[] | null> => {
    if (!only.has(source)) return null;
    try {
      return await report.asked(source, question());
    } catch (error) {
      const { kind, message } = asSourceError(error);
      report.problem(source, null, kind, message);
      return null;
    }
  };
  const [bodhi, endoflife] = await Promise.all([ask('bodhi', clients.bodhi), ask('endoflife', clients.endoflife)]);
  const ids = [...new Set(watch.targets.map(({ release }) => release))];
  return ids.map((id) => {
    const before = previous?.releases.find((release) => release.id === id);
    const described = describeRelease(id, bodhi ?? [], endoflife ?? [], watch.file, nowMs);
    // With one voice missing, what both said before is worth more than what is left.
    const isWeaker = (!bodhi || !endoflife) && before && before.state !== 'unknown';
    return isWeaker && !bodhi ? { ...before, name: described.name } : described;
  });
}
