import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { faults } from '../support/axe.ts';
import { expect, test } from '../support/browse.ts';

/** The forms of /admin/ over a copy of `content/` in a folder of the browser's own, which stands for the reader's clone. */
const RUNBOOK = 'content/runbooks/timeout.yaml';
const GLOSSARY = 'content/glossary.yaml';
const PAGE = 'content/docs/contribute/index.md';
const FILES = [RUNBOOK, GLOSSARY, PAGE, ...['owners', 'references', 'variables'].map((name) => `content/${name}.yaml`)];
const texts = Object.fromEntries(FILES.map((file) => [file, readFileSync(file, 'utf8')]));
const before = (file: string) => texts[file] ?? '';

async function openForms(page: Page): Promise<void> {
  await page.goto('admin/');
  await page.evaluate(async (files) => {
    const root = await navigator.storage.getDirectory();
    await root.getDirectoryHandle('.git', { create: true });
    for (const [path, text] of Object.entries(files)) {
      const [name = '', ...folders] = path.split('/').toReversed();
      let folder = root;
      for (const one of folders.toReversed()) folder = await folder.getDirectoryHandle(one, { create: true });
      const writer = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await writer.write(text);
      await writer.close();
    }
    Object.assign(window, { showDirectoryPicker: () => Promise.resolve(root) });
  }, texts);
  await page.getByRole('button', { name: 'Open the forms' }).click();
  await page.getByRole('button', { name: 'Work with Local Repository' }).click();
  await expect(page.getByText('A build ran out of time')).toBeVisible();
}

/** The file as it lies in that folder; the form closes before it is written. */
const fileOf = (page: Page, path: string): Promise<string> =>
  page.evaluate(async (path) => {
    const [name = '', ...folders] = path.split('/').toReversed();
    let folder = await navigator.storage.getDirectory();
    for (const one of folders.toReversed()) folder = await folder.getDirectoryHandle(one);
    return (await (await folder.getFileHandle(name)).getFile()).text();
  }, path);

async function open(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/collections/${address}`);
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible();
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  // The editor goes back to the list by itself.
  await expect(page).not.toHaveURL(/\/entries\//);
}

/** The group of a field, which the editor names with marks of direction. */
const field = (within: Page | Locator, name: string): Locator =>
  within.getByRole('group', { name: new RegExp(`^“.?${name}.?” Field$`) });

test('a field that is edited in a form is what differs in the file, and nothing else', async ({ page }) => {
  await openForms(page);

  await open(page, 'runbook/entries/timeout');
  await field(page, 'Title').getByRole('textbox').first().fill('A build took too long');
  await save(page);
  const titled = before(RUNBOOK).replace('title: A build ran out of time', 'title: A build took too long');
  await expect.poll(() => fileOf(page, RUNBOOK)).toBe(titled);

  // Once more, in the same window: an item of a list, a text of several lines, and a field that goes.
  // The editor draws a field when it comes into view: for this form, all of them are.
  await page.setViewportSize({ width: 1280, height: 6000 });
  await open(page, 'runbook/entries/timeout');
  await field(page, 'Before').getByRole('textbox').fill('');
  const list = field(page, 'Unverified');
  await list.getByRole('button', { name: /^Add / }).click();
  await list.getByRole('textbox').last().fill('Whether it helps.');
  await save(page);
  await page.setViewportSize({ width: 1280, height: 720 });
  const [, text = ''] = /^before: \|\n((?:(?: {2}.*)?\n)+)/m.exec(before(RUNBOOK)) ?? [];
  await expect.poll(() => fileOf(page, RUNBOOK)).not.toBe(titled);
  const edited = await fileOf(page, RUNBOOK);
  expect(edited).not.toContain(text);
  expect(edited.replace(/^unverified:\n {2}- Whether it helps\.\n/m, '')).toBe(
    titled.replace(`before: |\n${text}`, ''),
  );

  await open(page, 'lists/entries/glossary');
  await field(page, 'Terms').getByRole('button', { name: 'Expand' }).first().click();
  const arch = page.getByRole('group').filter({ has: page.getByText('arch', { exact: true }) });
  await arch.last().getByRole('button', { name: 'Expand' }).click();
  const term = field(page, 'Is').getByRole('textbox');
  await term.fill('One line.\n\nAnother line of the same word.');
  await save(page);
  await expect
    .poll(() => fileOf(page, GLOSSARY))
    .toBe(
      before(GLOSSARY).replace(
        /( {2}arch:\n(?: {4}.*\n)*? {4}is: ).*\n/,
        '$1|-\n      One line.\n\n      Another line of the same word.\n',
      ),
    );

  await open(page, 'page/entries/contribute/index');
  const body = field(page, 'Text').getByRole('textbox');
  await body.fill((await body.inputValue()).replace('There are three ways', 'There are several ways'));
  await save(page);
  await expect
    .poll(() => fileOf(page, PAGE))
    .toBe(before(PAGE).replace('There are three ways', 'There are several ways'));
});

test('before the forms are asked for, their page is words that everybody can read, and loads nothing', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('admin/');
  await expect(page.getByRole('heading', { name: 'Forms' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Open the forms' })).toBeVisible();
  expect(await faults(page)).toEqual([]);
  expect(asked.filter((url) => url.includes('/sveltia/'))).toEqual([]);
});
