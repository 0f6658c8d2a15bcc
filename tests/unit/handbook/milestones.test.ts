import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseReferences } from '#editing/references.ts';
import { parseMilestones } from '#handbook/milestones.ts';

const known = Object.keys(parseReferences(readFileSync('content/references.yaml', 'utf8'), 'references.yaml'));
const row =
  '  - { id: base, when: f44, what: A base image, state: open, why: Nobody has begun., asOf: 2026-08-01, sources: [docs] }\n';
const parse = (milestones: string) =>
  parseMilestones(`schema: 1\nstages: { f44: Fedora 44 }\nmilestones:\n${milestones}`, 'milestones.yaml', ['docs']);

test('the milestones of the initiative parse, and no stage is empty', () => {
  const { stages, milestones } = parseMilestones(
    readFileSync('content/milestones.yaml', 'utf8'),
    'milestones.yaml',
    known,
  );
  expect(Object.keys(stages).filter((stage) => !milestones.some(({ when }) => when === stage))).toEqual([]);
});

test('a milestone of which nothing is known needs its reason as well', () => {
  expect(() => parse(row.replace('why: Nobody has begun., ', '').replace('open', 'not-known'))).toThrow(
    'milestones.yaml:4: milestones.0.why',
  );
});

test('a state, a day, a stage, an id or a source that is not one is named with its line', () => {
  const bad: [string, string, string][] = [
    ['state: open', 'state: finished', 'milestones.0.state'],
    ['2026-08-01', 'last summer', 'write a day'],
    ['when: f44', 'when: f99', '"f99" is none of the stages'],
    ['[docs]', '[hearsay]', '"hearsay" is no name of content/references.yaml'],
  ];
  for (const [from, to, message] of bad) expect(() => parse(row.replace(from, to)), to).toThrow(message);
  expect(() => parse(row + row)).toThrow('milestones.yaml:5: milestones.1.id: "base" is the id of another milestone');
});
