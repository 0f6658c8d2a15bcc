import { expect, test } from '../support/browse.ts';
import { readPages } from '../support/site.ts';

test.use({ javaScriptEnabled: false });

test('reads whole without a script: clocks, counts, tables, and what is folded', async ({ page }) => {
  await page.goto('./status/');
  await expect(page.getByText(/^As of .* UTC$/)).toBeVisible();
  await expect(page.getByText(/distrust after .* UTC/)).toBeVisible();
  await expect(page.locator('.sw-summary li')).toHaveCount(4);
  await expect(page.locator('.sw-board .sw-cell').first()).toBeVisible();
  const fold = page.locator('details.sw-folded');
  await fold.locator('summary').click();
  await expect(fold.getByRole('table')).toBeVisible();
});

test('shows every command in full without a script, and no button that does nothing', async ({ page }) => {
  const path = readPages().find(({ html }) => html.includes('data-copy="podman pull '))?.path ?? '';
  await page.goto(`./${path}`);
  await expect(page.getByText(/^podman pull /)).toBeVisible();
  await expect(page.locator('button[data-copy]:visible')).toHaveCount(0);
});
