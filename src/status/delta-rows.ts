import type { Arch } from './arch.ts';
import type { Delta } from './delta.ts';

/** Deltas of several architectures as one list, for a table. */

export const KINDS = ['downgraded', 'upgraded', 'added', 'removed'] as const;

export interface DeltaRow<A extends string = Arch> {
  kind: (typeof KINDS)[number];
  name: string;
  from: string | null;
  to: string | null;
  /** Of the images in which it is so. */
  arches: A[];
}

/** What differs, downgrades first, then by name; what is alike on several architectures is one row. */
export function deltaRows<A extends string>(deltas: ReadonlyMap<A, Delta>): DeltaRow<A>[] {
  const rows = new Map<string, DeltaRow<A>>();
  for (const [arch, delta] of deltas) {
    for (const row of rowsOf(arch, delta)) {
      const key = [row.kind, row.name, row.from, row.to].join('\n');
      const known = rows.get(key);
      if (!known) rows.set(key, row);
      else if (!known.arches.includes(arch)) known.arches.push(arch);
    }
  }
  return [...rows.values()].sort(
    (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || Number(a.name > b.name) - Number(a.name < b.name),
  );
}

function rowsOf<A extends string>(arch: A, { added, removed, upgraded, downgraded }: Delta): DeltaRow<A>[] {
  const arches = () => [arch];
  return [
    ...downgraded.map(({ name, from, to }) => ({ kind: 'downgraded' as const, name, from, to, arches: arches() })),
    ...upgraded.map(({ name, from, to }) => ({ kind: 'upgraded' as const, name, from, to, arches: arches() })),
    ...added.map(({ name, evr }) => ({ kind: 'added' as const, name, from: null, to: evr, arches: arches() })),
    ...removed.map(({ name, evr }) => ({ kind: 'removed' as const, name, from: evr, to: null, arches: arches() })),
  ];
}

/** `5.2-1 → 5.3-1`, or the one version there is. */
export function versionsText({ from, to }: Pick<DeltaRow, 'from' | 'to'>): string {
  return from !== null && to !== null ? `${from} → ${to}` : (to ?? from ?? '');
}
