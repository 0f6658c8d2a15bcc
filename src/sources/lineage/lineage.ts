import { asSourceError } from '#sources/error.ts';
import { type BaseLayers, beginsWith, comparedArch, keepLayers, layersIn } from '#sources/packages/layers.ts';
import type { Context, Pass } from '#sources/pass.ts';
import { pinOf } from '#sources/provenance/stated.ts';
import type { Manifest } from '#sources/registry/oci.ts';
import type { Watched } from '#sources/registry/repository.ts';
import { type Ancestor, isBaseVariant, isSharedBase, type Lineage } from '#status/lineage.ts';
import { iso } from '#status/time.ts';
import { type Ancestors, ancestorOf, ancestors, type Named } from './ancestors.ts';
import { type Older, olderBases } from './bases.ts';

/** The base and the compose that every image was built from: by its attestation, its annotations, or its layers, in this order. */

const BASE = 'org.opencontainers.image.base';
const NAME = 300;

/** The base and the compose that every image was built from. */
export const trace: Pass = async (context, images) => {
  const all = ancestors(images);
  const bases = images.filter(({ target }) => isSharedBase(target));
  const work = { context, all, bases, older: olderBases(context, bases) };
  // Bases first: what is built upon them is compared with their layers.
  const based = new Map(
    await Promise.all(bases.map(async (one) => [one.target.id, await traceOne(work, one)] as const)),
  );
  return Promise.all(images.map(async (one) => based.get(one.target.id) ?? traceOne(work, one)));
};

interface Work {
  context: Context;
  all: Ancestors;
  bases: readonly Watched[];
  /** Layers of the base images that were there before this one. */
  older(one: Watched): Promise<Older>;
}

async function traceOne(work: Work, one: Watched): Promise<Watched> {
  const { target, evidence } = one;
  const before = evidence.digest !== null && evidence.lineage?.of === evidence.digest ? evidence.lineage : null;
  if (!evidence.digest || !work.context.isDue(one, 'oci'))
    return { target, evidence: { ...evidence, lineage: before } };
  const stated = statedBy(work.all, one);
  const shown = before?.isSettled ? shownBefore(before) : await lookAt(work, one, stated.base !== null);
  const base = stated.base ?? (shown.base && withTarget(work.all, shown.base));
  const lineage: Lineage = {
    checkedAt: before?.isSettled ? before.checkedAt : iso(work.context.nowMs),
    of: evidence.digest,
    isSettled: shown.isSettled,
    base,
    compose: stated.compose,
    why: base || isOrigin(one) ? null : { attestation: stated.why, image: shown.why },
  };
  return { target, evidence: { ...evidence, lineage } };
}

/** Images that are made of packages: nothing lies below them. */
const isOrigin = ({ target }: Watched): boolean => isBaseVariant(target.variant) || target.variant === 'compose';

interface Shown {
  isSettled: boolean;
  base: Ancestor | null;
  why: string | null;
}

/** What annotations and layers told of this very image: they cannot tell anything else now. */
function shownBefore({ base, why }: Lineage): Shown {
  return { isSettled: true, base: base?.method === 'provenance' ? null : base, why: why?.image ?? null };
}

/** An ancestor as we know it today: its tag may have been seen since. */
function withTarget(all: Ancestors, { image, digest, method, createdAt }: Ancestor): Ancestor | null {
  const now = ancestorOf(all, { image, digest }, method);
  return now && { ...plain(now), createdAt: now.createdAt ?? createdAt };
}

function plain({ image, digest, target, createdAt, method }: Ancestor): Ancestor {
  return { image: image.slice(0, NAME), digest, target, createdAt, method };
}

