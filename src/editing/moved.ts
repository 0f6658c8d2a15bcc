/** content/redirects.yaml held against the pages that there are. */

interface Addresses {
  /** Old address to new one, both as in /handbook/old/. */
  redirects: Readonly<Record<string, string>>;
  /** Whether a page has this address today. */
  lives: (address: string) => boolean;
  /** Addresses that pages once had. */
  published: readonly string[];
}

interface Fault {
  /** Address whose line is meant. */
  from: string;
  message: string;
  action: string;
}

/** Redirects that lead nowhere or stand in the way, and pages that went without one. */
export function checkMoved({ redirects, lives, published }: Addresses): Fault[] {
  const gone = [...new Set(published)].filter((address) => !lives(address) && !Object.hasOwn(redirects, address));
  return [
    ...gone.map((from) => ({
      from,
      message: `The page ${from} was published, and is gone.`,
      action: `Add a line to content/redirects.yaml: "${from}: /its/new/address/".`,
    })),
    ...Object.entries(redirects).flatMap(([from, to]) => faultOf(from, to, redirects, lives) ?? []),
  ];
}

function faultOf(from: string, to: string, redirects: Addresses['redirects'], lives: Addresses['lives']): Fault | null {
  if (lives(from))
    return { from, message: `The line sends ${from} away, and that page is there.`, action: 'Take the line out.' };
  if (Object.hasOwn(redirects, to))
    return {
      from,
      message: `The line leads to ${to}, which is sent on itself.`,
      action: 'Write where that one leads.',
    };
  return lives(to)
    ? null
    : { from, message: `The line leads to ${to}, which is not there.`, action: 'Write the address of a page that is.' };
}
