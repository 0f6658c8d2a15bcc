import type { APIRoute } from 'astro';
import { link } from '#components/status/link.ts';

/** Everything may be read; the forms of editors are nothing to find. */
export const GET: APIRoute = ({ site }) => {
  const rules = [{ 'User-agent': '*', Disallow: link('admin/') }];
  const map = site ? [{ Sitemap: new URL(link('sitemap-index.xml'), site).href }] : [];
  return new Response([...rules, ...map].map(group).join('\n'));
};

/** Lines of robots.txt that stand together. */
const group = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
