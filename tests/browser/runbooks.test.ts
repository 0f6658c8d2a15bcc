import type { Page } from '@playwright/test';
import { readRunbooks } from '#host/runbooks.ts';
import { faults } from '../support/axe.ts';
import { expect, test } from '../support/browse.ts';

const { runbooks, variables } = await readRunbooks(process.cwd());
const PATH = './runbooks/retrigger-push-build/';
const HOSTILE = 'x$(touch /tmp/sample)';

declare global {
  interface Window {
    copied: string[];
  }
}

/** What has reached the clipboard so far. */
const copied = (page: Page): Promise<string[]> => page.evaluate(() => window.copied);
const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const copyOf = (page: Page, step: number) => page.getByRole('button', { name: `Copy: Command of step ${step}` });
const said = (page: Page) => page.locator('[data-said]');

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    window.copied = [];
    const writeText = async (text: string) => {
      window.copied.push(text);
    };
    Object.defineProperty(navigator, 'clipboard', { value: { writeText } });
  });
});

test('a value goes into every command as it is written, and into the clipboard with the whole command', async ({
  page,
}) => {
  await page.goto(PATH);
  await field(page, 'Component').fill('fedora-bootc-45-minimal');
  const places = page.locator('[data-var="component"]');
  for (const place of await places.all()) await expect(place).toHaveText('fedora-bootc-45-minimal');
  await copyOf(page, 1).click();
  const written = runbooks.find(({ id }) => id === 'retrigger-push-build')?.steps[0]?.run ?? '';
  const filled = written
    .replaceAll('{{component}}', 'fedora-bootc-45-minimal')
    .replaceAll('{{namespace}}', 'bootc-tenant');
  expect(await copied(page)).toEqual([filled]);
  await expect(said(page)).toHaveText('Copied: Command of step 1');
});

test('nothing is copied while a value is missing or unfit: the reader is led to it and told why', async ({ page }) => {
  await page.goto(PATH);
  const component = field(page, 'Component');
  await copyOf(page, 1).click();
  await expect(component).toBeFocused();
  await expect(component).toHaveAttribute('aria-invalid', 'true');
  await expect(component).toHaveAccessibleDescription(/Needed before anything is copied. This is empty./);
  await expect(said(page)).toContainText('Not copied: Component is needed.');
  await component.fill(HOSTILE);
  await copyOf(page, 1).click();
  await page.getByRole('button', { name: 'Copy all as a script' }).click();
  await expect(component).toBeFocused();
  expect(await copied(page)).toEqual([]);
  await expect(page.locator('[data-var="component"]').first()).not.toHaveText(HOSTILE);
});

