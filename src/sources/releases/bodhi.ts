import { z } from 'zod';
import { SourceError } from '#sources/error.ts';
import type { Http } from '#sources/http.ts';
import { readJson } from '#sources/read.ts';
import type { BodhiRelease } from '#status/lifecycle.ts';

/** Bodhi: the state and the end of each Fedora release. */

const MAX_BYTES = 2 << 20;
const MAX_PAGES = 20;

const WireRelease = z.object({
  name: z.string(),
  version: z.string(),
  id_prefix: z.string(),
  branch: z.string().nullish(),
  state: z.enum(['disabled', 'pending', 'frozen', 'current', 'archived']),
  eol: z.iso.date().nullish().catch(null),
});
const Page = z.object({ releases: z.array(WireRelease), page: z.int(), pages: z.int() });

/** All releases of Fedora itself and of ELN; Bodhi also lists containers, flatpaks, modules and EPEL. */
export async function bodhi(http: Http, address: string): Promise<BodhiRelease[]> {
  const found: BodhiRelease[] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const url = `${address}/releases/?rows_per_page=100&page=${page}`;
    const answer = readJson(await http.ask(url, { source: 'bodhi', pace: 'free', maxBytes: MAX_BYTES }), 'bodhi', Page);
    for (const { name, version, branch, state, eol } of answer.releases) {
      if (/^F\d+$/.test(name) || name === 'ELN')
        found.push({
          name,
          version: name === 'ELN' ? 'eln' : version,
          branch: branch ?? null,
          state,
          eol: eol ?? null,
        });
    }
    if (page >= answer.pages) return found;
  }
  throw new SourceError('bodhi', 'endless', `${address}/releases/ has over ${MAX_PAGES} pages`);
}
