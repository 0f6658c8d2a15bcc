import { readFile } from 'node:fs/promises';
import { editAddress } from '#editing/forge.ts';
import { type Edit, linesOf, noEdit } from '#editing/place.ts';
import { safeLink } from '#status/text/words.ts';

/** Where the texts of a page are edited, on the forge that this build was told of. */

const base = (): string | null => safeLink(process.env['SLIPWAY_EDIT_URL'] || null);

/** Address of a file on the forge, at a line; null where this build was told of none. */
export function editLink(file: string, line = 1): string | null {
  const start = base();
  return start ? editAddress(start, file, line) : null;
}

type Lines = ReturnType<typeof linesOf>;
const read = new Map<string, Promise<Lines>>();

/** The lines of the parts of a YAML file. */
export function linesIn(file: string): Promise<Lines> {
  const known = read.get(file) ?? readFile(file, 'utf8').then(linesOf);
  // While somebody writes, lines move.
  if (!import.meta.env.DEV) read.set(file, known);
  return known;
}

/** Addresses of the parts of a YAML file, each at its line. */
export async function editorOf(file: string): Promise<Edit> {
  const start = base();
  if (!start) return noEdit;
  const line = await linesIn(file);
  return (...path) => editAddress(start, file, line(path));
}
