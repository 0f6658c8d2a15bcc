/** Words of tracks and progress. */

const KINDS: Readonly<Record<string, string>> = {
  lab: 'Lab',
  quiz: 'Quiz',
  page: 'Page',
  runbook: 'Runbook',
  walkthrough: 'Walkthrough',
  track: 'Track',
};

export const kindText = (kind: string): string => KINDS[kind] ?? kind;

/** 25 to `25 min`, 95 to `1 h 35 min`, 120 to `2 h`. */
export function minutesText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 ? `${hours} h` : '', rest > 0 || hours === 0 ? `${rest} min` : ''].filter(Boolean).join(' ');
}

/** The same of a sum of guesses, to five minutes. */
export const aboutText = (minutes: number): string => `about ${minutesText(Math.max(5, 5 * Math.round(minutes / 5)))}`;

/** 1 to `1 thing`, 2 to `2 things`. */
export const countText = (count: number, thing: string, things = `${thing}s`): string =>
  `${count} ${count === 1 ? thing : things}`;

/** `3 of 12 done, 25 %`. */
export const shareText = ({ done, of, percent }: { done: number; of: number; percent: number }): string =>
  of > 0 && done === of ? `All ${of} done` : `${done} of ${of} done, ${percent} %`;
