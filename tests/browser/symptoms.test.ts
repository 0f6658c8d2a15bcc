import type { Page } from '@playwright/test';
import { faultsInBoth, WCAG } from '../support/axe.ts';
import { expect, test } from '../support/browse.ts';
import { BASE } from '../support/site.ts';

const LOG = `sample: begin
PipelineRun "fedora-bootc-45-standard-on-push-abcde" failed to finish within "2h0m0s"
sample: end`;

const field = (page: Page) => page.getByLabel('The log or the message');
const found = (page: Page) => page.locator('symptom-finder ol > li');

test.beforeEach(({ page }) => page.goto('./symptoms/'));

test('a pasted log gives its runbook, the line that says so, and a link with what the log names', async ({ page }) => {
  await field(page).fill(LOG);
  await expect(page.getByRole('status')).toContainText(/runbooks? fits?/);
  await expect(found(page).first()).toContainText('2: PipelineRun "fedora-bootc-45-standard-on-push-abcde" failed');
  const link = found(page).first().getByRole('link');
  await expect(link).toHaveAttribute('href', /runbooks\/timeout\/#v=.*component:fedora-bootc-45-standard/);
});

test('nothing of the text leaves the page', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await field(page).fill(LOG);
  await expect(found(page).first()).toBeVisible();
  expect(asked.filter((one) => !one.endsWith('favicon.svg'))).toEqual([`GET ${BASE}symptoms/index.json`]);
  // The choice of light or dark is kept by the site itself.
  const kept = await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage), location.hash]);
  expect(kept.filter((one) => one !== 'starlight-theme')).toEqual(['']);
});

test('a text full of markup is shown as text', async ({ page }) => {
  await field(page).fill(`<img src=x onerror="document.title='x'"> failed to finish within "1h"`);
  await expect(found(page).first()).toContainText('<img src=x');
  expect(await found(page).locator('img').count()).toBe(0);
  await expect(page).toHaveTitle(/Find by symptom/);
});

test('what no runbook knows is said, and emptied text takes the list away', async ({ page }) => {
  await field(page).fill('all is well');
  await expect(page.getByRole('status')).toContainText('No runbook knows this');
  await field(page).fill(LOG);
  await expect(found(page).first()).toBeVisible();
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(found(page)).toHaveCount(0);
  await expect(field(page)).toBeFocused();
});

test('a log can be taken from a file', async ({ page }) => {
  await page
    .locator('symptom-finder input[type=file]')
    .setInputFiles({ name: 'build.log', mimeType: 'text/plain', buffer: Buffer.from(LOG) });
  await expect(found(page).first()).toBeVisible();
  await expect(field(page)).toHaveValue(LOG);
});

test('results have no fault that axe knows, light or dark', async ({ page }) => {
  await field(page).fill(LOG);
  await expect(found(page).first()).toBeVisible();
  expect(await faultsInBoth(page, WCAG)).toEqual([]);
});

test('a search can be narrowed to runbooks by state, part and tool', async ({ page }) => {
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('dialog').getByRole('searchbox').fill('timeout');
  await page.getByText('Only runbooks').click();
  await expect(page.getByRole('dialog').getByRole('link', { name: 'Find by symptom' })).toHaveCount(0);
  await page.getByRole('dialog').getByRole('searchbox').fill('');
  const tool = page.getByRole('dialog').getByLabel('Tool');
  await expect(tool.locator('option')).not.toHaveCount(1);
  await tool.selectOption('skopeo');
  const rows = page.getByRole('dialog').getByRole('listitem');
  await expect(rows.first()).toBeVisible();
  for (const href of await rows.getByRole('link').evaluateAll((links) => links.map((one) => one.getAttribute('href'))))
    expect(href).toContain('runbooks/');
});
