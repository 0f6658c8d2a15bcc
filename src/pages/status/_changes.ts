import type { Arch } from '#status/arch.ts';
import { type ArchDelta, figuresOf } from '#status/change.ts';
import { type Delta, deltaOf } from '#status/delta.ts';
import { type DeltaRow, deltaRows } from '#status/delta-rows.ts';
import type { Image, Snapshot } from '#status/model.ts';
import { type Move, movesOf, type NamedImage, namedImages } from '#status/moves.ts';
import { type ChangePart, type ChangeRow, changeRows, EARLIER, NEWER, partsOf } from '#status/text/change.ts';
import { listReader, publishedLists } from './_packages.ts';

/** The page of an image's changes, list by list. */

/** Rows on one page; with more it would be too heavy for a phone. */
const ROOM = 2_000;

export interface Shown {
  rows: DeltaRow[];
  /** How many rows there was no room for. */
  left: number;
  /** Architectures whose lists were compared. */
  compared: Arch[];
}

export interface Section extends ChangeRow {
  shown: Shown;
}

export interface ShownMove extends Move {
  parts: ChangePart[];
  shown: Shown;
  /** Whether it is the section of the image before that tells it. */
  isAbove: boolean;
}

/** One image to choose in a comparison. */
export interface Choice extends NamedImage {
  arches: readonly Arch[];
}

/** All that the page shows; lists are read for this page alone and not kept. */
export async function changesOf(image: Image, snapshot: Snapshot) {
  const read = listReader();
  const arches = image.arches.map(({ arch }) => arch);
  let room = ROOM;
  const show = (deltas: ReadonlyMap<Arch, Delta>): Shown => {
    const rows = deltaRows(deltas);
    const shown = { rows: rows.slice(0, room), left: Math.max(0, rows.length - room), compared: [...deltas.keys()] };
    room -= shown.rows.length;
    return shown;
  };
  const sections: Section[] = [];
  for (const row of changeRows(image, snapshot)) {
    const deltas = row.isSame || !image.digest ? new Map() : await compareLists(read, row.digest, image.digest, arches);
    sections.push({ ...row, shown: show(deltas) });
  }
  const previous = sections.find(({ id }) => id === 'previous');
  const moves: ShownMove[] = [];
  for (const move of movesOf(image)) {
    const isAbove = move.to === image.digest && move.from === previous?.digest;
    const deltas = await compareLists(read, move.from, move.to, arches);
    const figures = await Promise.all(arches.map((arch) => moveFigures(read, move, arch, deltas.get(arch))));
    const newer = { ...NEWER, image: move.to === image.digest ? image : undefined };
    const parts = partsOf(figures, newer, EARLIER);
    moves.push({ ...move, parts, isAbove, shown: show(isAbove ? new Map() : deltas) });
  }
  return { sections, moves, choices: await choicesOf(image, snapshot) };
}

type Read = ReturnType<typeof listReader>;

/** What differs on each architecture of which both lists are there. */
async function compareLists(read: Read, from: string, to: string, arches: readonly Arch[]) {
  const deltas = new Map<Arch, Delta>();
  for (const arch of arches) {
    const [before, after] = [await read(from, arch), await read(to, arch)];
    if (before && after) deltas.set(arch, deltaOf(before.packages, after.packages));
  }
  return deltas;
}

async function moveFigures(read: Read, { from, to }: Move, arch: Arch, delta: Delta | undefined): Promise<ArchDelta> {
  if (delta) return figuresOf(arch, delta);
  const [before, after] = [await read(from, arch), await read(to, arch)];
  const missing: ArchDelta['missing'] = [...(after ? [] : ['here' as const]), ...(before ? [] : ['there' as const])];
  return { arch, state: 'list-missing', missing, added: 0, removed: 0, upgraded: 0, downgraded: 0 };
}

/** Images of this target, its counterparts and the release before, of which there is a list. */
async function choicesOf(image: Image, snapshot: Snapshot): Promise<Choice[]> {
  const lists = await publishedLists();
  const ids = new Set([image.id, image.parity?.with, ...image.changes.map((change) => change.with)]);
  const others = snapshot.images.filter(({ id, parity }) => ids.has(id) || parity?.with === image.id);
  const images = [image, ...others.filter(({ id }) => id !== image.id)];
  return images.flatMap((one) =>
    namedImages(one).flatMap((named) => {
      const arches = lists.get(named.digest);
      return arches ? [{ ...named, arches }] : [];
    }),
  );
}
