import { recordStore } from '#host/records.ts';
import type { Records } from '#sources/records.ts';
import { readStatus } from './_data.ts';

let opened: Promise<Records> | undefined;

/** Package lists and recordings of what the status pages show. */
export function readRecords(): Promise<Records> {
  opened ??= readStatus().then(({ records }) => recordStore(records));
  return opened;
}
