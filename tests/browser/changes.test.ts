import { expect, test } from '../support/browse.ts';
import { readPages } from '../support/site.ts';

const found = readPages().find(({ path, html }) => path.endsWith('/changes/') && html.includes('data-lists='));
const path = `./${found?.path}`;
const digests = [...(found?.html ?? '').matchAll(/<option value="(sha256:[0-9a-f]{64})"/g)].map(([, digest]) => digest);

test('compares two images in the browser as the page itself does', async ({ page }) => {
  await page.goto(path);
  const [from, to] = [page.getByRole('combobox', { name: 'From' }), page.getByRole('combobox', { name: 'To' })];
  await expect(from).toHaveValue(digests[1] ?? '');
  await expect(to).toHaveValue(digests[0] ?? '');
  await page.getByRole('combobox', { name: 'Architecture' }).selectOption('x86_64');
  await page.getByRole('button', { name: 'Compare' }).click();
  const said = page.locator('[data-compared]');
  await expect(said).toContainText(/^On x86_64: |^The same \d+ packages/);
  const above = page.locator('#previous ~ details').first();
  if ((await above.count()) > 0) await expect(said.locator('details').first()).toContainText(/graded|added|removed/);
});

test('says that both are the same image, and that a list is not there', async ({ page, watched }) => {
  await page.goto(path);
  await page.getByRole('combobox', { name: 'From' }).selectOption({ index: 0 });
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.locator('[data-compared]')).toHaveText('Both are the same image. Choose two.');
  await page.route('**/v1/packages/**', (route) => route.fulfill({ status: 404, body: '' }));
  await page.getByRole('combobox', { name: 'From' }).selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.locator('[data-compared]')).toContainText('could not be read');
  // The browser reports the answers that this test made.
  watched.splice(0);
});

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false });

  test('hides the form and offers the lists', async ({ page }) => {
    await page.goto(path);
    await expect(page.locator('form[data-lists]')).toBeHidden();
    await page.getByText('The lists as data').click();
    await expect(page.getByRole('link', { name: 'x86_64' }).first()).toBeVisible();
  });
});
