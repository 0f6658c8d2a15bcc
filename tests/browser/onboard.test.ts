import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { unpackTar } from 'modern-tar';
import { parseAllDocuments } from 'yaml';
import { faultsInBoth } from '../support/axe.ts';
import { expect, test } from '../support/browse.ts';

const PATH = './start/onboard/';
const DIGEST = `sha256:${'a1'.repeat(32)}`;
const OWN = {
  Repository: 'https://gitlab.com/fedora/bootc/base-images',
  Tenant: 'bootc-tenant',
  Application: 'fedora-bootc-46',
  Component: 'fedora-bootc-46-minimal',
  'Release namespace': 'sample-target',
  'Released to': 'quay.io/bootc-devel/fedora-bootc-46-minimal',
  'Digest of the bundle': DIGEST,
} as const;

const field = (page: Page, name: string) => page.getByRole('textbox', { name });
const state = (page: Page) => page.getByRole('region', { name: 'Are they ready?' });
const file = (page: Page, path: string) =>
  page.locator('[data-file]').filter({ has: page.getByRole('heading', { name: path }) });

async function fill(page: Page, values: Readonly<Record<string, string>> = OWN): Promise<void> {
  for (const [name, value] of Object.entries(values)) await field(page, name).fill(value);
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const writeText = async (text: string) => {
      document.documentElement.dataset['copied'] = text;
    };
    Object.defineProperty(navigator, 'clipboard', { value: { writeText } });
  });
});
const copied = (page: Page) => page.locator('html').getAttribute('data-copied');

test('the page begins with what it needs, and calls its example not ready', async ({ page }) => {
  await page.goto(PATH);
  await expect(page.locator('main p').filter({ visible: true }).first()).toContainText(
    'This needs rights in a tenant.',
  );
  await expect(page.getByRole('link', { name: 'whom to ask' }).first()).toHaveAttribute(
    'href',
    /start\/whom-to-ask\/$/,
  );
  await expect(state(page)).toContainText('Not ready.');
  await expect(state(page)).toContainText('Still as in the example: repository, tenant');
});

test('own answers go into every file, which are checked and then called ready', async ({ page }) => {
  await page.goto(PATH);
  await fill(page);
  await expect(state(page)).toContainText('Ready to be proposed.');
  await expect(state(page)).toContainText(
    '6 objects were held against the definitions of their 5 kinds and would be taken',
  );
  const push = file(page, '.tekton/fedora-bootc-46-minimal-push.yaml');
  await expect(push).toContainText('build-pipeline-fedora-bootc-46-minimal');
  await expect(push).toContainText(`@${DIGEST}`);
  await expect(
    page.getByRole('heading', {
      name: 'clusters/kflux-fedora-01/tenants/bootc-tenant/applications/fedora-bootc-46/application.yaml',
    }),
  ).toBeVisible();
  await expect(page.locator('[data-steps]')).toContainText(
    'the owners of sample-target have a ReleasePlanAdmission there',
  );
  for (const text of await page.locator('[data-files]').allTextContents()) expect(text).not.toContain('sample-os-45');
});

test('a wrong answer is told beside it, and what stands below is called old and cannot be taken', async ({ page }) => {
  await page.goto(PATH);
  await field(page, 'Component').fill('sample-3.19');
  await expect(field(page, 'Component')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page, 'Component')).toHaveAccessibleDescription(/A name has no dots: write a hyphen/);
  await expect(state(page)).toContainText('Not ready, and what stands below is from before.');
  await expect(state(page)).toContainText('Component: A name has no dots');
  await expect(page.getByRole('button', { name: 'Download all files (.tar)' })).toBeDisabled();
  await expect(page.getByRole('button', { name: /^Copy clusters/ }).first()).toBeDisabled();
  await field(page, 'Component').fill('sample-3-19');
  await expect(field(page, 'Component')).not.toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('button', { name: 'Download all files (.tar)' })).toBeEnabled();
});

test('hostile text is a wrong answer, and never markup', async ({ page }) => {
  await page.goto(PATH);
  await field(page, 'Branch').fill('<img src=x onerror=alert(1)>');
  await expect(field(page, 'Branch')).toHaveAccessibleDescription(/A branch takes letters/);
  await field(page, 'Build arguments').fill('A=<b>x</b>');
  await expect(field(page, 'Build arguments')).toHaveAccessibleDescription(/is not NAME=value/);
  expect(await page.locator('onboard-wizard img, onboard-wizard p b b').count()).toBe(0);
});

test('without a release there is no plan, and nothing is asked about one', async ({ page }) => {
  await page.goto(PATH);
  await page.getByRole('checkbox', { name: 'Tested images are released' }).uncheck();
  await expect(field(page, 'Released to')).toBeHidden();
  await expect(page.getByRole('heading', { name: /releaseplan.yaml/ })).toHaveCount(0);
  await page.getByRole('checkbox', { name: 's390x' }).uncheck();
  await expect(file(page, '.tekton/sample-os-45-standard-push.yaml')).not.toContainText('linux/s390x');
});

test('copying gives the file as it stands, without the explanations', async ({ page }) => {
  await page.goto(PATH);
  await page.getByRole('button', { name: /^Copy clusters.*standard.yaml$/ }).click();
  const text = (await copied(page)) ?? '';
  const kinds = parseAllDocuments(text).map((one) => one.toJS().kind);
  expect(kinds).toEqual(['Component', 'ImageRepository']);
  await expect(page.locator('[data-said]')).toContainText('Copied: clusters/');
  await page.getByRole('button', { name: 'Copy: For a trial, apply them by hand' }).click();
  expect(await copied(page)).toMatch(/^kubectl apply \\\n/);
});

