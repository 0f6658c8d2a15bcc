import { test as base } from '@playwright/test';
import { serveStatic } from '#host/static.ts';
import { BASE, DIST } from './site.ts';

/** Playwright's test over the built site; a page that reports an error or asks another origin fails its test. */
export const test = base.extend<{ watched: string[] }, { site: string }>({
  site: [
    // Playwright reads the names of what a fixture needs from this pattern.
    // biome-ignore lint/correctness/noEmptyPattern: it needs nothing
    async ({}, use) => {
      const served = await serveStatic(DIST, { base: BASE });
      await use(served.url);
      await served.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ site }, use) => use(site),
  watched: [
    async ({ page, site }, use) => {
      const faults: string[] = [];
      page.on('console', (message) => {
        if (/^Service Worker registration blocked by Playwright$/.test(message.text())) return;
        if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
      });
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (protocol !== 'data:' && origin !== new URL(site).origin) faults.push(`asked ${request.url()}`);
      });
      await use(faults);
      if (faults.length > 0) throw new Error(`The page reported:\n${faults.join('\n')}`);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
