import { getEntry } from 'astro:content';
import { existsSync } from 'node:fs';
import type { StarlightRouteData } from '@astrojs/starlight/route-data';
import { codeOf, sourceOf } from '#editing/source.ts';
import { type Change, changesIn, commitHere } from '#host/dates.ts';
import { ranWith } from '#runbook/text/ran.ts';
import { editLink } from './_edit.ts';

/** What is known of the text of a page, for those who want to change it. */
export interface Desk {
  /** Path of the file that holds it; null where no single file does. */
  file: string | null;
  /** Last commit of that file; null where there is none, or no git. */
  change: { commit: string; at: string } | null;
  /** Commit that the site was built from. */
  build: string | null;
  /** Of a runbook: with which clients its commands ran. */
  clients: string | null;
  /** The form for a new issue; null where this build was told of none. */
  issues: string | null;
}

/** Where the text of a page is, and what it was made of. */
export async function deskOf({ id, entry }: Pick<StarlightRouteData, 'id' | 'entry'>): Promise<Desk> {
  const page = id.replace(/^\/+|\/+$/g, '');
  const own = entry.filePath?.startsWith('content/') ? entry.filePath : null;
  const file = own ?? sourceOf(page) ?? codeOf(page).find((path) => existsSync(path)) ?? null;
  changes ??= new Map([...changesIn('content'), ...changesIn('src/pages')]);
  build ??= commitHere();
  const change = file === null ? undefined : changes.get(file);
  return {
    file,
    change: change ? { commit: change.commit, at: change.at.toISOString() } : null,
    build,
    clients: await clientsOf(page),
    issues: process.env['SLIPWAY_ISSUES_URL'] || null,
  };
}

/** Address at which the file of a page of code or data is edited; undefined leaves what the frame knows. */
export function editUrlOf({ file }: Desk): URL | undefined {
  const address = file && editLink(file);
  return address ? new URL(address) : undefined;
}

let changes: Map<string, Change> | undefined;
let build: string | null | undefined;

async function clientsOf(page: string): Promise<string | null> {
  const [, id] = /^runbooks\/([a-z0-9-]+)$/.exec(page) ?? [];
  if (!id) return null;
  const record = (await getEntry('runbooks', 'all'))?.data.record ?? null;
  return ranWith(record?.runbooks[id] ?? [], record);
}
