import type { Page } from '@playwright/test';
import { faults, faultsInBoth, WCAG } from '../support/axe.ts';
import { expect, test } from '../support/browse.ts';
import { answer, field, lab, log, open, PATH, run, settled, solve, step } from '../support/labs.ts';

const wrong = lab.steps[0]?.wrong.find((one) => one.answer !== undefined);
const editor = (page: Page) => page.locator('[data-editor]');
const world = (page: Page) => page.locator('[data-side]');

/** Lines that never end, for the thread does not hear of them. */
const deafTo = (page: Page, line: string) =>
  page.addInitScript((deaf) => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message: { deed?: { line?: string } }) {
      if (message.deed?.line !== deaf) post.call(this, message);
    };
  }, line);

test('nothing of the practice shell is loaded before it is opened', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(PATH, { waitUntil: 'networkidle' });
  expect(asked.filter((url) => /worker|start\.json/.test(url))).toEqual([]);
  await expect(field(page)).toBeHidden();
  await open(page);
  expect(asked.filter((url) => /worker|start\.json/.test(url))).toHaveLength(2);
});

test('a line is run and its output read; folder, variables and exit codes are those of a shell', async ({ page }) => {
  await page.goto(PATH);
  await open(page);
  await run(page, 'mkdir -p a/b && cd a/b; NAME=value');
  await expect(page.locator('[data-cwd]')).toHaveText('~/a/b');
  await run(page, 'echo "$NAME in $PWD" | tr a-z A-Z');
  await expect(log(page)).toContainText('VALUE IN /HOME/LEARNER/A/B');
  await run(page, 'no-such-command');
  await expect(log(page)).toContainText('Exit code 127: there is no such command.');
  await run(page, 'clear');
  await expect(log(page).getByRole('listitem')).toHaveCount(0);
});

test('markup in an output is text', async ({ page }) => {
  await page.goto(PATH);
  await open(page);
  await run(page, 'echo "<img src=x onerror=alert(1)>"; echo "<b>x</b>" >&2');
  await expect(log(page)).toContainText('<img src=x onerror=alert(1)>');
  await expect(log(page).locator('img, b')).toHaveCount(0);
});

test('a long output is folded, and shown whole on demand', async ({ page }) => {
  await page.goto(PATH);
  await open(page);
  await run(page, 'seq 1 100');
  await expect(log(page)).not.toContainText('\n77\n');
  await log(page).getByRole('button', { name: 'Show all 100 lines' }).click();
  await expect(log(page)).toContainText('\n77\n');
  await expect(log(page)).toBeFocused();
});

test('earlier lines come back with the arrow keys, and several lines are one script', async ({ page }) => {
  await page.goto(PATH);
  await open(page);
  await run(page, 'echo one');
  await run(page, 'for n in two three; do\n  echo "$n!"\ndone');
  await expect(log(page)).toContainText('two!\nthree!');
  await field(page).fill('begun');
  await field(page).press('ArrowUp');
  await expect(field(page)).toHaveValue(/^for n in/);
  for (let n = 0; n < 3; n++) await field(page).press('ArrowUp');
  await expect(field(page)).toHaveValue('echo one');
  for (let n = 0; n < 4; n++) await field(page).press('ArrowDown');
  await expect(field(page)).toHaveValue('begun');
  await field(page).press('Control+c');
  await expect(field(page)).toHaveValue('');
  await field(page).press('Control+l');
  await expect(log(page).getByRole('listitem')).toHaveCount(0);
});

test('a wrong answer is told why, a right one goes on, and the end leads on', async ({ page }) => {
  await page.goto(PATH);
  await open(page);
  await answer(page, 0, wrong?.answer ?? '');
  await expect(step(page, 0).getByRole('status')).toHaveText(`Not yet: ${wrong?.because}`);
  for (const nth of lab.steps.keys()) {
    await solve(page, nth);
    await step(page, nth)
      .getByRole('button', { name: /Next step|What comes next/ })
      .click();
  }
  await expect(page.getByText('All steps are done.')).toBeVisible();
  await expect(page.locator('[data-end]')).toBeFocused();
  await expect(page.locator('.lab-next').getByRole('link').first()).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Tracks' })).toHaveCount(1);
  await expect(page.locator('[data-end]').getByRole('navigation', { name: 'Tracks' })).toContainText('Next: ');
  await page.goto('./labs/');
  await expect(page.locator(`[data-ref="lab:${lab.id}"] [data-done]`)).toBeVisible();
});

