import { expect, test } from 'vitest';
import { type Clock, type PaceClass, pacer } from '#sources/pace.ts';

/** The moments at which so many requests at once would be let go. */
async function moments(count: number, pace: PaceClass, isMultiplexed: boolean): Promise<number[]> {
  const gone: number[] = [];
  const slept: number[] = [];
  const clock: Clock = {
    now: () => 0,
    sleep: async (ms) => void slept.push(ms),
  };
  const wait = pacer(clock, () => isMultiplexed);
  for (let index = 0; index < count; index++) {
    const before = slept.length;
    await wait('https://quay.io', pace);
    gone.push(slept.length > before ? (slept.at(-1) ?? 0) : 0);
  }
  return gone;
}

/** Whether nginx' leaky bucket would let all of them pass. */
function passes(gone: number[], perSecond: number, burst: number): boolean {
  let excess = 0;
  return gone.every((at, index) => {
    const last = gone[index - 1];
    if (last !== undefined) excess = Math.max(0, excess - ((at - last) / 1_000) * perSecond) + 1;
    return excess <= burst;
  });
}

test.each([
  ['api', false, 5, 25],
  ['api', true, 50, 100],
  ['tags', false, 5, 2],
  ['manifests', false, 50, 10],
  ['manifests', true, 500, 50],
  ['blobs', false, 50, 50],
  ['registry', false, 60, 20],
] satisfies [PaceClass, boolean, number, number][])(
  '300 requests of class %s (HTTP/2: %s) stay within %i/s, burst %i',
  async (pace, isMultiplexed, perSecond, burst) => {
    const gone = await moments(300, pace, isMultiplexed);
    expect(passes(gone, perSecond, burst)).toBe(true);
    expect(
      passes(
        gone.map(() => 0),
        perSecond,
        burst,
      ),
    ).toBe(false);
  },
);
