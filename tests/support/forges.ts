import { patientClock } from '#host/clock.ts';
import { simulate } from '#sim/index.ts';
import { clients } from '#sources/clients.ts';
import { inMemory } from '#sources/content.ts';
import type { Fetch } from '#sources/http.ts';
import type { World } from '#world/model.ts';
import { smallWorld } from './world.ts';

/** A small world with forges: one blocker on each, a query, a release and the changes of a repository on each. */
export function forgeWorld(change: { watch?: string; github?: string; gitlab?: string; more?: string } = {}): World {
  return smallWorld(`forges:
  token: right-token
  watch:
    schema: 1
${change.watch ?? WATCH}
  github:
    up/stream:
      issues:
        - { number: 7, title: "Sample: broken", labels: [bug, hold], assignees: [ann], created: -30d, updated: -2d }
        - { number: 8, title: "Sample: also broken", labels: [bug], created: -20d }
        - { number: 9, title: "Sample: a wish", created: -10d }
      changes: [{ number: 10, title: "Sample: konflux", labels: [bug], created: -3d, branch: konflux/x, pipeline: failed }, { number: 11, title: "Sample: text", created: -3d, branch: text }]
      releases: [{ tag: v1, at: -40d }, { tag: v2, name: Two, at: -4d }]
${change.github ?? ''}
  gitlab:
    fe/dora/base:
      issues: [{ number: 83, title: "Sample: branch", created: -9d, closed: -1d }]
      changes:
        - { number: 1, title: "Sample: bump", created: -8h, branch: renovate/fedora-45/fedora-45-repos-image, pipeline: running }
        - { number: 2, title: "Sample: text", created: -8h, branch: text }
        - { number: 3, title: "Sample: old", created: -9d, merged: -8d, branch: renovate/fedora-44/x }
    fe/dora/reports:
      reports:
        - { number: 5, at: -3h, image: "bootc-devel/fedora-bootc-45-standard:latest", tests: { install: { x86_64: passed, aarch64: failed } } }
${change.gitlab ?? ''}
${change.more ?? ''}`);
}

const WATCH = `    blockers:
      - { url: "https://github.com/up/stream/issues/7", blocks: [CoreOS], since: 2026-10-01, why: It is broken. }
      - { url: "https://gitlab.com/fe/dora/base/-/work_items/83", blocks: [bootc], since: 2026-11-11, why: Not branched. }
    queries: [{ project: "https://github.com/up/stream", labels: [bug] }]
    releases: ["https://github.com/up/stream"]
    changes:
      - { project: "https://github.com/up/stream", pipeline: [konflux] }
      - { project: "https://gitlab.com/fe/dora/base" }
    reports: https://gitlab.com/fe/dora/reports`;

export interface Asked {
  url: string;
  headers: Headers;
  status: number;
}

/** The forges of a world as a refresh asks them, and what was asked. */
export function forgesOf(world: World, env: Record<string, string> = {}, fetch?: Fetch) {
  const nowMs = Date.parse(world.now);
  const handler = fetch ?? simulate(world);
  const asked: Asked[] = [];
  const surroundings = clients({
    fetch: async (request) => {
      const answer = await handler(request);
      asked.push({ url: request.url, headers: request.headers, status: answer.status });
      return answer;
    },
    clock: patientClock(nowMs, 50),
    random: () => 0.5,
    content: inMemory(),
    services: world.watch.services,
    env,
  });
  return { ...surroundings, asked };
}
