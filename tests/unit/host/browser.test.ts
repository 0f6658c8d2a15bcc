import { expect, test } from 'vitest';
import { ensureBrowser, findBrowser } from '#host/browser.ts';
import { machine } from '../../support/machine.ts';

const OWN = '/cache/playwright/chrome';

test('takes the browser that CHROMIUM names before any other', () => {
  const here = machine({ programs: ['/opt/chrome', OWN, 'chromium'], env: { CHROMIUM: '/opt/chrome' } });
  expect(findBrowser(here, OWN)).toEqual({ path: '/opt/chrome', from: 'CHROMIUM' });
});

test('says what to do when CHROMIUM names nothing', () => {
  const here = machine({ programs: ['chromium'], env: { CHROMIUM: '/opt/gone' } });
  expect(() => findBrowser(here, OWN)).toThrow(/CHROMIUM names \/opt\/gone.*unset/);
});

test("takes Playwright's own browser before the system's", () => {
  expect(findBrowser(machine({ programs: [OWN, 'chromium'] }), OWN)?.from).toBe('Playwright');
});

test("takes the system's browser when Playwright has none", () => {
  const here = machine({ programs: ['google-chrome'] });
  expect(findBrowser(here, OWN)).toEqual({ path: '/usr/bin/google-chrome', from: 'the system' });
});

test('finds none on a bare machine', () => {
  expect(findBrowser(machine({ programs: [] }), OWN)).toBeNull();
});

test('installs nothing when a browser is there', async () => {
  const here = machine({ programs: ['chromium', 'apt-get'], isRoot: true });
  await ensureBrowser(here, OWN);
  expect(here.ran).toEqual([]);
});

test('asks Playwright for a browser first', async () => {
  const does = (command: string) => (command.startsWith('npx playwright install') ? [OWN] : 1);
  const here = machine({ programs: ['apt-get'], isRoot: true, does });
  expect(await ensureBrowser(here, OWN)).toEqual({ path: OWN, from: 'Playwright' });
  expect(here.ran).toHaveLength(1);
});

test("asks the system's package manager when Playwright's cannot be fetched", async () => {
  const does = (command: string) => (/install -y .*chromium$/.test(command) ? ['chromium'] : 1);
  const here = machine({ programs: ['apt-get'], isRoot: true, does });
  expect(await ensureBrowser(here, OWN)).toEqual({ path: '/usr/bin/chromium', from: 'the system' });
});

test('says why there is none and what to do when nothing helps', async () => {
  const here = machine({ programs: [], does: () => 1 });
  const found = await ensureBrowser(here, OWN);
  expect(found).toMatchObject({ name: 'browser', why: expect.stringMatching(/neither apt-get nor dnf.*CHROMIUM/) });
});
