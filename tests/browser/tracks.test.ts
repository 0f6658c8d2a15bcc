import type { Page } from '@playwright/test';
import { faultsInBoth } from '../support/axe.ts';
import { expect, test } from '../support/browse.ts';

const KEY = 'slipway:progress';

const stored = (page: Page) => page.evaluate((key) => localStorage.getItem(key), KEY);

const keep = (page: Page, progress: unknown) =>
  page.addInitScript(
    ([key, text]) => {
      if (!localStorage.getItem(`${key}-seeded`)) localStorage.setItem(key ?? '', text ?? '');
      localStorage.setItem(`${key}-seeded`, 'yes');
    },
    [KEY, typeof progress === 'string' ? progress : JSON.stringify(progress)] as const,
  );

const AT = '2026-11-21T10:00:00.000Z';

test('what is marked on a track is marked after a reload, and the track goes on behind it', async ({ page }) => {
  await page.goto('./tracks/newcomer/');
  await expect(page.getByRole('link', { name: 'Begin: Start here' })).toBeVisible();
  await page.getByRole('checkbox', { name: 'I have read it (Start here)' }).check();
  await expect(page.getByText(/^1 of \d+ done, \d+ %$/)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('checkbox', { name: 'I have read it (Start here)' })).toBeChecked();
  await page.getByRole('link', { name: 'Continue: What is bootc?' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What is bootc?');
});

test('a page knows its place on a track, and takes its mark back', async ({ page }) => {
  await page.goto('./start/what-is-konflux/');
  const tracks = page.getByRole('navigation', { name: 'Tracks' });
  await expect(tracks).toContainText('Part of From zero to a first merge request, 4 of');
  await expect(tracks).toContainText('Next: Konflux and its objects');
  const box = tracks.getByRole('checkbox');
  await box.check();
  expect(await stored(page)).toContain('page:/start/what-is-konflux/');
  await box.uncheck();
  expect(await stored(page)).not.toContain('page:/start/what-is-konflux/');
});

test('two tabs agree, and neither takes away what the other has marked', async ({ page, context, site }) => {
  await page.goto('./tracks/newcomer/');
  const other = await context.newPage();
  await other.goto(`${site}tracks/newcomer/`);
  await other.getByRole('checkbox', { name: /What is bootc/ }).check();
  await expect(page.getByRole('checkbox', { name: /What is bootc/ })).toBeChecked();
  await page.getByRole('checkbox', { name: /What is Konflux/ }).check();
  await expect(other.getByRole('checkbox', { name: /What is Konflux/ })).toBeChecked();
  await expect(other.getByText(/^2 of \d+ done/)).toBeVisible();
});

test('exported, forgotten, imported: everything is as it was', async ({ page }) => {
  await keep(page, {
    schema: 1,
    done: { 'page:/start/': AT, 'lab:of-tomorrow': AT },
    steps: { 'quiz:bootc': { running: AT } },
  });
  await page.goto('./progress/');
  const before = await page.getByLabel('Your progress as text').inputValue();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as a file' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^slipway-progress-\d{4}-\d\d-\d\d\.json$/);
  const file = await download.path();
  await page.getByRole('button', { name: 'Forget all my progress' }).click();
  await expect(page.getByText('Forgotten: all your progress, 2 things done.')).toBeVisible();
  expect(await stored(page)).toBeNull();
  await page.reload();
  await page.getByLabel('File').setInputFiles(file);
  await expect(page.getByText('It adds 2 things done and 1 step.')).toBeVisible();
  await expect(page.getByText(/1 name in it is not on this site/)).toBeVisible();
  expect(await stored(page)).toBeNull();
  await page.getByRole('button', { name: 'Add it to my progress' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'It is added.' })).toBeFocused();
  expect(await page.getByLabel('Your progress as text').inputValue()).toBe(before);
  await expect(page.getByText(/1 name that this site does not have/)).toBeVisible();
});

test('what was forgotten comes back as long as the page is open', async ({ page }) => {
  await keep(page, { schema: 1, done: { 'page:/start/': AT, 'quiz:handbook': AT }, steps: {} });
  await page.goto('./progress/');
  await page.getByRole('button', { name: 'Forget this track (From zero to a first merge request)' }).click();
  await expect(page.getByText(/^Forgotten: .*, 1 thing done\.$/)).toBeVisible();
  expect(await stored(page)).toContain('quiz:handbook');
  const back = page.getByRole('button', { name: 'Bring it back' });
  await expect(back).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('It is back.')).toBeFocused();
  expect(await stored(page)).toContain('page:/start/');
});

