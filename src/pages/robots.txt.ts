import type { APIRoute } from 'astro';
import { link } from '#components/status/link.ts';

/** Everything may be read; the forms of editors are nothing to find. */
export const GET: APIRoute = ({ site }) =>
  new Response(
    [
      'User-agent: *',
      `Disallow: ${link('admin/')}`,
      ...(site ? ['', `Sitemap: ${new URL(link('sitemap-index.xml'), site)}`] : []),
      '',
    ].join('\n'),
  );
