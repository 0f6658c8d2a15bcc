import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseCheatSheet } from '#cheat-sheet/model.ts';
import { readLabs } from '#host/labs.ts';
import { readRunbooks } from '#host/runbooks.ts';

const FILE = 'content/cheat-sheet.yaml';
const { runbooks } = await readRunbooks(process.cwd());
const labs = await readLabs(process.cwd());
const parse = (text: string) => parseCheatSheet(text, 'sheet.yaml', runbooks, labs);
const one = (pick: string) => `parts: [{ title: Part, commands: [${pick}] }]`;

test('every command of the sheet comes from a step that is there', () => {
  const parts = parseCheatSheet(readFileSync(FILE, 'utf8'), FILE, runbooks, labs);
  const lines = parts.flatMap((part) => part.lines);
  expect(lines.length).toBeGreaterThan(20);
  expect(new Set(lines.map(({ address }) => address)).size).toBe(lines.length);
});

test('a command is the one of its runbook, and says whether it changes something', () => {
  const [part] = parse(one('{ runbook: retrigger-push-build, step: trigger, for: Build }'));
  expect(part?.lines).toEqual([
    {
      for: 'Build',
      command: expect.stringContaining('request=trigger-pac-build'),
      isChange: true,
      address: 'runbooks/retrigger-push-build/#step-trigger',
    },
  ]);
});

test('a command of a lab is one of those to try', () => {
  const lab = labs.find(({ steps }) => steps[0]?.try.length) ?? labs[0];
  const [part] = parse(one(`{ lab: ${lab?.id}, step: ${lab?.steps[0]?.id}, for: Look }`));
  expect(part?.lines[0]?.command).toBe(lab?.steps[0]?.try[0]?.trim());
});

test.each([
  ['a runbook that is gone', '{ runbook: no-such, step: image, for: Look }', /no runbook "no-such"/],
  ['a step that is gone', '{ runbook: stale-image, step: no-such, for: Look }', /no step "no-such"/],
  [
    'a step that a person does in a browser',
    '{ runbook: log-in, step: token, for: Look }',
    /no step "token" with a command/,
  ],
  ['a lab that is gone', '{ lab: no-such, step: arches, for: Look }', /the lab "no-such"/],
  ['a command that is typed in', '{ run: ls, for: Look }', /parts/],
])('stops at %s, and names file and place', (_, pick, message) => {
  expect(() => parse(one(pick))).toThrow(message);
  expect(() => parse(one(pick))).toThrow(/sheet\.yaml/);
});