test('hints come one by one, and the solution after them, still folded', async ({ page }) => {
  await page.goto(PATH);
  await expect(step(page, 0).locator('[data-solution]')).toBeVisible();
  await open(page);
  const hints = step(page, 0).locator('[data-hint]');
  const solution = step(page, 0).locator('[data-solution]');
  await expect(hints.first()).toBeHidden();
  for (const nth of lab.steps[0]?.hints.keys() ?? []) {
    await step(page, 0).locator('[data-stuck]').click();
    await expect(hints.nth(nth)).toHaveAttribute('open');
    await expect(solution).toBeHidden();
  }
  await step(page, 0).getByRole('button', { name: 'Still stuck: offer the solution' }).click();
  await expect(solution).toBeVisible();
  await expect(solution).not.toHaveAttribute('open');
  await expect(solution.locator('summary')).toBeFocused();
});

test('a reload goes on where one was: files, folder, clock, steps and the lines before', async ({ page }) => {
  await page.goto(PATH);
  await open(page);
  await solve(page, 0);
  await run(page, 'mkdir kept; cd kept; echo text > file; sleep 600');
  const clock = await page.locator('[data-now]').textContent();
  await page.reload();
  await page.getByRole('button', { name: 'Go on in the practice shell' }).click();
  await expect(log(page)).toContainText('You are where you were.');
  await expect(log(page)).toContainText('sleep 600');
  await expect(page.locator('[data-cwd]')).toHaveText('~/kept');
  await expect(page.locator('[data-now]')).toHaveText(clock ?? '');
  await expect(step(page, 0).locator('[data-mark]')).toBeVisible();
  await run(page, 'cat file');
  await expect(log(page)).toContainText('text');
  await page.getByRole('button', { name: 'Start the lab anew' }).click();
  await expect(log(page)).toContainText('The lab begins anew.');
  await expect(page.locator('[data-cwd]')).toHaveText('~');
  await expect(step(page, 0).locator('[data-mark]')).toBeHidden();
});

test('who begins anew by mistake gets back what was done', async ({ page }) => {
  await page.goto(PATH);
  await open(page);
  const back = page.getByRole('button', { name: 'Bring back what I did' });
  await page.getByRole('button', { name: 'Start the lab anew' }).click();
  await expect(log(page)).toContainText('The lab begins anew.');
  await expect(back).toBeHidden();
  await solve(page, 0);
  await run(page, 'echo mine > file');
  await page.getByRole('button', { name: 'Start the lab anew' }).click();
  await expect(step(page, 0).locator('[data-mark]')).toBeHidden();
  await run(page, 'ls');
  await back.click();
  await expect(log(page)).toContainText('You are where you were.');
  await expect(back).toBeHidden();
  await expect(step(page, 0).locator('[data-mark]')).toBeVisible();
  await run(page, 'cat file');
  await expect(log(page).getByRole('listitem').last()).toContainText('mine');
});

test('the same lab in a second tab is told once, for each has its own world', async ({ page }) => {
  await page.goto(PATH);
  await open(page);
  const other = await page.context().newPage();
  await other.goto(PATH);
  await open(other);
  for (const line of ['echo one', 'echo two']) await run(other, line);
  await expect(log(page).getByText('open in another tab')).toHaveCount(1);
  await expect(log(other)).not.toContainText('open in another tab');
});

test('who types what is not there is told what there is, and help helps', async ({ page }) => {
  await page.goto(PATH);
  await open(page);
  await run(page, 'vi file');
  await expect(log(page)).toContainText('Files are edited below, under "Files".');
  await run(page, "echo 'not closed");
  await expect(log(page)).toContainText('A quotation mark is opened and never closed.');
  await run(page, 'help');
  await expect(log(page)).toContainText('Nothing that you do here reaches anything real.');
  await run(page, 'printf "\\033[31mred\\033[0m\\n"');
  await expect(log(page).getByRole('listitem').last()).toHaveText(/033\[0m\\n"red$/);
});

test('a step that is done offers its solution, and no more hints', async ({ page }) => {
  await page.goto(PATH);
  await open(page);
  await expect(step(page, 0).locator('[data-solution]')).toBeHidden();
  await solve(page, 0);
  await expect(step(page, 0).locator('[data-solution]')).toBeVisible();
  await expect(step(page, 0).locator('[data-solution]')).not.toHaveAttribute('open');
  await expect(step(page, 0).locator('[data-stuck]')).toBeHidden();
});

test('on a phone a bar leads from the step to the shell, and back to where one was', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(PATH);
  await open(page);
  const bar = page.getByRole('navigation', { name: 'Within this lab' });
  const offered = step(page, 0).locator('[data-runs]').last();
  await offered.click();
  await settled(page);
  await expect(field(page)).toBeInViewport();
  await bar.getByRole('button', { name: 'Step 1' }).click();
  await expect(offered).toBeFocused();
  await expect(offered).toBeInViewport();
  await bar.getByRole('button', { name: 'Practice shell' }).click();
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toBeInViewport();
  await page.setViewportSize({ width: 360, height: 400 });
  await step(page, 0)
    .getByLabel('Your answer')
    .fill(wrong?.answer ?? '');
  const check = step(page, 0).getByRole('button', { name: /^Check/ });
  await check.evaluate((one) => one.scrollIntoView({ block: 'end' }));
  await check.press('Enter');
  await expect(step(page, 0).getByRole('status')).toBeInViewport({ ratio: 1 });
  await solve(page, 0);
  await expect(bar.getByRole('button', { name: 'Step 1: done' })).toBeVisible();
  expect(await faults(page, WCAG)).toEqual([]);
});

test('beside the steps there is room for the shell: the sidebar gives way while it is open', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(PATH);
  const sidebar = page.locator('#starlight__sidebar');
  await expect(sidebar).toBeVisible();
  await open(page);
  await expect(sidebar).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Within this lab' })).toBeHidden();
  await expect(step(page, 0)).toBeInViewport();
  await expect(field(page)).toBeInViewport();
});

