import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';
import { compareEvr, compareVersions } from '#status/rpm.ts';
import { lackingOf, realTest } from '../support/needs.ts';

/** Our version order against the answers of the real `rpm`. */

const SEED = 45;
const PIECES = [
  '0',
  '1',
  '2',
  '9',
  '10',
  '007',
  'a',
  'b',
  'rc',
  'Z',
  '.',
  '_',
  '-',
  '+',
  '~',
  '^',
  'α',
  '99999999999999999999',
];

/** Numbers below one that are the same in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const roll = dice(SEED);
const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(roll() * from.length)];

function version(without: string): string {
  const pieces = PIECES.filter((piece) => !without.includes(piece));
  return Array.from({ length: 1 + Math.floor(roll() * 5) }, () => pick(pieces)).join('');
}

/** The same with one piece put in, left out or replaced, since what is alike is where an order goes wrong. */
function near(text: string, without: string): string {
  const at = Math.floor(roll() * (text.length + 1));
  return `${text.slice(0, at)}${version(without)}${text.slice(at + Math.floor(roll() * 2))}`;
}

/** Asks rpm once for the order of all pairs: -1, 0 or 1 each. */
function asked(pairs: readonly (readonly [string, string])[]): number[] {
  const list = pairs.map(([a, b]) => `{${JSON.stringify(a)},${JSON.stringify(b)}}`).join(',');
  const script = `for _, pair in ipairs({${list}}) do print(rpm.vercmp(pair[1], pair[2]) .. " ") end`;
  const answer = execFileSync('rpm', ['--eval', `%{lua:${script}}`], { encoding: 'utf8', maxBuffer: 1 << 24 });
  return answer.trim().split(/\s+/).map(Number);
}

function differences(pairs: readonly (readonly [string, string])[], compare: (a: string, b: string) => number) {
  const answers = asked(pairs);
  expect(answers).toHaveLength(pairs.length);
  return pairs.flatMap(([a, b], index) => {
    const ours = Math.sign(compare(a, b));
    return ours === answers[index] ? [] : [`${a} and ${b}: rpm says ${answers[index]}, we say ${ours}`];
  });
}

const lacks = lackingOf(['rpm']);

realTest(
  'orders a few thousand versions as rpm does',
  () => {
    const pairs = Array.from({ length: 3_000 }, () => {
      const one = version('-');
      return [one, roll() < 0.7 ? near(one, '-') : version('-')] as const;
    });
    expect(differences(pairs, compareVersions)).toEqual([]);
    const orders = asked(pairs);
    for (const order of [-1, 0, 1]) expect(orders.filter((one) => one === order).length).toBeGreaterThan(50);
  },
  60_000,
  lacks,
);

realTest(
  'orders epochs, versions and releases as rpm does',
  () => {
    const evr = () =>
      `${pick(['', '', '0:', '1:', '12:'])}${version('-')}${pick(['', '-1', '-1.fc45', `-${version('-')}`])}`;
    const pairs = Array.from({ length: 3_000 }, () => [evr(), evr()] as const);
    expect(differences(pairs, compareEvr)).toEqual([]);
  },
  60_000,
  lacks,
);
