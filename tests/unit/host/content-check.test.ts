import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkContent } from '#host/content-check.ts';
import { checkFiles } from '#host/content-files.ts';
import { git } from '#host/git.ts';
import { checkRedirects } from '#host/redirects.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'slipway-content-'));
  await cp('content', join(root, 'content'), { recursive: true });
  await cp('src/pages', join(root, 'src/pages'), { recursive: true });
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Puts the change into a file, looks, and puts the file back. */
async function found(file: string, change: (text: string) => string): Promise<string[]> {
  const path = join(root, file);
  const before = await readFile(path, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(path, after);
  try {
    const findings = await checkContent(root);
    return findings.map(({ file, line, rule, message }) => `${file}:${line} ${rule} ${message}`);
  } finally {
    await writeFile(path, before);
  }
}

test('the content of today has no fault', async () => {
  expect(await checkContent(root)).toEqual([]);
});

test('faults of several files are told at once, each at its line', async () => {
  const path = join(root, 'content/quizzes/bootc.yaml');
  const quiz = await readFile(path, 'utf8');
  await writeFile(path, quiz.replace(/^minutes: .*$/m, 'minutes: many'));
  const told = await found('content/labs/retest.yaml', (text) => text.replace(/^title: .*$/m, 'title: ""'));
  await writeFile(path, quiz);
  const line = 1 + quiz.split('\n').findIndex((row) => row.startsWith('minutes:'));
  expect(told).toEqual([
    expect.stringMatching(/^content\/labs\/retest\.yaml:3 data\/form title/),
    expect.stringMatching(new RegExp(`^content/quizzes/bootc\\.yaml:${line} data/form minutes`)),
  ]);
});

test('an unsafe command of a runbook is a finding', async () => {
  const told = await found('content/runbooks/stuck-queue.yaml', (text) =>
    text.replace(/kubectl get /, 'kubectl delete --all '),
  );
  expect(told).toEqual(expect.arrayContaining([expect.stringContaining('content/runbooks/stuck-queue.yaml:')]));
});

test.each([
  ['lacks its kind', (text: string) => text.replace(/^kind: .*\n/m, ''), /kind: write one of/],
  ['has no title', (text: string) => text.replace(/^title: .*\n/m, ''), /title: write the title/],
  [
    'names a source that is not there',
    (text: string) => text.replace(/^sources: \[/m, 'sources: [nowhere, '),
    /"nowhere"/,
  ],
  [
    'links to a word that is not there',
    (text: string) => `${text}\n[x](/glossary/#no-such-word)\n`,
    /no "no-such-word"/,
  ],
])('a page that %s is told of', async (_, change, why) => {
  const told = await found('content/docs/handbook/evidence.md', change);
  expect(told).toEqual([expect.stringMatching(why)]);
  expect(told[0]).toMatch(/^content\/docs\/handbook\/evidence\.md:\d+ pages\//);
});

test('a runbook that leads to one that is not there is told of', async () => {
  const told = await found('content/runbooks/stale-image.yaml', (text) =>
    text.replace(/^related: \[/m, 'related: [no-such-runbook, '),
  );
  expect(told.join()).toContain('leads to the runbook "no-such-runbook"');
});

test('a page that git knows and that is gone needs a redirect, until it has one', async () => {
  const clone = await mkdtemp(join(tmpdir(), 'slipway-moved-'));
  const run = git(clone);
  const commit = async (message: string) => {
    await run(['add', '-A']);
    await run(['-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '-qm', message]);
  };
  await run(['init', '-q']);
  await mkdir(join(clone, 'content/docs/handbook'), { recursive: true });
  await writeFile(join(clone, 'content/redirects.yaml'), '{}\n');
  await writeFile(join(clone, 'content/docs/handbook/old.md'), 'old\n');
  await commit('one');
  await rm(join(clone, 'content/docs/handbook/old.md'));
  await mkdir(join(clone, 'content/docs/handbook'), { recursive: true });
  await writeFile(join(clone, 'content/docs/handbook/new.md'), 'quite another text\n');
  await commit('two');
  expect(await checkRedirects(clone)).toEqual([
    expect.objectContaining({
      file: 'content/redirects.yaml',
      message: 'The page /handbook/old/ was published, and is gone.',
    }),
  ]);
  await writeFile(join(clone, 'content/redirects.yaml'), '# moved\n/handbook/old/: /handbook/new/\n');
  expect(await checkRedirects(clone)).toEqual([]);
  await writeFile(join(clone, 'content/redirects.yaml'), '# moved\n/handbook/old/: /handbook/no/\n');
  expect(await checkRedirects(clone)).toEqual([expect.objectContaining({ line: 2, rule: 'links/moved' })]);
  await rm(clone, { recursive: true, force: true });
});

test('a fault of the lists that all runbooks share is told there, and not at each runbook', async () => {
  const told = await found('content/owners.yaml', (text) => text.replace(/^ {2}name: /m, '  nam: '));
  expect(told.filter((row) => !row.startsWith('content/owners.yaml:'))).toEqual([]);
  expect(told.join()).toContain('did you mean "name"?');
});

test('what leads nowhere is told beside what is broken by itself, once and at its line', async () => {
  const path = join(root, 'content/labs/retest.yaml');
  const lab = await readFile(path, 'utf8');
  await writeFile(path, lab.replace(/^minutes: .*$/m, 'minutes: many'));
  const told = await found('content/runbooks/stale-image.yaml', (text) =>
    text.replace(/^related: \[/m, 'related: [no-such-runbook, '),
  );
  await writeFile(path, lab);
  expect(told).toHaveLength(2);
  const line =
    1 +
    (await readFile(join(root, 'content/runbooks/stale-image.yaml'), 'utf8'))
      .split('\n')
      .findIndex((row) => row.startsWith('related:'));
  expect(told[1]).toMatch(new RegExp(`^content/runbooks/stale-image\\.yaml:${line} data/together `));
});

test.each([
  ['a string file that is no JSON', 'content/i18n/en/board.json', (text: string) => text.replace(/",\n/, '"\n')],
  [
    'a source that no page knows',
    'content/milestones.yaml',
    (text: string) => text.replace(/sources: \[/, 'sources: [nowhere, '),
  ],
  [
    'a source of a system',
    'content/systems.yaml',
    (text: string) => text.replace(/sources: \[/, 'sources: [nowhere, '),
  ],
  [
    'a world that is not there',
    'content/labs/retest.yaml',
    (text: string) => text.replace(/^world: .*$/m, 'world: nowhere'),
  ],
])('%s is told at its file', async (_, file, change) => {
  const told = await found(file, change);
  expect(told).toEqual([expect.stringMatching(new RegExp(`^${file}:[1-9]`))]);
});

test.each([
  ['content/docs/handbook/My Page.md', /Call|makes no address/],
  ['content/docs/handbook/evidence.markdown', /makes no address/],
  ['content/docs/handbook/evidence.mdx', /It makes the page \/handbook\/evidence\/, as content/],
  ['content/handbook/evidence.md', /Nothing reads a file in this folder/],
  ['content/runbooks/more/a.yaml', /Nothing reads a file in this folder/],
  ['content/pictures/a.yml', /makes no address/],
])('%s, which no page would come of, is told', async (file, why) => {
  const path = join(root, file);
  await mkdir(join(path, '..'), { recursive: true });
  await cp('content/docs/handbook/evidence.md', path);
  const told = await checkFiles(root);
  await rm(path);
  expect(told.filter((finding) => finding.file === file).map(({ message }) => message)).toEqual([
    expect.stringMatching(why),
  ]);
});

test('letters that are no UTF-8 are told at their line, and line ends of another system are no fault', async () => {
  const path = join(root, 'content/docs/handbook/evidence.md');
  const text = await readFile(path, 'utf8');
  await writeFile(path, Buffer.from(`${text}Caf\u00e9\n`, 'latin1'));
  const told = await checkFiles(root);
  await writeFile(path, text.replaceAll('\n', '\r\n'));
  const windows = await checkContent(root);
  await writeFile(path, text);
  expect(told[0]?.message).toContain('not saved as UTF-8');
  expect(windows).toEqual([]);
});
