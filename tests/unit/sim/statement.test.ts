import { expect, test } from 'vitest';
import { SLSA_1, statementOf } from '#sim/registry/statement.ts';
import type { Life } from '#sim/settled.ts';

/** What a pretend build says of itself. */

const ARCHES = ['x86_64', 'aarch64', 'ppc64le', 's390x'] as const;
const LIFE: Life = {
  ...{ tag: 'latest', startMs: Date.parse('2026-11-20T09:07:00Z'), expiresMs: null, attach: [], sparse: [] },
  inputs: { base: null, compose: null, pipeline: null },
  recipe: {
    ...{ seed: 'a', title: 'a', arches: ARCHES.map((arch) => ({ arch, created: null })), labels: {} },
    ...{ packages: new Map(), hasRpmdb: false, sizeMB: 0, isPullable: false, isSingle: false, base: null, holds: null },
  },
};

test('each TaskRun in a statement of SLSA v1 has a name of its own, the legs of a matrix are numbered', () => {
  const legs = ARCHES.map((arch) => ({ arch, digest: `sha256:${arch}`, sbom: null }));
  const text = JSON.stringify(statementOf(SLSA_1, 'sha256:1', 'quay.io/a/b', LIFE, legs));
  const names: string[] = [];
  JSON.parse(text, (key, value) => {
    if (key === 'content') names.push(JSON.parse(atob(value)).metadata.name);
    return value;
  });
  expect(names).toHaveLength(28);
  expect(new Set(names).size).toBe(28);
  expect(names.filter((name) => /-build-images-\d$/.test(name)).map((name) => name.slice(-1))).toEqual([...'0123']);
});