test('the preview of an import follows what is forgotten meanwhile', async ({ page }) => {
  const mine = { schema: 1, done: { 'page:/start/': AT }, steps: {} };
  await keep(page, mine);
  await page.goto('./progress/');
  await page.getByLabel('Or the text').fill(JSON.stringify(mine));
  await expect(page.getByText(/adds nothing/)).toBeVisible();
  await page.getByRole('button', { name: 'Forget all my progress' }).click();
  await expect(page.getByText('It adds 1 thing done.')).toBeVisible();
  await page.getByRole('button', { name: 'Add it to my progress' }).click();
  await expect(page.getByText('It is added.')).toBeVisible();
  await expect(page.getByText(/It adds/)).toHaveCount(0);
});

for (const [what, text, said] of [
  ['half a text', '{"schema": 1, "done": {', /It is not JSON/],
  ['something else', '{"name": "slipway"}', /no progress/],
  ['a later version', '{"schema": 7}', /newer version/],
  [
    'fields of any shape',
    '{"schema":1,"done":{"lab:a":5,"x":[]},"steps":7}',
    /adds nothing.*3 fields in it could not be read/,
  ],
] as const) {
  test(`an import of ${what} is answered in words, and changes nothing`, async ({ page }) => {
    await page.goto('./progress/');
    await page.getByLabel('Or the text').fill(text);
    await expect(page.getByRole('status').filter({ hasText: said })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Add it to my progress' })).toBeHidden();
    expect(await stored(page)).toBeNull();
  });
}

test('what lies broken in the browser stops nothing', async ({ page }) => {
  await keep(page, '{"schema":1,"done":');
  await page.goto('./tracks/newcomer/');
  await page.getByRole('checkbox', { name: /Start here/ }).check();
  expect(JSON.parse((await stored(page)) ?? '')).toMatchObject({ schema: 1 });
});

test('what a later version has kept is not written over, and the page says so', async ({ page }) => {
  await keep(page, '{"schema":2,"secret":true}');
  await page.goto('./tracks/newcomer/');
  await page.getByRole('checkbox', { name: /Start here/ }).check();
  await expect(page.getByText('Your progress is not kept.')).toBeVisible();
  expect(await stored(page)).toBe('{"schema":2,"secret":true}');
});

test('where the browser keeps nothing, marks live as long as the page, and it says so', async ({ page, watched }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  });
  await page.goto('./tracks/newcomer/');
  await expect(page.getByText('Your progress is not kept.')).toBeVisible();
  await page.getByRole('checkbox', { name: /Start here/ }).check();
  await expect(page.getByRole('link', { name: 'Continue: What is bootc?' })).toBeVisible();
  await page.goto('./start/what-is-bootc/');
  await expect(page.getByRole('navigation', { name: 'Tracks' }).getByRole('checkbox')).not.toBeChecked();
  // The frame's own choice of a theme needs storage.
  expect(watched.splice(0).filter((fault) => !/^denied$|StarlightThemeProvider/.test(fault))).toEqual([]);
});

test('where there is no room left, the page says so and goes on', async ({ page }) => {
  await page.goto('./tracks/newcomer/');
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await expect(page.getByText('Your progress is not kept.')).toBeHidden();
  await page.getByRole('checkbox', { name: /Start here/ }).check();
  await expect(page.getByText('Your progress is not kept.')).toBeVisible();
  await expect(page.getByText(/^1 of \d+ done/)).toBeVisible();
});

test('a quiz says why a choice is wrong, takes another, and keeps what was right; all by keyboard', async ({
  page,
}) => {
  await page.goto('./quizzes/bootc/');
  const question = page.getByRole('group', { name: /In what does its user space run/ });
  await question.getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(question.getByText(/^Not right\./)).toBeVisible();
  const form = page.locator('form', { has: question });
  await expect(form.getByRole('status')).toHaveText(/^Not yet\./);
  expect(await stored(page)).toBeNull();
  const right = question.getByRole('radio', { name: /Directly on the machine/ });
  while (!(await right.isChecked())) await page.keyboard.press('ArrowDown');
  await expect(question.getByText(/^Not right\./)).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(form.getByRole('status')).toHaveText('Right.');
  await expect(page.getByText(/^1 of \d answered right\.$/)).toBeVisible();
  await page.reload();
  await expect(right).toBeChecked();
  await expect(form.getByRole('status')).toHaveText('Right.');
});

