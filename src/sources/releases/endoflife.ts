import { z } from 'zod';
import type { Http } from '#sources/http.ts';
import { readJson } from '#sources/read.ts';
import type { EndoflifeCycle } from '#status/lifecycle.ts';

/** endoflife.date: the second voice on when a release ends. */

const Day = z.iso.date().nullish().catch(null);
const Cycles = z.array(z.object({ cycle: z.string(), releaseDate: Day, eol: Day }));

/** Every Fedora release that it knows. */
export async function endoflife(http: Http, api: string): Promise<EndoflifeCycle[]> {
  const answer = await http.ask(`${api}/fedora.json`, { source: 'endoflife', pace: 'free', maxBytes: 1 << 20 });
  return readJson(answer, 'endoflife', Cycles).map(({ cycle, releaseDate, eol }) => ({
    cycle,
    releaseDate: releaseDate ?? null,
    eol: eol ?? null,
  }));
}
