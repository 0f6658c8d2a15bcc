import { variantNote } from '#status/text/words.ts';
import type { CellView } from './cell.ts';

/** The board: which tables there are, and which cell stands where. */

export interface Row {
  channel: CellView['channel'];
  /** One place a column; null where no such combination is watched. */
  cells: (CellView | null)[];
}

export interface Group {
  variant: string;
  note: string;
  rows: Row[];
}

export interface Table {
  id: string;
  title: string;
  note: string;
  /** Release ids, in order. */
  columns: string[];
  groups: Group[];
}

const BASE = ['standard', 'minimal-plus', 'minimal', 'iot', 'compose', 'eln'];
const DESKTOP = /^(silverblue|kinoite|onyx|sericea|base-atomic|[a-z]+-atomic)$/;
const CHANNEL_ORDER: CellView['channel'][] = ['production', 'development', 'community', 'mirror'];
const STREAMS = ['stable', 'testing', 'next', 'testing-devel', 'next-devel', 'rawhide', 'branched'];

const FAMILIES: { id: string; title: string; note: string; has: (cell: CellView) => boolean }[] = [
  {
    id: 'mirror',
    title: 'Mirror',
    note: 'The same images in another registry.',
    has: (cell) => cell.channel === 'mirror',
  },
  {
    id: 'base',
    title: 'Base images',
    note: 'What others build upon: each variant with its channels one under the other.',
    has: (cell) => BASE.includes(cell.variant),
  },
  {
    id: 'coreos',
    title: 'CoreOS streams',
    note: 'A stream has no end of its own; it moves from release to release.',
    has: (cell) => /^(fedora-)?coreos/.test(cell.variant),
  },
  {
    id: 'desktops',
    title: 'Atomic Desktops',
    note: 'Container images of the desktop variants.',
    has: (cell) => DESKTOP.test(cell.variant),
  },
  { id: 'other', title: 'Other images', note: '', has: () => true },
];
const SHOWN = ['base', 'coreos', 'desktops', 'other', 'mirror'];

/** The family of images that a cell belongs to. */
export function familyOf(cell: CellView): string {
  return FAMILIES.find(({ has }) => has(cell))?.id ?? 'other';
}

/** Releases as people look for them: what moves fastest first, then the newest, then the rest by name. */
export function orderReleases(ids: readonly string[]): string[] {
  const rank = (id: string) => {
    if (id === 'rawhide' && !ids.includes('stable')) return 0;
    if (STREAMS.includes(id)) return 1 + STREAMS.indexOf(id);
    return /^\d+$/.test(id) ? 1_000 - Number(id) : 2_000;
  };
  return [...new Set(ids)].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/** Cells in the order of the board's rows: by family, variant, channel. */
export function inBoardOrder(cells: readonly CellView[]): CellView[] {
  const variants = orderVariants(cells.map((cell) => cell.variant));
  const rank = (cell: CellView) =>
    SHOWN.indexOf(familyOf(cell)) * 10_000 + variants.indexOf(cell.variant) * 10 + CHANNEL_ORDER.indexOf(cell.channel);
  return cells.toSorted((a, b) => rank(a) - rank(b));
}

/** Tables of the images that are counted, and beside them all that are not: ended, retired, waived, not planned. */
export function layBoard(cells: readonly CellView[]): { tables: Table[]; folded: CellView[] } {
  const tables = SHOWN.flatMap((id) => {
    const family = FAMILIES.find((one) => one.id === id);
    const table =
      family &&
      layTable(
        family,
        cells.filter((cell) => familyOf(cell) === id),
      );
    return table ? [table] : [];
  });
  return { tables, folded: cells.filter((cell) => cell.bucket === 'none') };
}

function layTable(family: Pick<Table, 'id' | 'title' | 'note'>, cells: CellView[]): Table | null {
  const live = cells.filter((cell) => cell.bucket !== 'none' || cell.state === 'exempt');
  if (live.length === 0) return null;
  const columns = orderReleases(live.map((cell) => cell.release));
  const variants = orderVariants(live.map((cell) => cell.variant));
  const at = new Map(cells.map((cell) => [cell.id, cell]));
  const groups = variants.map((variant) => ({
    variant,
    note: variantNote(variant),
    rows: CHANNEL_ORDER.filter((channel) =>
      live.some((cell) => cell.variant === variant && cell.channel === channel),
    ).map((channel) => ({
      channel,
      cells: columns.map((release) => at.get(`${channel}/${variant}/${release}`) ?? null),
    })),
  }));
  return { id: family.id, title: family.title, note: family.note, columns, groups };
}

function orderVariants(names: readonly string[]): string[] {
  const rank = (name: string) => (BASE.includes(name) ? BASE.indexOf(name) : BASE.length);
  return [...new Set(names)].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/** What is not counted, in words: `12 end of life, 3 not planned`. */
export function foldedText(folded: readonly CellView[]): string {
  const counts = new Map<string, number>();
  for (const { word } of folded) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}
