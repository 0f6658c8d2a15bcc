import { instant, offsetMs, stamp } from '#sim/clock.ts';
import { type Place, STREAMS } from '#sim/place.ts';
import { reply, text, unknown } from '#sim/reply.ts';
import type { Published, Run } from '#world/composes.ts';
import type { World } from '#world/model.ts';

/** Fedora's composes as kojipkgs serves them, and CoreOS's stream metadata. */
// assumes: compose.list, compose.status, streams.release

const ARCHES = ['aarch64', 'ppc64le', 's390x', 'x86_64'];

interface Tree {
  directory: string;
  id: string;
  beganMs: number;
  endedMs: number;
  word: string;
}

/** Answers requests to it; what is not pretended says so. */
export function compose(world: World) {
  const nowMs = Date.parse(world.now);
  const trees = (world.composes?.runs ?? []).flatMap((run) => treesOf(run, nowMs));
  const streams = world.composes?.streams ?? [];
  return (request: Request, place: Place, atMs: number): Response | Promise<Response> => {
    if (!world.composes) return unknown(request);
    if (place.host === STREAMS) return streamAnswer(request, place, streams, nowMs, atMs);
    const [, directory = '', name, file] = /^\/compose\/([a-z]+)\/(?:([^/]+)\/([A-Z_]+)?)?$/.exec(place.path) ?? [];
    const here = trees.filter((tree) => tree.directory === directory && tree.beganMs <= atMs);
    if (directory && name === undefined) return page(directory, here, atMs);
    const tree = named(here, name ?? '', atMs);
    if (!tree) return text('<h1>Not Found</h1>', 404, 'text/html');
    if (file === 'COMPOSE_ID') return dated(tree.id, tree.beganMs);
    const isRunning = atMs < tree.endedMs;
    // A status ends its line, as pungi writes it.
    if (file === 'STATUS')
      return dated(`${isRunning ? 'STARTED' : tree.word}\n`, isRunning ? tree.beganMs : tree.endedMs);
    return unknown(request);
  };
}

function treesOf(run: Run, nowMs: number): Tree[] {
  const stepMs = offsetMs(run.every ?? '');
  return Array.from({ length: run.count ?? 1 }, (_, index) => {
    const beganMs = nowMs + offsetMs(run.at) - index * stepMs;
    const id = run.id.replaceAll('{date}', stamp(beganMs).slice(0, 8));
    // Of a line that repeats, only the newest ended as it says.
    const word = index === 0 ? run.ended : 'FINISHED';
    return { directory: run.in, id, beganMs, endedMs: beganMs + offsetMs(run.took), word };
  });
}

/** A tree by its id, or by the link to the newest that has finished. */
function named(trees: readonly Tree[], name: string, atMs: number): Tree | null {
  if (!name.startsWith('latest-')) return trees.find(({ id }) => id === name) ?? null;
  const finished = trees.filter(({ id, endedMs, word }) => {
    const line = id.replace(/-\d{8}\..*$/, '');
    return endedMs <= atMs && word.startsWith('FINISHED') && name === `latest-${line}`;
  });
  return finished.toSorted((a, b) => b.beganMs - a.beganMs)[0] ?? null;
}

/** A directory as a web server lists it. */
function page(directory: string, trees: readonly Tree[], atMs: number): Response {
  const lines = new Set(trees.map(({ id }) => `latest-${id.replace(/-\d{8}\..*$/, '')}`));
  const links = [...lines].filter((link) => named(trees, link, atMs));
  const rows = [...trees.map(({ id }) => id), ...links].sort().map((name) => `<a href="${name}/">${name}/</a>   -\n`);
  const title = `Index of /compose/${directory}`;
  const body = `<html><head><title>${title}</title></head><body><h1>${title}</h1><pre><a href="/compose/">Parent Directory</a>   -\n${rows.join('')}</pre></body></html>\n`;
  return text(body, 200, 'text/html;charset=ISO-8859-1');
}

function dated(body: string, ms: number): Response {
  return new Response(body, { headers: { 'content-type': 'text/plain', 'last-modified': new Date(ms).toUTCString() } });
}

function streamAnswer(
  request: Request,
  { path }: Place,
  streams: readonly Published[],
  nowMs: number,
  atMs: number,
): Response {
  const [, name] = /^\/streams\/([a-z-]+)\.json$/.exec(path) ?? [];
  const released = streams
    .filter(({ stream, at }) => stream === name && nowMs + offsetMs(at) <= atMs)
    .toSorted((a, b) => offsetMs(b.at) - offsetMs(a.at))[0];
  // The storage behind it says this of what it does not have.
  if (!released) return text('<Error><Code>AccessDenied</Code></Error>', 403, 'application/xml');
  const ms = nowMs + offsetMs(released.at);
  const etag = `"sample-${released.stream}-${stamp(ms)}"`;
  const headers = { etag, 'last-modified': new Date(ms).toUTCString() };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });
  const version = released.version.replaceAll('{date}', stamp(ms).slice(0, 8));
  const architectures = ARCHES.map((arch) => {
    const release = released.behind[arch] ?? version;
    const artifacts = Object.fromEntries(['metal', 'qemu'].map((platform) => [platform, { release, formats: {} }]));
    return [arch, { artifacts, images: {} }];
  });
  const metadata = { 'last-modified': instant(ms), generator: 'sample' };
  return reply({ stream: released.stream, metadata, architectures: Object.fromEntries(architectures) }, 200, headers);
}
