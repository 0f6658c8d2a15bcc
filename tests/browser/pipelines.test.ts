import type { Page } from '@playwright/test';
import { expect, test } from '../support/browse.ts';
import { readPages } from '../support/site.ts';

const PATH = './pipelines/upstream-multi-platform/';
const built = readPages().find(({ path }) => path === 'pipelines/upstream-multi-platform/');
const names = [...(built?.html ?? '').matchAll(/data-node="(task-[^"]+)"/g)].map(([, name]) => name ?? '');
const tasks = [...new Set(names)];
const box = (page: Page, task: string) => page.locator(`[data-node="task-${task}"]`).filter({ visible: true });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('data-node'));

test('the picture has one stop of the tab key, and every task can be reached from it by arrow keys', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(PATH);
  const first = box(page, 'init');
  await first.focus();
  await expect(page.locator('[data-node][tabindex="0"]').filter({ visible: true })).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  expect(await focused(page)).toBe('task-clone-repository');
  await page.keyboard.press('ArrowLeft');
  expect(await focused(page)).toBe('task-init');
  const reached = new Set(['task-init']);
  for (const anchor of reached) {
    for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
      await box(page, anchor.replace('task-', '')).focus();
      await page.keyboard.press(key);
      reached.add((await focused(page)) ?? '');
    }
  }
  expect(reached).toEqual(new Set(tasks));
  await page.keyboard.press('Home');
  expect(await focused(page)).toBe('task-init');
  await page.keyboard.press('End');
  expect(await focused(page)).toBe(tasks.at(-1));
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBeNull();
});

test('Enter leads to what is said of a task and opens it, Escape comes back', async ({ page }) => {
  await page.goto(PATH);
  await box(page, 'build-images').focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#task-build-images$/);
  const section = page.locator('#task-build-images');
  await expect(section.locator('details')).toHaveAttribute('open', '');
  await expect(section).toBeFocused();
  await expect(box(page, 'build-images')).toHaveAttribute('data-mark', 'here');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  expect(await focused(page)).toBe('task-build-images');
});

test('an address of a task opens it and marks its box and its lines', async ({ page }) => {
  await page.goto(`${PATH}#task-clair-scan`);
  await expect(page.locator('#task-clair-scan details')).toHaveAttribute('open', '');
  await expect(box(page, 'clair-scan')).toHaveAttribute('data-mark', 'here');
  await expect(page.locator('#yaml-task-clair-scan')).toHaveAttribute('data-here', '');
  await expect(page.locator('.pl-part[data-here]')).toHaveCount(1);
});

test('a task leads to its lines of the YAML, which are opened and marked', async ({ page }) => {
  await page.goto(`${PATH}#task-build-images`);
  await page.getByRole('link', { name: 'Its YAML' }).and(page.locator('[href="#yaml-task-clair-scan"]')).click();
  await expect(page.locator('#yaml-task-clair-scan .pl-l').first()).toBeInViewport();
  await expect(page.locator('.pl-part[data-here]')).toHaveCount(1);
  await expect(page.locator('#yaml-task-clair-scan')).toHaveAttribute('data-here', '');
  await expect(box(page, 'clair-scan')).toHaveAttribute('data-mark', 'here');
});

test('the picture begins on the first screen', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  for (const id of ['fedora-base-image', 'upstream-multi-platform', 'coreos', 'life-of-a-change']) {
    await page.goto(`./pipelines/${id}/`);
    const place = await page.locator('[data-drawing]').filter({ visible: true }).boundingBox();
    expect(place?.y, id).toBeLessThan(800);
  }
});

test('an address of a line opens the YAML that it is in', async ({ page }) => {
  await page.goto(`${PATH}#L20`);
  await expect(page.locator('#L20')).toBeInViewport();
});

