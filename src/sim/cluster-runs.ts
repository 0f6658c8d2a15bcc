import type { Arch } from '#status/model.ts';
import type { Component, Promotion, Run } from '#world/cluster.ts';
import type { World } from '#world/model.ts';
import { offsetMs, stamp } from './clock.ts';
import type { Life, Settled } from './world.ts';

/** Every build of a pretend cluster at absolute times: one of each push, and those that the world adds. */

export interface Build {
  name: string;
  uid: string;
  component: string;
  application: string;
  namespace: string;
  /** `quay.io/namespace/name`. */
  place: string;
  arches: readonly Arch[];
  startMs: number;
  /** Infinity: never. */
  endMs: number;
  ends: Run['ends'];
  /** When its image was pushed under the tag; null where no tag points at one. */
  pushedMs: number | null;
  tag: string;
  event: string;
  change: number | null;
  isGhost: boolean;
  broken: Broken | null;
  row: Pick<Component, 'checks' | 'signed' | 'tests' | 'optional'> & { promotion: Promotion | null };
}

export type Broken = Pick<Run, 'task' | 'arches' | 'step' | 'reason' | 'message' | 'log'>;

/** All builds of a world, the newest first; throws where a component's repository is not in the world. */
export function buildsOf(world: World, { repos, nowMs }: Settled): Build[] {
  const builds = (world.cluster?.components ?? []).flatMap((row) =>
    (row.release ?? ['']).flatMap((release) =>
      (row.variant ?? ['']).flatMap((variant) => {
        const fill = (text: string) => text.replaceAll('{release}', release).replaceAll('{variant}', variant);
        const named = fill(row.repository);
        const place = repos.has(named) ? named : `quay.io/${named}`;
        const lives = repos.get(place)?.lives.filter(({ tag }) => tag === row.tag);
        if (!lives)
          throw new Error(
            `World ${world.id}: there is no repository ${named} for the component ${fill(row.component)}. Add it.`,
          );
        return ofComponent(row, fill, place, lives, nowMs);
      }),
    ),
  );
  return builds.sort((a, b) => b.startMs - a.startMs);
}

function ofComponent(
  row: Component,
  fill: (text: string) => string,
  place: string,
  lives: readonly Life[],
  nowMs: number,
): Build[] {
  const { checks, signed, tests, optional, promotion = null } = row;
  const shared = {
    ...{ component: fill(row.component), application: fill(row.application), namespace: fill(row.namespace) },
    ...{ place, tag: row.tag, arches: row.arches },
    row: { checks, signed, tests, optional, promotion },
  };
  const good = lives.map(({ startMs }) => ({
    ...identity(shared.component, startMs - offsetMs(row.takes), 'push'),
    ...{ startMs: startMs - offsetMs(row.takes), endMs: startMs, pushedMs: startMs },
    ...{ ends: 'ok' as const, event: 'push', change: null, isGhost: false, broken: null },
  }));
  const others = row.runs.flatMap(repeated).map((run) => other(run, shared.component, row.takes, nowMs));
  return [...good, ...others].map((one) => ({ ...shared, ...one }));
}

function repeated(run: Run): Run[] {
  const stepMs = offsetMs(run.every ?? '');
  return Array.from({ length: run.count ?? 1 }, (_, index) => ({
    ...run,
    at: `${(offsetMs(run.at) - index * stepMs) / 60_000}m`,
  }));
}

function other(run: Run, component: string, takes: string, nowMs: number) {
  const startMs = nowMs + offsetMs(run.at);
  const isOpen = run.ends === 'never' || run.ends === 'queued';
  const { task, arches, step, reason, message, log } = run;
  return {
    ...identity(component, startMs, run.change === undefined ? 'push' : 'pull-request'),
    ...{ startMs, endMs: isOpen ? Number.POSITIVE_INFINITY : startMs + offsetMs(run.takes ?? takes), pushedMs: null },
    ...{ ends: run.ends, event: run.event, change: run.change ?? null, isGhost: run.ghost },
    broken: run.ends === 'failed' ? { task, arches, step, reason, message, log } : null,
  };
}

function identity(component: string, startMs: number, kind: string) {
  const uid = uidOf(`${component} ${startMs} ${kind}`);
  return { name: `${component}-on-${kind}-sample-${uid.slice(0, 5)}`, uid };
}

/** A uid that depends on a text only. */
export function uidOf(text: string): string {
  const hex = [1, 2, 3, 4].map((seed) => fnv(`${seed} ${text}`).toString(16).padStart(8, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

function fnv(text: string): number {
  let state = 0x811c9dc5;
  for (const letter of text) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return state;
}

/** Whether it runs or waits at a moment. */
export const isOpen = (build: Build, nowMs: number): boolean => nowMs < build.endMs;

/** Name of the Snapshot that it leads to. */
export function setName({ application, endMs, uid }: Build): string {
  const ms = String(Number.parseInt(uid.slice(0, 6), 16) % 1_000).padStart(3, '0');
  return `${application}-sample-${stamp(endMs)}-${ms}`;
}
