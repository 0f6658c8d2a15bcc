import { SourceError } from '#sources/error.ts';
import type { Manifest, Oci } from '#sources/registry/oci.ts';
import type { Package } from '#status/packages.ts';
import { layerSink } from './layer.ts';
import { readRpmdb } from './rpmdb.ts';
import { databaseSearch, type Look } from './rpmdb-search.ts';

/** The packages inside an image: its layers are poured through, newest first, until one has RPM's database. */

type Layer = NonNullable<Manifest['layers']>[number];

export interface Inside {
  /** Digest of the layer that held the database. */
  layer: string;
  packages: Package[];
}

const LAYERS = 500;
const PATIENCE_MS = 30_000;
// A slower registry would keep a whole refresh waiting.
const LEAST_BYTES_PER_MS = 6_000;

/** Reads layers one at a time; a SourceError where one is broken, or where none has a database that can be read. */
export async function packagesInside(oci: Oci, repository: string, layers: readonly Layer[]): Promise<Inside> {
  if (layers.length > LAYERS)
    throw new SourceError('sbom', 'too-large', `the image has ${layers.length} layers, over ${LAYERS}`);
  const search = databaseSearch();
  for (const layer of layers.toReversed()) {
    const pour = (isAgain: boolean) => pourThrough(oci, repository, layer, () => search.look(isAgain));
    let seen = (await pour(false)).finish();
    if (seen.isAgain) seen = (await pour(true)).finish();
    for (const database of seen.databases) {
      const packages = readRpmdb(database);
      if (packages.length > 0) return { layer: layer.digest, packages };
    }
  }
  const strange = search.strange();
  const why =
    strange.length > 0
      ? `RPM’s database has the format ${strange.join(', ')}, of which only sqlite is read`
      : 'none of its layers has an RPM database with packages in it';
  throw new SourceError('sbom', 'unreadable', why);
}

/** The look at a layer that was poured to its end. */
async function pourThrough(oci: Oci, repository: string, { digest, size }: Layer, begin: () => Look): Promise<Look> {
  let look = begin();
  await oci.stream(repository, digest, {
    maxBytes: size,
    bodyMs: PATIENCE_MS + size / LEAST_BYTES_PER_MS,
    sink: () => {
      look = begin();
      return layerSink(size, look.visit);
    },
  });
  return look;
}
