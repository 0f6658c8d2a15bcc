import type { Clock } from '#sources/pace.ts';

/** The machine's clock. */
export const clock: Clock = pretendClock(Date.now(), 1);

/** A clock that starts at a moment (milliseconds) and runs `speed` times as fast as the machine's. */
export function pretendClock(startMs: number, speed: number): Clock {
  const began = performance.now();
  return {
    now: () => Math.floor(startMs + (performance.now() - began) * speed),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const stop = () => {
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(() => {
          signal?.removeEventListener('abort', stop);
          resolve();
        }, ms / speed);
        signal?.addEventListener('abort', stop, { once: true });
      }),
  };
}