test.describe('what would never end', () => {
  for (const line of ['while :; do :; done', 'f() { f; }; f', 'x=aa; while :; do x=$x$x; done', 'seq 1 99999999'])
    test(`${line} is stopped with a sentence, and the world survives`, async ({ page }) => {
      await page.goto(PATH);
      await open(page);
      await run(page, 'echo kept > kept.txt');
      await run(page, line);
      await expect(log(page).getByRole('listitem').last()).toContainText(/Stopped|exceeded|limit|recursion|Exit code/);
      await run(page, 'cat kept.txt');
      await expect(log(page).getByRole('listitem').last()).toContainText('kept');
    });

  test('a thread that does not answer is ended after 20 seconds, and the world is as before', async ({ page }) => {
    await page.clock.install();
    await deafTo(page, 'hang');
    await page.goto(PATH);
    await open(page);
    await run(page, 'echo kept > kept.txt; cd /tmp');
    await field(page).fill('hang');
    await field(page).press('Enter');
    await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
    await page.clock.fastForward(20_000);
    await expect(log(page)).toContainText('Stopped after 20 seconds. Your world is as it was before this command.');
    await settled(page);
    await run(page, 'pwd; cat ~/kept.txt');
    await expect(log(page)).toContainText('/tmp\nkept');
  });

  test('the reader stops it with the button, or with Ctrl+C', async ({ page }) => {
    await deafTo(page, 'hang');
    await page.goto(PATH);
    await open(page);
    for (const way of ['button', 'key']) {
      await field(page).fill('hang');
      await field(page).press('Enter');
      if (way === 'button') await page.getByRole('button', { name: 'Stop' }).click();
      else await field(page).press('Control+c');
      await expect(log(page).getByRole('listitem').last()).toHaveText(
        'Stopped. Your world is as it was before this command.',
      );
      await settled(page);
    }
    await run(page, 'echo there');
    await expect(log(page)).toContainText('there');
  });
});

test('a browser that keeps nothing does the lab all the same, and says what that means', async ({ page }) => {
  await page.addInitScript(() => {
    const { getItem, setItem } = Storage.prototype;
    const check = (key: string) => {
      if (key.startsWith('slipway')) throw new DOMException('blocked', 'SecurityError');
    };
    Storage.prototype.getItem = function (key) {
      check(key);
      return getItem.call(this, key);
    };
    Storage.prototype.setItem = function (key, value) {
      check(key);
      setItem.call(this, key, value);
    };
  });
  await page.goto(PATH);
  await open(page);
  await run(page, 'echo one');
  await expect(log(page)).toContainText('can no longer be kept');
  await solve(page, 0);
});

test('what was kept may be of any shape', async ({ page }) => {
  await page.addInitScript((name) => {
    localStorage.setItem(name, '{"schema":1,"deeds":[{"kind":"run"},7],"done":"all"}');
  }, `slipway:lab:${lab.id}`);
  await page.goto(PATH);
  await page.getByRole('button', { name: 'Open the practice shell' }).click();
  await expect(log(page)).toContainText('The practice shell is open.');
});

