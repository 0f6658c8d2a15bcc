import sitemap from '@astrojs/sitemap';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { cards } from './src/card-build.ts';
import { contentSecurityPolicy } from './src/csp.ts';
import { linksUnderBase } from './src/links.ts';
import { forMachines } from './src/markdown-build.ts';
import { offlineCopy } from './src/offline-build.ts';
import { sidebar } from './src/sidebar.ts';
import { withoutNode } from './src/without-node.ts';

const { SITE, BASE = '/', SLIPWAY_EDIT_URL } = process.env;
const base = `/${BASE.replace(/^\/+|\/+$/g, '')}/`.replace('//', '/');

const DESCRIPTION = "Is today's Fedora bootc image good, on every architecture? Status and handbook of the images.";

export default defineConfig({
  ...(SITE ? { site: SITE } : {}),
  base,
  // Vite's wrapper of a dynamic import breaks in a script that Astro inlines: the search and the wizard stay files.
  vite: {
    build: { assetsInlineLimit: (file) => (/(Search|Onboard)\.astro/.test(file) ? false : undefined) },
    worker: {
      format: 'es',
      plugins: () => [withoutNode()],
      // Libraries change seldom, our own part often: who comes again loads them no second time.
      rolldownOptions: {
        output: { codeSplitting: { groups: [{ name: 'shell', test: /node_modules/ }] } },
      },
    },
  },
  integrations: [
    linksUnderBase(base),
    starlight({
      title: 'Slipway',
      defaultLocale: 'root',
      locales: { root: { label: 'English', lang: 'en' } },
      description: DESCRIPTION,
      favicon: '/favicon.svg',
      sidebar,
      ...(SLIPWAY_EDIT_URL ? { editLink: { baseUrl: SLIPWAY_EDIT_URL } } : {}),
      credits: false,
      disable404Route: true,
      markdown: { processedDirs: ['./content/docs/'] },
      routeMiddleware: './src/route-data.ts',
      customCss: ['./src/styles/tokens.css', './src/styles/site.css', './src/styles/print.css'],
      components: {
        Banner: './src/components/Banner.astro',
        Footer: './src/components/Footer.astro',
        Hero: './src/components/Hero.astro',
        LastUpdated: './src/components/LastUpdated.astro',
        MarkdownContent: './src/components/MarkdownContent.astro',
        PageTitle: './src/components/PageTitle.astro',
        Search: './src/components/Search.astro',
        SiteTitle: './src/components/SiteTitle.astro',
        SocialIcons: './src/components/HeaderLinks.astro',
      },
      expressiveCode: {
        defaultProps: { frame: 'none', wrap: true },
        frames: { removeCommentsWhenCopyingTerminalFrames: false },
        styleOverrides: { borderRadius: '8px', borderColor: 'var(--sw-line)', frames: { shadowColor: 'transparent' } },
      },
    }),
    ...(SITE ? [sitemap({ filter: (page) => !page.includes('/admin/') })] : []),
    cards(),
    contentSecurityPolicy(),
    // After the policies: it hashes the pages as they are published.
    offlineCopy(),
    // After the copies, which are of pages for people.
    forMachines({ title: 'Slipway', summary: DESCRIPTION }),
  ],
});
