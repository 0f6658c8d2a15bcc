import type { APIRoute } from 'astro';
import { BOARD_GROUPS } from '#editing/board.ts';
import { editLink } from '../_edit.ts';
import { readBoard } from './_board.ts';

/** The editors' board as data. */
export const GET: APIRoute = async () => {
  const { groups, ...rest } = await readBoard();
  const entries = BOARD_GROUPS.flatMap((group) =>
    groups[group].map((entry) => ({ group, ...entry, edit: editLink(entry.file, entry.line) })),
  );
  return Response.json({ schema: 1, ...rest, entries });
};