/** What the attestation names, as far as we know it. */
function statedBy(
  all: Ancestors,
  one: Watched,
): { base: Ancestor | null; compose: Ancestor | null; why: string | null } {
  const { provenance } = one.evidence;
  const named = (provenance?.inputs ?? []).flatMap(
    ({ image, digest }) => ancestorOf(all, { image, digest }, 'provenance') ?? [],
  );
  const pinned = pinOf(provenance?.compose?.image);
  const composed = provenance?.compose
    ? ancestorOf(all, pinned ?? { image: provenance.compose.image, digest: null }, 'provenance')
    : null;
  const isOther = ({ known }: Named) => known !== null && known.id !== one.target.id;
  const base = isOrigin(one) ? null : named.find((input) => isOther(input) && input.known?.variant !== 'compose');
  const compose = named.find(({ known }) => known?.variant === 'compose') ?? composed;
  const why = base ? null : whyNotStated(one, named.length);
  return { base: base ? plain(base) : null, compose: compose ? plain(compose) : null, why };
}

function whyNotStated({ evidence: { provenance } }: Watched, count: number): string {
  if (!provenance || provenance.state === 'absent') return 'it carries no attestation';
  if (!provenance.predicateType) return 'its attestation could not be read';
  if (count === 0) return 'its attestation names no image that went into it';
  return `of the ${count} image${count === 1 ? '' : 's'} that its attestation names, none is a base that is watched here`;
}

/** What the image itself shows: annotations, labels, layers. Its manifest was read before, as a rule. */
async function lookAt(work: Work, one: Watched, isTold: boolean): Promise<Shown> {
  const { target, evidence } = one;
  const compared = comparedArch(evidence);
  if (!compared || !evidence.digest) return { isSettled: false, base: null, why: 'no manifest of it is known' };
  const nothing: Shown = { isSettled: true, base: null, why: null };
  if (isTold || (isOrigin(one) && !isSharedBase(target))) return nothing;
  const { context } = work;
  let manifest: Manifest;
  try {
    manifest = await context.report.asked(
      'oci',
      context.clients.oci(target.registry).manifest(target.repository, compared.digest),
    );
  } catch (error) {
    const { kind, message } = asSourceError(error);
    context.report.problem('oci', target.id, kind, `base: ${message}`);
    return { isSettled: false, base: null, why: 'its manifest could not be read' };
  }
  const layers = layersIn(manifest);
  if (isSharedBase(target)) {
    const { digest: image, createdAt } = evidence;
    const { arch, digest } = compared;
    await keepLayers(context.records, { image, target: target.id, createdAt, arch, manifest: digest, layers });
    return nothing;
  }
  const { known, isWhole } = await work.older(one);
  const annotated = annotatedBy(work.all, manifest.annotations ?? {}, one, known);
  if (annotated) return { ...nothing, isSettled: isWhole, base: annotated };
  // The base may be the very one that did not answer.
  if (!isWhole) return { isSettled: false, base: null, why: 'the layers of an older base image could not be read' };
  const first = beginsWith(layers, compared.arch, known);
  if (first) return { ...nothing, base: fromLayers(work, first) };
  // Labels come last: an image inherits those of its base, which name the base of that.
  const labelled = annotatedBy(work.all, evidence.labels, one, known);
  if (labelled) return { ...nothing, base: labelled };
  const why = `its annotations name no base; ${
    known.length > 0
      ? `it does not begin with the layers of any of the ${known.length} base images that were there before it`
      : 'there is no older base image whose layers we know'
  }`;
  return { ...nothing, why };
}

function annotatedBy(
  all: Ancestors,
  annotations: Readonly<Record<string, string>>,
  { target }: Watched,
  older: readonly BaseLayers[],
): Ancestor | null {
  const said = (name: string) => annotations[`${BASE}.${name}`] ?? '';
  const pin = pinOf(`image@${said('digest')}`);
  // Build tools name the manifest of the arch, which a tag that has moved on does not lead to any more.
  const base = older.find(({ manifest }) => manifest === pin?.digest);
  const digest = base?.image ?? pin?.digest ?? null;
  const found = ancestorOf(all, { image: said('name').slice(0, NAME), digest }, 'annotations');
  return found && found.known?.id !== target.id ? plain(found) : null;
}

function fromLayers({ bases }: Work, { image, target, createdAt }: BaseLayers): Ancestor {
  const watched = bases.find((one) => one.target.id === target)?.target;
  const name = watched ? `${new URL(watched.registry).host}/${watched.repository}:${watched.tag}` : target;
  return { image: name, digest: image, target: watched?.id ?? null, createdAt, method: 'layers' };
}
