import type { Event } from './history.ts';
import type { Image, Snapshot } from './model.ts';

/** What happened between two snapshots. */

/** An event before it has an id; equal keys are the same event, however often it is observed. */
export type Change = Omit<Event, 'id'> & { key: string };

/** Changes from one snapshot to the next; without a first one only what the registry itself remembers. */
export function diff(before: Snapshot | null, after: Snapshot): Change[] {
  const known = new Map(before?.images.map((image) => [image.id, image]));
  return [
    ...after.images.flatMap((image) => [
      ...moves(known.get(image.id), image, after.generatedAt),
      ...removal(known.get(image.id), image, after.generatedAt),
      ...arches(known.get(image.id), image, after.generatedAt),
      ...headline(known.get(image.id), image, after.generatedAt),
    ]),
    ...sources(before, after),
  ];
}

function change(
  image: Image,
  observedAt: string,
  event: Pick<Change, 'type' | 'at'> & Partial<Change>,
  key: string,
): Change {
  const source = image.lastPoll?.by.quay ? 'quay' : 'oci';
  return { schema: 1, observedAt, target: image.id, source, ...event, key: `${event.type} ${image.id} ${key}` };
}

function moves(before: Image | undefined, after: Image, observedAt: string): Change[] {
  const known = new Set(before?.history.map(({ digest, from }) => `${digest} ${from}`));
  return after.history.flatMap(({ digest, from }, index) => {
    if (known.has(`${digest} ${from}`)) return [];
    const previousDigest = after.history[index + 1]?.digest;
    const event = { type: 'tag.moved' as const, at: from, digest, ...(previousDigest ? { previousDigest } : {}) };
    return [change(after, observedAt, event, `${digest} ${from}`)];
  });
}

function removal(before: Image | undefined, after: Image, observedAt: string): Change[] {
  if (!after.absentSince || !after.lastSeen || !before || before.absentSince) return [];
  const at = after.history[0]?.to ?? after.absentSince;
  return [change(after, observedAt, { type: 'tag.removed', at, digest: after.lastSeen.digest }, at)];
}

function arches(before: Image | undefined, after: Image, observedAt: string): Change[] {
  if (!after.digest || !after.platforms || before?.digest === after.digest) return [];
  const at = after.taggedAt ?? observedAt;
  return after.arches.flatMap(({ arch, digest }) => {
    const wasMissing = before?.platforms && before.arches.some((one) => one.arch === arch && one.digest === null);
    const type = digest === null ? 'arch.missing' : wasMissing ? 'arch.restored' : null;
    if (!type || !after.digest) return [];
    return [change(after, observedAt, { type, at, arch, digest: after.digest }, `${arch} ${after.digest}`)];
  });
}

function headline(before: Image | undefined, after: Image, observedAt: string): Change[] {
  const [from, to] = [before?.verdict.state, after.verdict.state];
  if (!before || !from || from === to) return [];
  const since = after.verdict.since;
  const at = since && since <= observedAt && since > (before.lastPoll?.at ?? '') ? since : observedAt;
  return [change(after, observedAt, { type: 'state.changed', at, from, to }, `${from} ${to} ${at}`)];
}

function sources(before: Snapshot | null, after: Snapshot): Change[] {
  return after.sources.flatMap(({ id, state }) => {
    const was = before?.sources.find((source) => source.id === id)?.state;
    if (!was || was === 'skipped' || state === 'skipped' || (was === 'failed') === (state === 'failed')) return [];
    const type = state === 'failed' ? ('source.down' as const) : ('source.up' as const);
    const at = after.generatedAt;
    return [{ schema: 1 as const, at, observedAt: at, type, target: null, source: id, key: `${type} ${id} ${at}` }];
  });
}