test('of several right answers none may be missing and none too many, and a new try clears only what was wrong', async ({
  page,
}) => {
  await page.goto('./quizzes/bootc/');
  const form = page.locator('form', { hasText: 'What stays on the machine' });
  const said = form.getByRole('status');
  const check = form.getByRole('button', { name: 'Check' });
  await check.click();
  await expect(said).toHaveText('Choose an answer first.');
  await form.getByRole('checkbox', { name: /\/var/ }).check();
  await check.click();
  await expect(said).toHaveText(/something is missing/);
  await form.getByRole('checkbox', { name: /\/etc/ }).check();
  await form.getByRole('checkbox', { name: /\/usr/ }).check();
  await check.click();
  await expect(said).toHaveText(/One choice too many/);
  const other = page.locator('form', { hasText: 'Which variant is published' });
  await other.getByRole('radio', { name: 'standard' }).check();
  await other.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('button', { name: 'Try again what was wrong' }).click();
  await expect(form.getByRole('checkbox').first()).toBeFocused();
  await expect(form.getByRole('checkbox', { checked: true })).toHaveCount(0);
  await expect(other.getByRole('radio', { name: 'standard' })).toBeChecked();
});

test('a quiz is done when all its questions are, wherever they were answered, and can be started over', async ({
  page,
}) => {
  const all = ['running', 'kept', 'variant', 'version'].map((id) => [id, AT]);
  await keep(page, { schema: 1, done: {}, steps: { 'quiz:bootc': Object.fromEntries(all) } });
  await page.goto('./start/what-is-bootc/');
  const form = page.locator('form', { hasText: 'change at once' });
  await form.getByRole('radio', { name: /Nothing that runs/ }).check();
  await form.getByRole('button', { name: 'Check' }).click();
  await page.goto('./tracks/');
  await expect(page.getByRole('listitem').filter({ hasText: 'Image mode and bootc images' })).toContainText('Done');
  await page.goto('./quizzes/bootc/');
  await expect(page.getByText('All 5 answered right.')).toBeVisible();
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(page.getByText('0 of 5 answered right.')).toBeVisible();
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a track is a list of links, and promises no marks', async ({ page }) => {
    await page.goto('./tracks/newcomer/');
    await expect(page.getByRole('link', { name: 'Begin: Start here' })).toBeVisible();
    await expect(page.getByRole('checkbox')).toHaveCount(0);
    await expect(page.getByText('Not done yet').filter({ visible: true })).toHaveCount(0);
    await page.getByRole('main').getByRole('link', { name: 'What is bootc?', exact: true }).click();
    await expect(page.getByRole('navigation', { name: 'Tracks' })).toContainText('Next: Image mode and bootc images');
  });

  test('the answers of a quiz are folded below each question, with their reasons', async ({ page }) => {
    await page.goto('./quizzes/bootc/');
    await expect(page.getByRole('button', { name: 'Check' })).toHaveCount(0);
    await page.getByText('Answer of question 1').click();
    await expect(page.getByText('systemd is process 1')).toBeVisible();
  });

  test('the page of progress says what it needs and what is stored', async ({ page }) => {
    await page.goto('./progress/');
    await expect(page.locator('noscript p')).toBeVisible();
    expect(await page.locator('noscript p').textContent()).toMatch(/needs JavaScript/);
    await expect(page.getByRole('button', { name: /Forget|Save|Copy/ })).toHaveCount(0);
  });
});

for (const path of ['tracks/', 'tracks/newcomer/', 'quizzes/trust/', 'progress/', 'start/what-is-bootc/']) {
  test(`/${path} with what was done has no fault that axe knows, light or dark`, async ({ page }) => {
    await keep(page, {
      schema: 1,
      done: { 'page:/start/': AT, 'quiz:bootc': AT },
      steps: { 'quiz:trust': { scanner: AT } },
    });
    await page.goto(`./${path}`);
    if (path === 'quizzes/trust/') {
      await page.getByRole('radio').first().check();
      await page.getByRole('button', { name: 'Check' }).nth(3).click();
    }
    expect(await faultsInBoth(page)).toEqual([]);
  });
}

for (const width of [320, 360]) {
  test(`nothing is wider than a page of ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 740 });
    for (const path of [
      'tracks/',
      'tracks/on-duty/',
      'quizzes/arches-and-tags/',
      'progress/',
      'start/what-is-konflux/',
    ]) {
      await page.goto(`./${path}`);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
        path,
      ).toBeLessThanOrEqual(0);
    }
  });
}

test('on paper a track is a list with addresses, and neither progress nor a quiz has buttons', async ({ page }) => {
  await page.emulateMedia({ media: 'print' });
  await page.goto('./progress/');
  await expect(page.getByRole('button', { name: /Forget|Save|Copy/ })).toHaveCount(0);
  await page.goto('./quizzes/trust/');
  await expect(page.getByRole('checkbox').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Check' })).toHaveCount(0);
  await page.goto('./tracks/newcomer/');
  const first = page.getByRole('link', { name: 'Start here' }).last();
  expect(await first.evaluate((link) => getComputedStyle(link, '::after').content)).toMatch(/\/start\//);
});
