/** When something that was not there is worth another look. */

const DAY_MS = 24 * 3_600_000;
const SIGNING_MS = 30 * 60_000;

/** Whether a look at `checkedAt` still counts, at an image that was tagged at `taggedAt`. */
export function isRecentLook(checkedAt: string, taggedAt: string | null, nowMs: number): boolean {
  const age = nowMs - Date.parse(checkedAt);
  // A referrer appears without any date that would tell of it, and an image is signed after it is pushed.
  const wasEarly = taggedAt !== null && Date.parse(checkedAt) - Date.parse(taggedAt) < SIGNING_MS;
  return age < (wasEarly ? SIGNING_MS : DAY_MS);
}
