import { z } from 'zod';
import type { Http } from '#sources/http.ts';
import { readJson, unexpected } from '#sources/read.ts';
import type { Stream } from '#status/compose.ts';
import { Instant } from '#status/scalars.ts';

/** CoreOS's stream metadata: the newest version of each stream, by arch. */

const MAX_BYTES = 1 << 20;

const WireStream = z.object({
  metadata: z.object({ 'last-modified': z.string().optional() }).optional(),
  architectures: z.record(
    z.string().max(40),
    z.object({ artifacts: z.record(z.string(), z.object({ release: z.string().max(60).optional() })).default({}) }),
  ),
});

/** What a later question is sent with, so that an answer that did not change is not sent again. */
export const Validators = z.object({ etag: z.string().max(300).nullable(), modified: z.string().max(60).nullable() });
export type Validators = z.infer<typeof Validators>;

export interface Streams {
  /** A stream as it is published; null where `known` says that we have it. */
  read(stream: string, known: Validators | null): Promise<{ stream: Stream; validators: Validators } | null>;
}

/** A reader of the streams below `home`. */
export function streams(http: Http, home: string): Streams {
  return {
    async read(stream, known) {
      const headers = {
        ...(known?.etag ? { 'if-none-match': known.etag } : {}),
        ...(known?.modified ? { 'if-modified-since': known.modified } : {}),
      };
      const url = `${home}/streams/${stream}.json`;
      const answer = await http.ask(url, { source: 'compose', pace: 'free', maxBytes: MAX_BYTES, headers });
      if (answer.status === 304 && known) return null;
      if (answer.status !== 200) throw unexpected(answer, 'compose');
      const validators = Validators.catch({ etag: null, modified: null }).parse({
        etag: printable(answer.headers.get('etag')),
        modified: printable(answer.headers.get('last-modified')),
      });
      return { stream: streamOf(stream, readJson(answer, 'compose', WireStream)), validators };
    },
  };
}

/** The fields that we need; an arch that names no release has none. */
function streamOf(stream: string, { metadata, architectures }: z.infer<typeof WireStream>): Stream {
  const arches = Object.entries(architectures).flatMap(([arch, { artifacts }]): [string, string][] => {
    const newest = newestOf(Object.values(artifacts).flatMap(({ release }) => release ?? []));
    return newest ? [[arch, newest]] : [];
  });
  const updated = Instant.safeParse(metadata?.['last-modified']);
  return {
    stream,
    version: newestOf(arches.map(([, version]) => version)),
    updatedAt: updated.success ? updated.data : null,
    arches: Object.fromEntries(arches),
  };
}

/** The highest of versions as `44.20260707.3.1`, number by number. */
function newestOf(versions: readonly string[]): string | null {
  return versions.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }))[0] ?? null;
}

/** A header that may be sent back as it came. */
function printable(value: string | null): string | null {
  return value && /^[\x20-\x7e]+$/.test(value) ? value : null;
}
