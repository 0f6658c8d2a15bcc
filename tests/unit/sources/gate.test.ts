import { expect, test } from 'vitest';
import { clock } from '#host/clock.ts';
import { http } from '#sources/http.ts';

/** How many of these moments (ms) nginx would refuse: 500 a second, 50 at once. */
function refused(moments: readonly number[]): number {
  let [excess, last, count] = [0, moments[0] ?? 0, 0];
  for (const at of moments.slice(1)) {
    const next = Math.max(0, excess - (at - last) / 2) + 1;
    if (next > 50) count += 1;
    else [excess, last] = [next, at];
  }
  return count;
}

test('requests that waited for a first answer leave at the pace of their class, not in one burst', async () => {
  const left: number[] = [];
  const client = http({
    clock,
    isMultiplexed: () => true,
    fetch: async () => {
      left.push(performance.now());
      await clock.sleep(left.length === 1 ? 300 : 5);
      return new Response('{}');
    },
  });
  const ask = { source: 'oci', pace: 'manifests', maxBytes: 10 } as const;
  await Promise.all(
    Array.from({ length: 120 }, (_, index) => client.ask(`https://quay.io/v2/a/b/manifests/${index}`, ask)),
  );
  expect(left).toHaveLength(120);
  expect(refused(left)).toBe(0);
});
