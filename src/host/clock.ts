import type { Clock } from '#sources/pace.ts';

/** The machine's clock. */
export const clock: Clock = pretendClock(Date.now(), 1);

/** A clock that starts at a moment (milliseconds) and runs `speed` times as fast as the machine's. */
export function pretendClock(startMs: number, speed: number): Clock {
  return fastClock(startMs, speed, Number.POSITIVE_INFINITY);
}

const PATIENCE_MS = 5_000;

/** The same, but long sleeps keep the machine's time: they are time limits, and a busy machine needs them whole. */
export function patientClock(startMs: number, speed: number): Clock {
  return fastClock(startMs, speed, PATIENCE_MS);
}

function fastClock(startMs: number, speed: number, patienceMs: number): Clock {
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
        const timer = setTimeout(
          () => {
            signal?.removeEventListener('abort', stop);
            resolve();
          },
          ms < patienceMs ? ms / speed : ms,
        );
        signal?.addEventListener('abort', stop, { once: true });
      }),
  };
}