test('a file, the objects and all files can be downloaded', async ({ page }) => {
  await page.goto(PATH);
  await fill(page);
  await expect(state(page)).toContainText('Ready to be proposed.');
  const saved = async (name: string | RegExp) => {
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    const download = await waiting;
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const one = await saved(/^Download \.tekton\/.*-push.yaml/);
  expect(one.name).toBe('fedora-bootc-46-minimal-push.yaml');
  expect(one.bytes.toString()).toContain('name: fedora-bootc-46-minimal-on-push');
  const objects = parseAllDocuments((await saved('Download the objects as one file')).bytes.toString());
  expect(objects.map((each) => each.toJS().kind)).toEqual([
    'Application',
    'Component',
    'ImageRepository',
    'ReleasePlan',
  ]);
  const all = await saved('Download all files (.tar)');
  const names = (await unpackTar(all.bytes)).map(({ header }) => header.name);
  expect(all.name).toBe('fedora-bootc-46-minimal.tar');
  expect(names).toContain('your-repository/.tekton/fedora-bootc-46-minimal-push.yaml');
  expect(names.filter((each) => each.startsWith('tenants-config/clusters/'))).toHaveLength(6);
});

test('the answers stand in the address: another reader gets them, marked as from a link', async ({ page, context }) => {
  await page.goto(PATH);
  await field(page, 'Component').fill('their-component');
  await page.getByRole('radio', { name: 'GitHub' }).check();
  await expect(page).toHaveURL(/#.*component=their-component/);
  await page.getByRole('button', { name: 'Copy a link with these answers' }).click();
  const other = await context.newPage();
  await other.goto((await copied(page)) ?? '');
  await expect(field(other, 'Component')).toHaveValue('their-component');
  await expect(other.getByRole('radio', { name: 'GitHub' })).toBeChecked();
  await expect(other.getByText('Filled in from a link.')).toBeVisible();
  await expect(field(other, 'Repository')).toHaveAccessibleDescription(/gitlab.com is GitLab: choose that above/);
  await other.getByRole('button', { name: 'Start again' }).click();
  await expect(field(other, 'Component')).toHaveValue('sample-os-45-standard');
  await expect(other).not.toHaveURL(/#/);
});

test('a heading in the address is no answer', async ({ page }) => {
  await page.goto(`${PATH}#sources`);
  await expect(page.getByText('Filled in from a link.')).toBeHidden();
  await expect(field(page, 'Component')).toHaveValue('sample-os-45-standard');
});

test('an answer that may stay empty is empty', async ({ page }) => {
  await page.goto(PATH);
  await expect(field(page, 'Build arguments')).toHaveValue('');
});

test('a jump to the order of things leaves the answers in the address', async ({ page }) => {
  await page.goto(PATH);
  await field(page, 'Component').fill('own-os');
  await expect(page).toHaveURL(/component=own-os/);
  await page.getByRole('link', { name: 'in which order they go where' }).click();
  await expect(page.getByRole('heading', { name: 'In this order' })).toBeInViewport();
  await expect(page).toHaveURL(/component=own-os/);
});

test('it works by keyboard alone', async ({ page }) => {
  await page.goto(PATH);
  await page.getByRole('radio', { name: 'GitLab' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'GitHub' })).toBeChecked();
  await page.keyboard.press('Tab');
  await expect(field(page, 'Repository')).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('https://github.com/sample/sample');
  await expect(file(page, 'components/sample-os-45-standard.yaml')).toContainText('https://github.com/sample/sample');
  await expect(field(page, 'Repository')).toBeFocused();
});

test('with a fault and with files it has no fault that axe knows, light or dark, and fits a phone', async ({
  page,
}) => {
  test.slow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(PATH);
  for (const name of ['fedora-bootc-46-minimal', 'sample-3.19']) {
    await field(page, 'Component').fill(name);
    await expect(state(page)).toContainText(name.includes('.') ? 'is from before' : 'would be taken');
    // The lines of the files are looked at as the page brings them, in axe.test.ts.
    expect(await faultsInBoth(page, { within: ['#answers', '[data-state-box]', '[data-steps]'] })).toEqual([]);
  }
  for (const width of [360, 320]) {
    await page.setViewportSize({ width, height: 640 });
    const over = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await expect.poll(over, `at ${width} px`).toBeLessThanOrEqual(0);
  }
});

test('when what writes the files cannot be loaded, the page says so and the example stays', async ({
  page,
  watched,
}) => {
  await page.route(/work\.[^/]*\.js$/, (route) => route.abort());
  await page.goto(PATH);
  await field(page, 'Component').fill('their-component');
  await expect(page.locator('[data-said]')).toContainText('could not be loaded');
  await expect(page.getByRole('heading', { name: /application.yaml$/ })).toBeVisible();
  watched.length = 0;
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the files of the example stand there, each line explained, and no form', async ({ page }) => {
    await page.goto(PATH);
    await expect(page.getByRole('form')).toHaveCount(0);
    await expect(page.getByText('The form needs JavaScript.')).toBeVisible();
    await expect(page.locator('[data-file]')).toHaveCount(8);
    await expect(file(page, '.tekton/sample-os-45-standard-push.yaml')).toContainText(
      'Not ready: the digest of the bundle',
    );
    await expect(page.getByRole('button', { name: /copy|download/i })).toHaveCount(0);
  });
});