test('the guided path leads on and back, and marks what it is about', async ({ page }) => {
  await page.goto(`${PATH}#step-1`);
  await page.getByRole('link', { name: 'On to step 2' }).click();
  await expect(page).toHaveURL(/#step-2$/);
  const about = ((await page.locator('#step-2').getAttribute('data-at')) ?? '').split(' ');
  for (const anchor of about) await expect(box(page, anchor.replace('task-', ''))).toHaveAttribute('data-mark', 'here');
  await page.getByRole('link', { name: 'Back to step 1' }).click();
  await expect(page).toHaveURL(/#step-1$/);
});

test('an opened parameter is shown in the picture and told', async ({ page }) => {
  await page.goto(PATH);
  await page.locator('#parameter-skip-checks > summary').click();
  await expect(box(page, 'clamav-scan')).toHaveAttribute('data-mark', 'switched');
  await expect(box(page, 'apply-tags')).not.toHaveAttribute('data-mark', /./);
  await expect(page.locator('[data-said]')).toContainText('skip-checks');
  await expect(page.locator('[data-said]')).toBeVisible();
  await page.locator('#parameter-build-platforms > summary').click();
  await expect(box(page, 'build-images')).toHaveAttribute('data-mark', 'repeated');
  await page.locator('#parameter-build-platforms > summary').click();
  await page.locator('#parameter-skip-checks > summary').click();
  await expect(page.locator('[data-mark]')).toHaveCount(0);
});

test('a phone has the picture downwards, and one picture only', async ({ page }) => {
  for (const [width, direction] of [
    [360, 'down'],
    [1440, 'right'],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(PATH);
    await expect(page.locator('[data-drawing]').filter({ visible: true })).toHaveClass(new RegExp(`pl-${direction}`));
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  }
});

for (const path of ['pipelines/', 'pipelines/life-of-a-change/', 'pipelines/push-to-external-registry/']) {
  test(`/${path} with everything open fits 320 px and all widths of a screen`, async ({ page }) => {
    await page.goto(`./${path}`);
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true;
    });
    for (const width of [320, 768, 1000, 1280, 1440, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over, `at ${width} px`).toBeLessThanOrEqual(0);
    }
  });
}

test('words beside the boxes end where the page ends', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('./pipelines/life-of-a-change/');
  const ends = await page
    .locator('.pl-side')
    .evaluateAll((texts) => texts.map((text) => text.getBoundingClientRect().right));
  expect(ends.length).toBeGreaterThan(5);
  expect(Math.max(...ends)).toBeLessThanOrEqual(1280);
});

test('paper has the picture and what is said of each task, and not the YAML', async ({ page }) => {
  await page.goto(PATH);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('#task-build-images dl.pl-failure').first()).toBeVisible();
  await expect(page.locator('#task-build-images').getByText('Bundle', { exact: true })).toBeVisible();
  for (const left of ['.pl-code', '.pl-bindings', '.pl-map'])
    await expect(page.locator(left).filter({ visible: true })).toHaveCount(0);
  await expect(page.getByText('Left out on paper')).toBeVisible();
  await expect(page.locator('[data-drawing]').filter({ visible: true })).toHaveCount(1);
});

test('a walkthrough takes at most sixteen sheets of paper, margins counted', async ({ page }) => {
  for (const id of ['fedora-base-image', 'coreos', 'upstream-multi-platform']) {
    await page.goto(`./pipelines/${id}/`);
    const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g);
    expect(sheets?.length, id).toBeLessThanOrEqual(16);
  }
});

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false });

  test('every box is a link, and what it leads to can be read', async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(PATH);
    await expect(page.locator('.pl-right a')).toHaveCount(tasks.length);
    await box(page, 'build-images').focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('#task-build-images h3')).toBeInViewport();
    await page.locator('#task-build-images summary').click();
    await expect(page.locator('#task-build-images dl').first()).toBeVisible();
    await page.locator('#parameter-hermetic > summary').click();
    await expect(page.locator('#parameter-hermetic a').first()).toBeVisible();
  });

  test('the lines of a task are marked by their address', async ({ page }) => {
    await page.goto(`${PATH}#yaml-task-build-images`);
    await expect(page.locator('#yaml-task-build-images')).toBeVisible();
    const marked = await page
      .locator('#yaml-task-build-images')
      .evaluate((part) => getComputedStyle(part).borderInlineStartColor);
    expect(marked).not.toBe('rgba(0, 0, 0, 0)');
  });
});

test('a picture in a page of prose leads to its walkthrough', async ({ page }) => {
  await page.goto('./handbook/pipelines/');
  const marked = box(page, 'build-images').first();
  await expect(marked).toHaveAttribute('data-mark', 'here');
  const list = page.locator('figure details').filter({ hasText: 'tasks of the picture' }).first();
  await list.locator('summary').click();
  await expect(list.getByRole('link')).toHaveCount(tasks.length);
  await marked.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/pipelines\/upstream-multi-platform\/#task-build-images$/);
});
