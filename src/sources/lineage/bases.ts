import { asSourceError } from '#sources/error.ts';
import { type BaseLayers, keepLayers, layersIn, readLayers } from '#sources/packages/layers.ts';
import type { Context } from '#sources/pass.ts';
import { OCI_ARCH } from '#sources/registry/oci.ts';
import type { Watched } from '#sources/registry/repository.ts';
import type { TagMove } from '#status/model.ts';
import { RECENT_MOVES } from '#status/retention.ts';

/** Base images that an image may have been built from: those that were there before it. */

/** Layers of bases; not whole where some may be read another time. */
export interface Older {
  known: BaseLayers[];
  isWhole: boolean;
}

/** Null where there are none, undefined where the question failed. */
type Looked = BaseLayers | null | undefined;

/** What gives the layers of all bases that were there before an image; each is looked for once. */
export function olderBases(context: Context, bases: readonly Watched[]): (one: Watched) => Promise<Older> {
  const looked = new Map<string, Promise<Looked>>();
  const once = (key: string, look: () => Promise<Looked>) => {
    const found = looked.get(key) ?? look();
    looked.set(key, found);
    return found;
  };
  const kept = (image: string) => once(image, () => readLayers(context.records, image));

  return async (one) => {
    const before = one.evidence.createdAt ?? one.evidence.taggedAt ?? '9999';
    const release = releaseOf(one);
    const found = bases.map(async (base) => {
      const moves = movesOf(base)
        .filter(({ from, digest }) => from <= before && digest !== one.evidence.digest)
        .slice(0, RECENT_MOVES);
      const known = (await Promise.all(moves.map(({ digest }) => kept(digest)))).flatMap((layers) => layers ?? []);
      const [nearest] = moves;
      // The one that was newest then is worth a question: it is what a build takes.
      if (!nearest || base.target.release !== release || known.some(({ image }) => image === nearest.digest))
        return { known, isWhole: true };
      const asked = await once(`${nearest.digest} asked`, () => ask(context, base, nearest));
      return { known: asked ? [...known, asked] : known, isWhole: asked !== undefined };
    });
    const all = await Promise.all(found);
    return { known: all.flatMap((one) => one.known), isWhole: all.every((one) => one.isWhole) };
  };
}

function movesOf({ evidence: { history, digest, createdAt } }: Watched): Pick<TagMove, 'digest' | 'from'>[] {
  return history.length > 0 || !digest ? history : [{ digest, from: createdAt ?? '' }];
}

/** The Fedora release that an image is made of; a stream says it in its version. */
function releaseOf({ target, evidence }: Watched): string | null {
  if (/^(\d+|rawhide|eln)$/.test(target.release)) return target.release;
  return /^(\d+)\./.exec(evidence.version ?? '')?.[1] ?? null;
}

/** The layers of a base that its tag has left, as the registry still has them. */
async function ask(context: Context, { target }: Watched, move: Pick<TagMove, 'digest' | 'from'>): Promise<Looked> {
  const oci = context.clients.oci(target.registry);
  const question = async (): Promise<BaseLayers | null> => {
    const index = await oci.manifest(target.repository, move.digest);
    const children = (index.manifests ?? []).flatMap(({ digest, platform }) => {
      const arch = OCI_ARCH[platform?.architecture ?? ''];
      return arch ? [{ arch, digest }] : [];
    });
    const child = children.find(({ arch }) => arch === 'x86_64') ?? children[0];
    if (!child) return null;
    const layers = layersIn(await oci.manifest(target.repository, child.digest));
    const { arch, digest: manifest } = child;
    const base = { image: move.digest, target: target.id, createdAt: move.from, arch, manifest, layers };
    await keepLayers(context.records, base);
    return base;
  };
  try {
    return await context.report.asked('oci', question());
  } catch (error) {
    const { kind, message } = asSourceError(error);
    // Old images are taken away; that is no fault of anybody.
    if (kind === 'not-found') return null;
    context.report.problem('oci', target.id, kind, `layers of an older image: ${message}`);
    return undefined;
  }
}
