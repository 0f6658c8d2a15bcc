import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parsePicture } from '#picture/model.ts';

const FOLDER = 'content/pictures';

const whole = (rest: string) =>
  `schema: 1\ntitle: Something drawn\ndescription: What it shows, told in a sentence.\n${rest}`;
const TWO = 'nodes:\n  - { id: a, label: A, kind: object }\n  - { id: b, label: B, kind: image }\n';

test.each(readdirSync(FOLDER).filter((name) => /\.yaml(\.txt)?$/.test(name)))('%s can be drawn', (name) => {
  expect(parsePicture(readFileSync(`${FOLDER}/${name}`, 'utf8'), name).title).not.toBe('');
});

test.each([
  ['a line to nowhere', `${TWO}edges: [{ from: a, to: c }]`, /"c" is no node of this file/],
  ['a line back to where it begins', `${TWO}edges: [{ from: a, to: a }]`, /from one node to another/],
  ['two lines between the same two', `${TWO}edges: [{ from: a, to: b }, { from: b, to: a }]`, /say both in its label/],
  [
    'a node twice',
    `${TWO}  - { id: a, label: Again, kind: file }\nedges: [{ from: a, to: b }]`,
    /another node already/,
  ],
  [
    'a group that is not there',
    `${TWO}  - { id: c, label: C, kind: file, group: git }\nedges: [{ from: a, to: b }]`,
    /"git" is none of the groups/,
  ],
  ['an unknown shape', `${TWO}  - { id: c, label: C, kind: blob }\nedges: [{ from: a, to: b }]`, /kind/],
  [
    'an address that runs a script',
    `${TWO}  - { id: c, label: C, kind: file, href: "javascript:alert(1)" }\nedges: [{ from: a, to: b }]`,
    /of this site/,
  ],
  [
    'an address of another host without a protocol',
    `${TWO}  - { id: c, label: C, kind: file, href: "//evil.example/" }\nedges: [{ from: a, to: b }]`,
    /of this site/,
  ],
  ['no line at all', `${TWO}edges: []`, /edges/],
  ['a field that nobody knows', `${TWO}edges: [{ from: a, to: b }]\nlayout: left`, /layout/],
])('%s stops the build, and the message says what to do', (_, rest, message) => {
  expect(() => parsePicture(whole(rest), 'content/pictures/x.yaml')).toThrow(message);
});
