import { getCollection } from 'astro:content';
import { readRunbooks } from './runbooks/_data.ts';

/** Addresses that led somewhere once. */

interface Move {
  /** Both without a slash at their beginning, the old one also without one at its end: as a route has it. */
  from: string;
  to: string;
  /** Of the page that it leads to; its address where that has none. */
  title: string;
}

/** Every line of content/redirects.yaml. */
export async function readMoves(): Promise<Move[]> {
  const { redirects, runbooks } = await readRunbooks();
  const [learning] = await getCollection('learning');
  const titles = new Map(runbooks.map(({ id, title }) => [`/runbooks/${id}/`, title]));
  return Object.entries(redirects).map(([from, to]) => ({
    from: from.slice(1, -1),
    to: to.slice(1),
    title: titles.get(to) || learning?.data.places[`page:${to}`]?.title || to,
  }));
}