test('values of a link are shown, and copied only when the reader has accepted them', async ({ page }) => {
  await page.goto(`${PATH}#v=component:their-component;namespace:their-tenant`);
  await expect(field(page, 'Component')).toHaveValue('their-component');
  await expect(page.locator('[data-field="component"]')).toContainText('From a link: check it.');
  const names = ['Copy: Command of step 1', 'Copy all as a script', 'Copy a link with these'];
  for (const name of names) {
    await page.getByRole('button', { name }).click();
    await expect(page.getByRole('group', { name: 'Values from a link' })).toBeFocused();
  }
  await page.getByRole('link', { name: 'Script (.sh)' }).click();
  expect(await copied(page)).toEqual([]);
  await page.getByRole('button', { name: 'Component: it is right' }).click();
  await copyOf(page, 1).click();
  expect(await copied(page)).toEqual([]);
  await page.getByRole('button', { name: 'They are right' }).click();
  await expect(page).not.toHaveURL(/#v=/);
  await copyOf(page, 1).click();
  expect((await copied(page))[0]).toContain('-n their-tenant');
});

test('what the board filled in says so, and takes one press: then the reader is back at the button', async ({
  page,
}) => {
  await page.goto('./status/legend/');
  await page.evaluate((path) => {
    const link = document.createElement('a');
    link.href = `${new URL(path, new URL('../../', location.href))}#v=component:from-the-board`;
    document.querySelector('main')?.append(link);
    link.click();
  }, PATH);
  await expect(page.locator('#link-notice')).toContainText('Filled in from the board.');
  await copyOf(page, 1).press('Enter');
  await expect(page.getByRole('group', { name: 'Values from a link' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(copyOf(page, 1)).toBeFocused();
  await page.keyboard.press('Enter');
  expect((await copied(page))[0]).toContain('from-the-board');
});

test('Enter in a field leads back to the button that could not copy', async ({ page }) => {
  await page.goto(PATH);
  // As in Safari, where a button that is clicked does not get the focus.
  await copyOf(page, 3).dispatchEvent('click');
  await expect(field(page, 'Component')).toBeFocused();
  await page.keyboard.type('mine');
  await page.keyboard.press('Enter');
  await expect(copyOf(page, 3)).toBeFocused();
});

test('all of a command is in sight, and a copy by hand is the command, each line once', async ({ page }) => {
  test.slow(true, 'it opens every runbook');
  await page.setViewportSize({ width: 360, height: 800 });
  for (const { id } of runbooks) {
    await page.goto(`./runbooks/${id}/`);
    const boxes = await page.locator('.rb-command pre').evaluateAll((all) =>
      all.map((box) => {
        getSelection()?.selectAllChildren(box);
        return { over: box.scrollWidth - box.clientWidth, byHand: `${getSelection()}`.trim(), text: box.textContent };
      }),
    );
    for (const { over, byHand, text } of boxes)
      expect({ id, over, byHand }).toEqual({ id, over: 0, byHand: text.trim() });
  }
});

test('values of a link can be left out again', async ({ page }) => {
  await page.goto(PATH);
  await field(page, 'Component').fill('mine');
  await page.goto(`${PATH}#v=component:theirs`);
  await page.getByRole('button', { name: 'Leave them out' }).click();
  await expect(field(page, 'Component')).toHaveValue('mine');
  await copyOf(page, 1).click();
  expect((await copied(page))[0]).not.toContain('theirs');
});

for (const hostile of [
  `component:${encodeURIComponent(HOSTILE)}`,
  `component:${encodeURIComponent('x\u202e')}`,
  'component:-o',
  '__proto__:x;constructor:y;component:%',
  `${encodeURIComponent('<img src=x>')}:1`,
]) {
  test(`a link with ${hostile} never reaches the clipboard or the page`, async ({ page }) => {
    await page.goto(`${PATH}#v=${hostile}`);
    await expect(field(page, 'Component')).toHaveValue('');
    await expect(page.locator('#link-dropped')).toBeVisible();
    await expect(page.locator('#link-dropped img')).toHaveCount(0);
    await copyOf(page, 1).click();
    await page.getByRole('button', { name: 'Copy all as a script' }).click();
    expect(await copied(page)).toEqual([]);
  });
}

test('a step of the page can be gone to without losing what a link brought', async ({ page }) => {
  await page.goto(`${PATH}#v=component:theirs`);
  await page.evaluate(() => {
    location.hash = '#step-watch';
  });
  await expect(field(page, 'Component')).toHaveValue('theirs');
  await expect(page.locator('#link-notice')).toBeVisible();
});

test('values follow the reader to the next runbook, and are forgotten when asked', async ({ page }) => {
  const next = runbooks.find(
    ({ id, variables: names }) => id !== 'retrigger-push-build' && names.includes('component'),
  );
  expect(next).toBeDefined();
  await page.goto(PATH);
  await field(page, 'Component').fill('mine');
  await page.goto(`./runbooks/${next?.id}/`);
  await expect(field(page, 'Component')).toHaveValue('mine');
  await expect(page.locator('#link-notice')).toBeHidden();
  await page.getByRole('button', { name: 'Forget my values' }).click();
  await expect(field(page, 'Component')).toHaveValue('');
  await page.goto(PATH);
  await expect(field(page, 'Component')).toHaveValue('');
});

test('a link that is shared gives back the same values', async ({ page }) => {
  await page.goto(PATH);
  await field(page, 'Component').fill('mine');
  await page.getByRole('button', { name: 'Copy a link with these' }).click();
  const [address = ''] = await copied(page);
  await page.evaluate(() => sessionStorage.clear());
  await page.goto('about:blank');
  await page.goto(address);
  await expect(field(page, 'Component')).toHaveValue('mine');
  await expect(page.locator('[data-field="component"]')).toContainText('From a link');
});

test('all as a script, and the files, hold the values of the reader', async ({ page }) => {
  await page.goto(PATH);
  await field(page, 'Component').fill('mine');
  await page.getByRole('button', { name: 'Copy all as a script' }).click();
  const [script = ''] = await copied(page);
  expect(script).toMatch(/^#!\/usr\/bin\/env bash\n/);
  expect(script).toContain('component=mine');
  for (const [name, file] of [
    ['Script (.sh)', 'retrigger-push-build.sh'],
    ['Markdown (.md)', 'retrigger-push-build.md'],
  ] as const) {
    const waiting = page.waitForEvent('download');
    await page.getByRole('link', { name }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe(file);
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toContain('component=mine');
  }
});

test('an issue opens at the forge that the reader names, with the steps to tick', async ({ page }) => {
  await page.addInitScript(() => {
    window.open = (address) => {
      window.copied.push(String(address));
      return null;
    };
  });
  await page.goto(PATH);
  await field(page, 'Component').fill('mine');
  await page.getByText('Open as a checklist issue').click();
  await page.getByRole('button', { name: 'Open the issue' }).click();
  await expect(page.getByText('Write the address of a project')).toBeVisible();
  await field(page, 'Address of the project').fill('https://github.com/sample/sample');
  await expect(field(page, 'Kind of forge')).toHaveValue('github');
  await page.getByRole('button', { name: 'Open the issue' }).click();
  const [address = ''] = await copied(page);
  expect(address).toMatch(/^https:\/\/github\.com\/sample\/sample\/issues\/new\?title=/);
  expect(new URL(address).searchParams.get('body')).toContain('- [ ] 1.');
  await page.reload();
  expect(await field(page, 'Address of the project').inputValue()).toBe('https://github.com/sample/sample');
});

test('a free text reaches the shell in quotes, and its line is copied first', async ({ page }) => {
  const free = runbooks.find(({ variables: names }) => names.some((name) => variables[name]?.type === 'text'));
  expect(free).toBeDefined();
  const name = free?.variables.find((one) => variables[one]?.type === 'text') ?? '';
  await page.goto(`./runbooks/${free?.id}/`);
  await page.locator(`#value-${name}`).fill(`it's "$(id)" <b>`);
  await page.locator(`[data-copies="export.${name}"]`).click();
  const line = `export ${name.toUpperCase().replaceAll('-', '_')}='it'\\''s "$(id)" <b>'`;
  expect(await copied(page)).toEqual([`${line}\n`]);
  await expect(page.locator(`[data-var="${name}"]`).first()).toHaveText(`'it'\\''s "$(id)" <b>'`);
});

test('filling moves neither the fields nor, with a name as long as its example, the steps', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(PATH);
  const tops = () =>
    page
      .locator('.rb-step')
      .evaluateAll((steps) => steps.map((step) => (step instanceof HTMLElement ? step.offsetTop : 0)));
  const before = await tops();
  await field(page, 'Component').fill('fedora-bootc-44-standard');
  expect(await tops()).toEqual(before);
  const place = await page.locator('#values').boundingBox();
  await field(page, 'Component').fill(`a-${'very-long-'.repeat(5)}name`);
  expect(await page.locator('#values').boundingBox()).toEqual(place);
});

test('paper has the values in the commands, boxes to tick and no controls', async ({ page }) => {
  await page.goto(PATH);
  await field(page, 'Component').fill('mine');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('[data-var="component"]').first()).toHaveText('mine');
  for (const left of ['.rb button', 'header.header', '.rb-take'])
    await expect(page.locator(left).filter({ visible: true })).toHaveCount(0);
  const box = await page
    .locator('.rb-step h3')
    .first()
    .evaluate((head) => getComputedStyle(head, '::before').content);
  expect(box).toContain('☐');
  const wide = await page
    .locator('.rb-command pre')
    .evaluateAll((all) => all.some((one) => one.scrollWidth > one.clientWidth + 1));
  expect(wide).toBe(false);
  const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g);
  expect(sheets?.length).toBeLessThanOrEqual(4);
});

test('the list can be narrowed by words, part and tool, and says how many are left', async ({ page }) => {
  await page.goto('./runbooks/');
  const shown = page.locator('.rb-index > li').filter({ visible: true });
  await expect(shown).toHaveCount(runbooks.length);
  await page.locator('rb-list').getByLabel('Words').fill('start the build one image again');
  await expect(page.getByRole('link', { name: 'Start the build of one image again, from the cluster' })).toBeVisible();
  await expect(page.locator('[data-count]')).toHaveText(/^\d+ of \d+ runbooks\.$/);
  await page.locator('rb-list').getByLabel('Words').fill('');
  await page.locator('rb-list').getByLabel('Tool').selectOption('skopeo');
  await expect(shown).toHaveCount(runbooks.filter(({ needs }) => needs.tools.skopeo).length);
  await page.locator('rb-list').getByLabel('Words').fill('no runbook has such words');
  await expect(shown).toHaveCount(0);
  await expect(page.locator('[data-count]')).toHaveText(`0 of ${runbooks.length} runbooks.`);
});

for (const [scheme, width] of [
  ['light', 1280],
  ['dark', 360],
] as const) {
  test(`with all open, a link to check and a value that is wrong, axe finds no fault: ${scheme}, ${width} px`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${PATH}#v=namespace:theirs;left-out:1`);
    await field(page, 'Component').fill('Not A Name');
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true;
    });
    await copyOf(page, 1).click();
    await expect(said(page)).toContainText('Not copied');
    expect(await faults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
}

test('every runbook fits 320 px', async ({ page }) => {
  test.slow(true, 'it opens every runbook');
  await page.setViewportSize({ width: 320, height: 800 });
  for (const { id } of runbooks) {
    await page.goto(`./runbooks/${id}/`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), id).toBeLessThanOrEqual(0);
  }
});

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false });

  test('a runbook stands with its examples, says so, and offers no button that does nothing', async ({ page }) => {
    await page.goto(PATH);
    await expect(page.getByText('Without JavaScript nothing is filled in')).toBeVisible();
    await expect(page.locator('[data-var="component"]').first()).toHaveText(variables['component']?.example ?? '');
    await expect(page.locator('.rb :is(button, input, select)').filter({ visible: true })).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Script (.sh)' })).toHaveAttribute('href', /retrigger-push-build\.sh$/);
  });

  test('the list is a plain list', async ({ page }) => {
    await page.goto('./runbooks/');
    await expect(page.locator('.rb-index > li').filter({ visible: true })).toHaveCount(runbooks.length);
    await expect(page.locator('rb-list').getByLabel('Words')).toBeHidden();
  });
});
