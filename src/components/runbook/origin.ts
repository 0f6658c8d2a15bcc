/** Where the values of a link come from: a page of this site filled them in, or whoever made the link. */
export type Origin = (typeof OWN)[number][1] | 'site' | 'foreign';

/** `referrer` is the page with the link; a browser names none for a link that was pasted or came from elsewhere. */
export function originOf(referrer: string, { origin, pathname }: Pick<Location, 'origin' | 'pathname'>): Origin {
  const site = origin + pathname.replace(/runbooks\/[^/]*\/?$/, '');
  if (!referrer.startsWith(site)) return 'foreign';
  return OWN.find(([path]) => referrer.startsWith(site + path))?.[1] ?? 'site';
}

const OWN = [
  ['status/', 'board'],
  ['symptoms/', 'log'],
  ['runbooks/', 'runbook'],
] as const;