test('a world that cannot be loaded is said, and can be asked for again', async ({ page, watched }) => {
  await page.route('**/start.json', (route) => route.abort());
  await page.goto(PATH);
  const button = page.getByRole('button', { name: 'Open the practice shell' });
  await button.click();
  await expect(page.getByRole('alert')).toContainText('could not be loaded. Are you online?');
  await page.unroute('**/start.json');
  await button.click();
  await expect(field(page)).toBeVisible();
  // The browser reports the request that this test has broken.
  watched.splice(0);
});

test('the editor saves a text, and says in words what is wrong with it', async ({ page }) => {
  await page.goto(PATH);
  await open(page);
  await run(page, 'echo "a: 1" > x.yaml');
  const isOpen = (await editor(page).getAttribute('open')) !== null;
  if (!isOpen) await editor(page).locator('summary').click();
  await editor(page).getByLabel('File', { exact: true }).selectOption('x.yaml');
  const text = editor(page).getByLabel('Text of the file');
  await expect(text).toHaveValue('a: 1\n');
  await text.fill('a:\n\tb: 1\n');
  await expect(editor(page)).toContainText('Not saved yet.');
  await expect(text).toHaveAccessibleDescription(/^Line 2, column 1: a tab stands where spaces must/);
  await expect(text).toHaveAttribute('aria-invalid', 'true');
  await editor(page).getByRole('button', { name: 'Save' }).click();
  await expect(editor(page)).toContainText('Saved as it is: x.yaml has a fault.');
  await text.fill('a:\n  b: 1\n');
  await text.press('Control+s');
  await expect(editor(page)).toContainText('Saved: x.yaml.');
  await expect(text).not.toHaveAttribute('aria-invalid');
  await text.press('Tab');
  await expect(text).not.toBeFocused();
  await run(page, 'cat x.yaml; echo "c: 2" >> x.yaml');
  await expect(log(page)).toContainText('a:\n  b: 1');
  await expect(text).toHaveValue('a:\n  b: 1\nc: 2\n');
});

test('what is not saved is not lost when a command changes the file', async ({ page }) => {
  await page.goto(PATH);
  await open(page);
  await run(page, 'echo one > x.txt');
  if ((await editor(page).getAttribute('open')) === null) await editor(page).locator('summary').click();
  await editor(page).getByLabel('File', { exact: true }).selectOption('x.txt');
  await editor(page).getByLabel('Text of the file').fill('mine');
  await run(page, 'echo two > x.txt');
  await expect(editor(page).getByLabel('Text of the file')).toHaveValue('mine');
  await expect(editor(page)).toContainText('Not saved yet.');
});

test('the file that a step is about is shown as soon as it is there, and the reader may choose another', async ({
  page,
}) => {
  await page.goto('./labs/first-merge-request/#step-package');
  await open(page);
  await run(page, 'git clone --quiet https://gitlab.com/fedora/bootc/base-images.git');
  if ((await editor(page).getAttribute('open')) === null) await editor(page).locator('summary').click();
  const file = editor(page).getByLabel('File', { exact: true });
  await expect(file).toHaveValue('base-images/standard/manifest.yaml');
  await expect(editor(page).getByLabel('Text of the file')).toHaveValue(/^ {2}- sos$/m);
  await file.selectOption('base-images/standard.yaml');
  await run(page, 'date');
  await expect(file).toHaveValue('base-images/standard.yaml');
});

test('a check shows code as code, and says that a text is not saved', async ({ page }) => {
  await page.goto('./labs/out-of-memory/');
  await open(page);
  await run(page, 'echo one > x.txt');
  if ((await editor(page).getAttribute('open')) === null) await editor(page).locator('summary').click();
  await editor(page).getByLabel('File', { exact: true }).selectOption('x.txt');
  await editor(page).getByLabel('Text of the file').fill('mine');
  const unsaved = 'What you changed in the editor, in x.txt, is not saved';
  await answer(page, 0, 'nothing');
  await expect(step(page, 0).getByRole('status')).toContainText(unsaved);
  await expect(step(page, 0).getByRole('status').locator('code')).toHaveText('x.txt');
  await run(page, 'cat x.txt');
  await run(page, 'cat x.txt');
  await expect(log(page).getByText(unsaved)).toHaveCount(1);
});

test('a line that wraps is seen whole while it is typed', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(PATH);
  await open(page);
  await field(page).fill('echo one two three four five six seven eight nine ten eleven twelve');
  const hidden = () => field(page).evaluate((one) => one.scrollHeight - one.clientHeight);
  expect(await hidden()).toBeLessThanOrEqual(0);
  await field(page).press('Enter');
  await expect(field(page)).toHaveAttribute('rows', '1');
});

