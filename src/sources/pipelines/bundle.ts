import { SourceError } from '#sources/error.ts';
import type { Artifact, Oci, Piece } from '#sources/registry/oci.ts';
import { textOf, unpackedOf } from './bundle-layer.ts';

/** A Tekton bundle: an image of which each layer holds one object of Tekton and says which. */

/** Tekton refuses more. */
const LAYERS = 20;
/** Packed; the largest task that is known has 12 KB. */
const LAYER_BYTES = 1 << 20;
/** Unpacked, of all layers that are wanted. */
const UNPACKED_BYTES = 2_000_000;
const NAME = 'dev.tekton.image.name';
const KIND = 'dev.tekton.image.kind';
const VERSION = 'dev.tekton.image.apiVersion';

type Kind = 'pipeline' | 'task';

interface Wanted {
  kind: Kind;
  /** Left out: every one of the kind. */
  name?: string;
}

/** The YAML of the objects that are wanted of a bundle, as one text; a SourceError where it has none, or is no bundle. */
export async function readBundle(oci: Oci, repository: string, digest: string, wanted: Wanted): Promise<string> {
  const from = `${repository}@${digest}`;
  const { layers } = await oci.artifact(repository, digest);
  const chosen = choose(layers, wanted, from);
  const texts: string[] = [];
  let left = UNPACKED_BYTES;
  for (const layer of chosen) {
    const bytes = await unpackedOf(await oci.blob(repository, layer, LAYER_BYTES), from, left);
    left -= bytes.length;
    texts.push(await textOf(bytes, from));
  }
  const size = texts.reduce((sum, text) => sum + text.length, 0);
  if (size > UNPACKED_BYTES)
    throw new SourceError('oci', 'too-large', `${from} has ${size} characters of YAML, over ${UNPACKED_BYTES}`);
  return texts.map((text) => `${text.trimEnd()}\n`).join('---\n');
}

function choose(layers: Artifact['layers'], { kind, name }: Wanted, from: string): Piece[] {
  const fail = (why: string): never => {
    throw new SourceError('oci', 'unreadable', `${from} is no bundle that can be read: ${why}`);
  };
  if (layers.length > LAYERS) fail(`it has ${layers.length} layers, over ${LAYERS}`);
  const bare = layers.find(({ annotations }) => [NAME, KIND, VERSION].some((key) => !annotations?.[key]));
  if (bare || layers.length === 0) fail(`it lacks the annotations ${NAME}, kind and apiVersion`);
  const found = layers.filter(
    ({ annotations }) =>
      annotations?.[KIND]?.toLowerCase() === kind && (name === undefined || annotations[NAME] === name),
  );
  if (found.length === 0) {
    const held = layers.map(({ annotations }) => `${annotations?.[KIND]} ${annotations?.[NAME]}`.slice(0, 200));
    fail(`it holds no ${kind}${name ? ` ${name}` : ''}, but ${held.join(', ')}`);
  }
  return found;
}
