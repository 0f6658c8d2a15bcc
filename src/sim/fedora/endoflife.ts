import type { Place } from '#sim/place.ts';
import { reply, unknown } from '#sim/reply.ts';
import type { World } from '#world/model.ts';

/** endoflife.date's page on Fedora. */
// assumes: endoflife.fedora

/** Answers `GET /api/fedora.json`. */
export function endoflife(world: World): (request: Request, place: Place) => Response {
  const cycles = world.releases.flatMap(({ version, endoflife: said }) =>
    said
      ? [
          {
            cycle: version,
            releaseDate: said.releaseDate,
            eol: said.eol,
            latest: version,
            latestReleaseDate: said.releaseDate,
            lts: false,
          },
        ]
      : [],
  );
  return (request, { path }) => (/^(\/api)?\/fedora\.json$/.test(path) ? reply(cycles) : unknown(request));
}
