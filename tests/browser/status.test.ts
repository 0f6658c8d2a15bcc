import type { Page } from '@playwright/test';
import { expect, test } from '../support/browse.ts';
import { readPages } from '../support/site.ts';

const HOUR_MS = 3_600_000;
const board = readPages().find(({ path }) => path === 'status/')?.html ?? '';
const takenAt = /As of\s*<time datetime="([^"]+)"/.exec(board)?.[1] ?? '';
const after = (hours: number) => new Date(Date.parse(takenAt) + hours * HOUR_MS);
const quoted = (value: unknown) => JSON.stringify(value).replaceAll('"', '&quot;');

/** The board as served, with its mode replaced and one good cell that will be aging in two hours. */
async function openBoard(page: Page, mode: string, time: Date): Promise<void> {
  const at = after(2).toISOString();
  const steps = quoted([[at, 'aging', 'triangle', 'attention', 'fresh up to 36 h']]);
  const turns = quoted([[at, 'ok', 'attention']]);
  await page.route('**/status/', async (route) => {
    const response = await route.fetch();
    const body = (await response.text())
      .replace(/ data-(steps|turns)="[^"]*"/g, '')
      .replace(/data-mode="\w+"/, `data-mode="${mode}"`)
      .replace(/(<a class="sw-cell"[^>]*data-bucket="ok")/, `$1 id="turning" data-steps="${steps}"`)
      .replace(/(<ul class="sw-summary)/, `<ul data-turns="${turns}" class="sw-summary`);
    await route.fulfill({ response, body });
  });
  await page.clock.install({ time });
  await page.goto('./status/');
}

test('moves a cell, its architectures and the head count when their time comes', async ({ page }) => {
  await openBoard(page, 'live', after(1));
  const cell = page.locator('#turning');
  const count = page.locator('[data-count="attention"]');
  const start = Number(await count.getAttribute('data-start'));
  await expect(cell).toContainText('fresh');
  await page.clock.runFor(1.1 * HOUR_MS);
  await expect(cell.locator('[data-word]')).toHaveText('aging');
  await expect(cell.locator('[data-note]')).toHaveText('fresh up to 36 h');
  await expect(cell.locator('use').first()).toHaveAttribute('href', '#sw-triangle');
  await expect(cell).toHaveAttribute('data-bucket', 'attention');
  await expect(cell.locator('[data-chip="ok"]')).toHaveCount(0);
  await expect(cell.locator('[data-arches]')).toHaveText('all 4 architectures: aging');
  await expect(count.locator('b')).toHaveText(String(start + 1));
  await expect(page.getByText('Some cells have moved since this page was built')).toBeVisible();
});

test('leaves an architecture bad that was worse than its image, in its chip and in the hidden text', async ({
  page,
}) => {
  await openBoard(page, 'live', after(1));
  const cell = page.locator('#turning');
  await cell.evaluate((element) => {
    const chip = element.querySelector('[data-chip]');
    const said = element.querySelector('[data-arches]');
    if (chip) chip.setAttribute('data-chip', 'bad');
    if (said) said.textContent = 'x86_64: stale';
  });
  await page.clock.runFor(1.1 * HOUR_MS);
  await expect(cell.locator('[data-chip="bad"]')).toHaveText('x');
  await expect(cell.locator('[data-chip="attention"]')).toHaveText(['a', 'p', 's']);
  await expect(cell.locator('[data-arches]')).toHaveText('x86_64: stale, the others: aging');
});

test('calls to distrust a page that has not been refreshed for too long', async ({ page }) => {
  await openBoard(page, 'live', after(1));
  const call = page.getByText('Do not rely on this page.');
  await expect(call).toBeHidden();
  await page.clock.runFor(24 * HOUR_MS);
  await expect(call).toBeVisible();
});

test('does not let sample data age', async ({ page }) => {
  await openBoard(page, 'sample', after(48));
  await expect(page.locator('#turning [data-word]')).toHaveText('fresh');
  await expect(page.getByText('Do not rely on this page.')).toBeHidden();
});

test('copies a command when its button is pressed', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const path = readPages().find(({ html }) => html.includes('data-copy="podman pull '))?.path ?? '';
  await page.goto(`./${path}`);
  await page.getByRole('button', { name: 'Copy: Pull it' }).click();
  await expect(page.getByRole('button', { name: 'copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^podman pull \S+@sha256:[0-9a-f]{64}$/);
});

test('unfolds everything for print', async ({ page }) => {
  await page.goto('./status/');
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await expect(page.locator('main details:not([open])')).toHaveCount(0);
});

test('prints the board on the width of an A4 page', async ({ page }) => {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 1047, height: 718 });
  await page.goto('./status/');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1047);
});

test('becomes cards on a phone, each cell with its release in sight', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('./status/');
  const cell = page.locator('.sw-board .sw-cell').first();
  const release = cell.locator('.sw-cell-release');
  const box = await release.boundingBox();
  expect(box?.height).toBeGreaterThan(10);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test('says on the page of an image that its tables are older than its headline, once that has moved', async ({
  page,
}) => {
  const at = after(2).toISOString();
  const steps = quoted([[at, 'aging', 'triangle', 'attention', 'fresh up to 36 h']]);
  await page.route('**/status/images/**', async (route) => {
    const response = await route.fetch();
    const body = (await response.text())
      .replace(/data-mode="\w+"/, 'data-mode="live"')
      .replace(/(<div class="sw-headline)/, `<div data-steps="${steps}" class="sw-headline`);
    await route.fulfill({ response, body });
  });
  await page.clock.install({ time: after(1) });
  const path = readPages().find(({ html }) => html.includes('class="sw-headline'))?.path ?? '';
  await page.goto(`./${path}`);
  const note = page.getByText('The tables below are as of');
  await expect(note).toBeHidden();
  await page.clock.runFor(1.1 * HOUR_MS);
  await expect(note).toBeVisible();
});

test('counts in the same colours on the front page as on the board', async ({ page }) => {
  const colours = async (path: string) => {
    await page.goto(path);
    return page
      .locator('.sw-summary li')
      .evaluateAll((items) => items.map((item) => getComputedStyle(item).getPropertyValue('color')));
  };
  const front = await colours('./');
  expect(new Set(front).size).toBe(4);
  expect(front).toEqual(await colours('./status/'));
});

test('lets a wide table scroll by keyboard', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 740 });
  await page.goto('./status/');
  const region = page.getByRole('region', { name: 'Base images' }).last();
  await region.focus();
  await expect(region).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => region.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
});

test('leads from a cell to its image and from there to the meaning of its state', async ({ page }) => {
  await page.goto('./status/');
  await page.locator('.sw-board .sw-cell').first().click();
  await page.getByRole('link', { name: /^What “.*” means/ }).click();
  await expect(page).toHaveURL(/\/status\/legend\/#[a-z-]+$/);
  await expect(page.locator(':target')).toBeVisible();
});
