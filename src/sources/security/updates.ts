import { z } from 'zod';
import { SourceError } from '#sources/error.ts';
import type { Http } from '#sources/http.ts';
import { readJson } from '#sources/read.ts';
import { splitNvr, type Update } from '#status/advisory.ts';
import { safeLink } from '#status/text/words.ts';
import { GRADES } from '#status/vulnerability.ts';

/** Bodhi: the security updates that Fedora has pushed to a release. */
// What is asked for here is held against the real Bodhi by the assumption `bodhi.updates`.

const MAX_BYTES = 5 << 20;
const MAX_PAGES = 100;
/** Every update comes with all its comments, and no parameter leaves them out: pages must be short. */
const ROWS = 40;

const Moment = z
  .string()
  .transform((text) => `${text.replace(' ', 'T')}Z`)
  .pipe(z.iso.datetime())
  .nullish()
  .catch(null);
const WireBuild = z.object({ nvr: z.string().max(300), epoch: z.int().min(0).nullish(), type: z.string().nullish() });
const WireUpdate = z.object({
  alias: z.string().min(1).max(300),
  type: z.string(),
  status: z.string(),
  severity: z.enum(GRADES).catch('unspecified'),
  url: z.string().max(500).nullish(),
  date_stable: Moment,
  builds: z.array(WireBuild),
});
const Page = z.object({ updates: z.array(WireUpdate), total: z.int().min(0) });
type Page = z.infer<typeof Page>;

/** Stable security updates of a release by Bodhi's name for it, `F45`: all, or those pushed since an instant. */
export type Updates = (release: string, since: string | null) => Promise<Update[]>;

/** Security updates as the Bodhi at `address` lists them; throws when its pages do not end. */
export function updates(http: Http, address: string): Updates {
  return async (release, since) => {
    const query = {
      ...{ releases: release, type: 'security', status: 'stable' },
      ...(since ? { pushed_since: since } : {}),
    };
    const found = new Map<string, Update>();
    let rows = 0;
    for (let number = 1; number <= MAX_PAGES; number++) {
      const page = await read(http, `${address}/updates/`, query, ROWS, number);
      for (const one of page.updates) {
        if (one.type === 'security' && one.status === 'stable') found.set(one.alias, updateOf(one, address));
      }
      rows += page.updates.length;
      if (number * ROWS < page.total && page.updates.length > 0) continue;
      // What is left out would look as if it were in every image.
      if (rows < page.total)
        throw new SourceError(
          'bodhi',
          'unreadable',
          `${release} has ${page.total} security updates, listed are ${rows}`,
        );
      return [...found.values()];
    }
    throw new SourceError('bodhi', 'endless', `the security updates of ${release} have over ${MAX_PAGES} pages`);
  };
}

/** One page; where it is too large or too slow, its halves. */
async function read(
  http: Http,
  url: string,
  query: Record<string, string>,
  rows: number,
  number: number,
): Promise<Page> {
  const address = `${url}?${new URLSearchParams({ ...query, rows_per_page: String(rows), page: String(number) })}`;
  try {
    return readJson(await http.ask(address, { source: 'bodhi', pace: 'free', maxBytes: MAX_BYTES }), 'bodhi', Page);
  } catch (error) {
    const isHeavy = error instanceof SourceError && (error.kind === 'too-large' || error.kind === 'timeout');
    if (!isHeavy || rows % 2 !== 0) throw error;
    const first = await read(http, url, query, rows / 2, number * 2 - 1);
    const second = await read(http, url, query, rows / 2, number * 2);
    return { updates: [...first.updates, ...second.updates], total: second.total };
  }
}

function updateOf(wire: z.infer<typeof WireUpdate>, address: string): Update {
  const { alias, severity, url, date_stable, builds } = wire;
  return {
    id: alias,
    severity,
    url: safeLink(url) ?? `${address}/updates/${encodeURIComponent(alias)}`,
    pushedAt: date_stable ?? null,
    builds: builds
      .filter(({ type }) => !type || type === 'rpm')
      .flatMap(({ nvr, epoch }) => {
        const split = splitNvr(nvr);
        return split ? [{ source: split.name, evr: epoch ? `${epoch}:${split.vr}` : split.vr }] : [];
      })
      .slice(0, 1_000),
  };
}
