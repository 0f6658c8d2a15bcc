import { test as base, expect, type Page } from '@playwright/test';
import { faults } from '../support/axe.ts';
import { PATH as LAB, log, open, run } from '../support/labs.ts';
import { type OfflineSite, serveOffline } from '../support/offline-site.ts';
import { BASE, read } from '../support/site.ts';

const test = base.extend<{ site: OfflineSite }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from it
  site: async ({}, use) => {
    const site = await serveOffline();
    await use(site);
    await site.close();
  },
  baseURL: async ({ site }, use) => use(site.url),
});
test.use({ serviceWorkers: 'allow' });

const TIME = /\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC/;

/** Opens a page and waits until the worker has it and controls the page. */
async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await expect
    .poll(() => page.evaluate(async () => Boolean(await caches.match(location.href))), { timeout: 10_000 })
    .toBe(true);
}

const cacheNames = (page: Page) => page.evaluate(() => caches.keys());

/** The worker of another build takes over; `change` alters its plan. */
async function rebuild(page: Page, site: OfflineSite, change: (plan: Record<string, never>) => void = () => {}) {
  const plan = JSON.parse(read(`${BASE}offline.json`));
  const text = read(`${BASE}sw.js`).replaceAll(plan.build, 'another');
  change(plan);
  site.instead.set('sw.js', text);
  site.instead.set('offline.json', JSON.stringify({ ...plan, build: 'another' }));
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await expect.poll(async () => (await cacheNames(page)).every((name) => name.includes(':another:'))).toBe(true);
}

test('a page of the first visit opens without a network, with its style, and says from when it is', async ({
  page,
  context,
}) => {
  await visit(page, './handbook/evidence/');
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What an image page proves');
  await expect(page.getByText(/^Offline copy from/)).toContainText(TIME);
  await expect(page.locator('body')).toHaveCSS('background-color', /^rgb\((?!0, 0, 0\))/);
  expect(await faults(page)).toEqual([]);
});

test('a page that the network gave says nothing of a copy', async ({ page }) => {
  await visit(page, './start/');
  await page.reload();
  await expect(page.getByText(/^Offline copy from/)).toBeHidden();
});

