import { existsSync } from 'node:fs';
import { chromium, defineConfig } from '@playwright/test';

const { CHROMIUM, PLAYWRIGHT_CHROMIUM } = process.env;
const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = CHROMIUM ?? PLAYWRIGHT_CHROMIUM ?? [chromium.executablePath(), ...SYSTEM].find(existsSync);
const QUIET = ['quic', 'background-networking', 'component-update', 'sync', 'gpu'].map((name) => `--disable-${name}`);
const isCI = Boolean(process.env['CI']);
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'browser',
  testMatch: '**/*.test.ts',
  outputDir: '../test-results',
  fullyParallel: true,
  workers: 2,
  // A machine that tests may be busy with other things: what is right comes, be it late.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: isCI,
  // On a machine that nobody sees, one of hundreds may be too early; what passes only at its second try is printed as flaky.
  retries: isCI ? 1 : 0,
  use: {
    // A worker would answer in the place of the site; tests/browser/offline.test.ts allows it.
    serviceWorkers: 'block',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // Chromium has no sandbox for root, which is what a container runs as.
      args: [...QUIET, '--no-first-run', ...(isRoot ? ['--no-sandbox'] : [])],
    },
  },
});