test('the clock stands still until it is told to go', async ({ page }) => {
  await page.goto(PATH);
  await open(page);
  const now = async () => Date.parse((await page.locator('[data-now]').getAttribute('datetime')) ?? '');
  const before = await now();
  await page.getByRole('button', { name: '+15 min' }).click();
  await expect.poll(now).toBe(before + 900_000);
  await page.getByRole('radio', { name: '60×' }).check();
  await expect.poll(now).toBeGreaterThan(before + 900_000 + 60_000);
  await page.getByRole('radio', { name: 'stands still' }).check();
  await page.waitForTimeout(1_200);
  const after = await now();
  await page.waitForTimeout(1_500);
  expect(await now()).toBe(after);
});

test('all can be done by keyboard, and Tab leaves every field', async ({ page }) => {
  await page.goto(PATH);
  await page.getByRole('button', { name: 'Open the practice shell' }).focus();
  await page.keyboard.press('Enter');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('echo typed');
  await page.keyboard.press('Enter');
  await settled(page);
  await expect(log(page)).toContainText('typed');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(field(page)).not.toBeFocused();
  const offered = step(page, 0).locator('[data-runs]').first();
  if ((await offered.count()) > 0) {
    await offered.focus();
    await page.keyboard.press('Enter');
    await settled(page);
    await expect(offered).toBeFocused();
  }
});

test('a link to a step opens that step', async ({ page }) => {
  const last = lab.steps.at(-1)?.id ?? '';
  await page.goto(`${PATH}#step-${last}`);
  await open(page);
  await expect(page.locator(`#step-${last} [data-body]`)).toBeVisible();
  if (lab.steps.length > 1) await expect(step(page, 0).locator('[data-body]')).toBeHidden();
});

for (const width of [1280, 820, 360, 320])
  test(`at ${width} px nothing stands over, closed and open`, async ({ page }) => {
    await page.setViewportSize({ width, height: 740 });
    await page.goto(PATH);
    const over = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await over()).toBeLessThanOrEqual(0);
    await open(page);
    await run(page, 'printf "%0300d\\n" 0; mkdir .tekton; echo > ".tekton/$(printf "long-%.0s" {1..20}).yaml"');
    if ((await editor(page).getAttribute('open')) === null) await editor(page).locator('summary').click();
    await expect(editor(page).getByLabel('File', { exact: true })).toBeVisible();
    expect(await over()).toBeLessThanOrEqual(0);
  });

test('no state has a fault that axe knows, light or dark', async ({ page }) => {
  test.slow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(PATH);
  await open(page);
  expect(await faultsInBoth(page, WCAG), 'open').toEqual([]);
  await run(page, 'seq 1 100; no-such-command');
  await answer(page, 0, wrong?.answer ?? '');
  await step(page, 0).locator('[data-stuck]').click();
  expect(await faultsInBoth(page, WCAG), 'a failed check, a hint').toEqual([]);
  await solve(page, 0);
  expect(await faultsInBoth(page, WCAG), 'done').toEqual([]);
  await run(page, 'printf "a:\\n\\tb: 1\\n" > x.yaml');
  if ((await editor(page).getAttribute('open')) === null) await editor(page).locator('summary').click();
  await editor(page).getByLabel('File', { exact: true }).selectOption('x.yaml');
  await expect(page.locator('[data-fault]')).not.toBeEmpty();
  expect(await faultsInBoth(page, WCAG), 'an editor with a fault').toEqual([]);
});

test('the world stands beside the console', async ({ page }) => {
  await page.goto(PATH);
  await open(page);
  const { images, namespaces, projects } = lab.view;
  if (images.length + namespaces.length + projects.length === 0) await expect(world(page)).toBeHidden();
  else await expect(world(page).getByRole('listitem').first()).toBeVisible();
});

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false });

  test('a lab is read whole: every step with its commands, what they printed, hints and solution', async ({ page }) => {
    await page.goto(PATH);
    await expect(page.getByText('Your browser runs no script')).toBeVisible();
    await expect(page.getByRole('button', { name: /practice shell|Check|Run|stuck/ })).toHaveCount(0);
    for (const [nth, { goal, try: commands, hints, solution }] of lab.steps.entries()) {
      await expect(step(page, nth)).toContainText(goal);
      for (const command of commands) await expect(step(page, nth)).toContainText(command.trim());
      if (commands.length > 0) await expect(step(page, nth).getByText('It printed').first()).toBeVisible();
      for (const at of hints.keys()) await expect(step(page, nth).locator('[data-hint]').nth(at)).toBeVisible();
      await step(page, nth).locator('[data-solution] summary').click();
      if (solution.answer) await expect(step(page, nth)).toContainText(`The answer is ${solution.answer}.`);
    }
  });
});
