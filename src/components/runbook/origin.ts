/** Where the values of a link come from, in words: a page of this site filled them in, or whoever made the link. */
export interface Origin {
  /** For the notice above the fields. */
  notice: string;
  /** For each field. */
  check: string;
}

/** `referrer` is the page with the link; a browser names none for a link that was pasted or came from elsewhere. */
export function originOf(referrer: string, { origin, pathname }: Pick<Location, 'origin' | 'pathname'>): Origin {
  const site = origin + pathname.replace(/runbooks\/[^/]*\/?$/, '');
  if (!referrer.startsWith(site)) return FOREIGN;
  const from = OWN.find(([path]) => referrer.startsWith(site + path))?.[1] ?? 'the page that you came from';
  return {
    notice: `Filled in from ${from}. Is that what you mean? Until you say so, nothing is copied.`,
    check: `From ${from}.`,
  };
}

const FOREIGN: Origin = {
  notice: 'Values from a link: check them. Whoever made the link chose them. Until you say so, nothing is copied.',
  check: 'From a link: check it.',
};

const OWN = [
  ['status/', 'the board'],
  ['symptoms/', 'the log that you pasted'],
  ['runbooks/', 'the runbook before'],
] as const;