test('a page that was never visited gives the offline page, which names it and what is kept', async ({
  page,
  context,
}) => {
  await visit(page, './start/');
  await context.setOffline(true);
  await page.goto('./handbook/evidence/');
  await expect(page.locator('[data-asked]')).toContainText('handbook/evidence/');
  await page.getByRole('region', { name: 'Pages that open' }).getByRole('link', { name: 'Start here' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Start here');
});

for (const path of ['./', './status/'])
  test(`a copy of ${path} counts nothing as good`, async ({ page, context }) => {
    await visit(page, path);
    const count = (bucket: string) => page.locator(`[data-count="${bucket}"] b`).textContent().then(Number);
    const before = { ok: await count('ok'), unknown: await count('no-signal'), bad: await count('bad') };
    expect(before.ok).toBeGreaterThan(0);
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByText(/^Offline copy from/)).toContainText(TIME);
    await expect(page.locator('[data-count="ok"] b')).toHaveText('0');
    expect(await count('no-signal')).toBe(before.ok + before.unknown);
    expect(await count('bad')).toBe(before.bad);
    await expect(page.locator('a[data-bucket="ok"], td[data-bucket="ok"], [data-chip="ok"]')).toHaveCount(0);
    expect(await faults(page)).toEqual([]);
  });

test('a network that answers with a fault of the server does not hide the copy', async ({ page, site }) => {
  await visit(page, './start/');
  site.instead.set('start/', 'never read');
  await page.route('**/start/', (route) => route.fulfill({ status: 502, body: 'Bad gateway' }));
  await site.close();
  await page.reload();
  await expect(page.getByText(/^Offline copy from/)).toBeVisible();
});

test('what was asked to be kept opens without a network, tells how much it is, and goes again', async ({
  page,
  context,
}) => {
  await visit(page, './offline/');
  const keep = page.locator('keep-offline');
  await expect(keep).toContainText(/Takes [\d.]+ [kM]B in \d+ files/);
  await keep.getByRole('button', { name: 'Keep all runbooks offline' }).press('Enter');
  await expect(keep.getByRole('status')).toContainText('Kept in this browser since', { timeout: 20_000 });
  await expect(keep.getByRole('button', { name: 'Remove it' })).toBeFocused();
  await context.setOffline(true);
  await page.goto('./runbooks/stale-image/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Find out why an image is old');
  await expect(page.getByText(/^Offline copy from/)).toBeVisible();
  await page.goto('./offline/');
  await expect(page.getByRole('region', { name: 'Kept because you asked' })).toContainText('all runbooks');
  await page.locator('keep-offline').getByRole('button', { name: 'Remove it' }).click();
  await expect(page.locator('keep-offline').getByRole('status')).toContainText('Removed');
  expect((await cacheNames(page)).filter((name) => name.includes(':keep:'))).toEqual([]);
});

test('a track that was kept has its labs, whose practice shell opens without a network', async ({ page, context }) => {
  test.slow();
  await visit(page, './tracks/newcomer/');
  await page.getByRole('button', { name: /^Keep .*track.* offline$/ }).click();
  await expect(page.locator('keep-offline').getByRole('status')).toContainText('Kept in', { timeout: 40_000 });
  await expect(page.locator('keep-offline').getByRole('status')).not.toContainText('did not come');
  await context.setOffline(true);
  await page.goto(LAB);
  await open(page);
  await run(page, 'echo still here | tr a-z A-Z');
  await expect(log(page)).toContainText('STILL HERE');
});

test('a new build replaces the caches of the old one and takes over what still fits', async ({
  page,
  context,
  site,
}) => {
  await visit(page, './handbook/evidence/');
  await rebuild(page, site);
  await context.setOffline(true);
  await page.goto('./handbook/evidence/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What an image page proves');
});

test('a kept page that a new build has changed is fetched anew', async ({ page, context, site }) => {
  test.slow();
  await visit(page, './offline/');
  await page.locator('keep-offline').getByRole('button', { name: 'Keep all runbooks offline' }).click();
  await expect(page.locator('keep-offline').getByRole('status')).toContainText('Kept in', { timeout: 20_000 });
  site.asked.splice(0);
  site.instead.set('runbooks/stale-image/', read(`${BASE}runbooks/stale-image/`).replaceAll('Find out why', 'Ask why'));
  await rebuild(page, site, (plan) => {
    Object.assign(plan['files'] ?? {}, { 'runbooks/stale-image/': ['changed', 1] });
  });
  expect(site.asked.filter((path) => path.startsWith('runbooks/'))).toEqual(['runbooks/stale-image/']);
  await context.setOffline(true);
  await page.goto('./runbooks/stale-image/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ask why an image is old');
});

test('a build with the kill switch removes the copies and the worker', async ({ page, site }) => {
  await visit(page, './start/');
  site.instead.set('sw.js', read(`${BASE}sw.js`).replace('"isOff":false', '"isOff":true'));
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await expect.poll(() => cacheNames(page)).toEqual([]);
  await expect
    .poll(() => page.evaluate(async () => Boolean(await navigator.serviceWorker.getRegistration())))
    .toBe(false);
});

test('a reader removes the copies of this site and of no other, for good, and may keep pages again', async ({
  page,
}) => {
  await visit(page, './offline/');
  await page.evaluate(() => caches.open('of another site'));
  await page.getByRole('button', { name: 'Remove the offline copy' }).click();
  await expect(page.locator('offline-copy').getByRole('status')).toContainText('Nothing of this site is kept');
  await expect(page.locator('offline-copy').getByRole('status')).toBeFocused();
  await page.reload();
  await expect(page.locator('offline-copy').getByRole('status')).toContainText('you switched it off');
  expect(await cacheNames(page)).toEqual(['of another site']);
  await page.getByRole('button', { name: 'Keep pages again' }).click();
  await expect(page.locator('offline-copy').getByRole('status')).toContainText('This browser keeps', {
    timeout: 10_000,
  });
});

test('a browser that may store nothing is asked to keep nothing', async ({ page }) => {
  await page.addInitScript(() => {
    const read = Storage.prototype.getItem;
    Storage.prototype.getItem = function (key) {
      if (key.startsWith('slipway:')) throw new DOMException('The operation is insecure.', 'SecurityError');
      return read.call(this, key);
    };
  });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto('./start/', { waitUntil: 'networkidle' });
  expect(await page.evaluate(async () => Boolean(await navigator.serviceWorker.getRegistration()))).toBe(false);
  expect(faults).toEqual([]);
});
