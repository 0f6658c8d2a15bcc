import { expect, test } from 'vitest';
import { progress } from '#host/progress.ts';

const CLEAR = '\r\u001B[2K';

function screen(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text: string) => written.push(text) };
}

test('writes plain lines where there is no terminal', () => {
  const out = screen(false);
  const shown = progress('Refreshing', out);
  shown.step(1, 2, 'a/b');
  shown.step(2, 2, 'c/d');
  shown.end();
  expect(out.written).toEqual(['Refreshing: 1/2 a/b\n', 'Refreshing: 2/2 c/d\n']);
});

test('writes no more than a line for each tenth, also for a thousand steps', () => {
  const out = screen(false);
  const shown = progress('Refreshing', out);
  for (let n = 1; n <= 1000; n++) shown.step(n, 1000, `target ${n}`);
  expect(out.written).toHaveLength(11);
  expect(out.written.at(-1)).toBe('Refreshing: 1000/1000 target 1000\n');
});

test('redraws one line on a terminal and takes it away at the end', () => {
  const out = screen(true);
  const shown = progress('Building', out);
  shown.step(1, 2, '12 s');
  expect(out.written.at(-1)).toBe(`${CLEAR}Building ${'█'.repeat(12)}${'░'.repeat(12)} 1/2 12 s`);
  shown.end();
  expect(out.written.at(-1)).toBe(CLEAR);
  expect(out.written.join('')).not.toContain('\n');
});

test('never draws past the edge of the terminal', () => {
  const out = screen(true, 30);
  progress('Refreshing', out).step(0, 3, 'a label that is much too long for so narrow a terminal');
  expect(out.written.at(-1)?.replace(CLEAR, '')).toHaveLength(29);
});

test('draws a full bar when there is nothing to do', () => {
  const out = screen(true);
  progress('Refreshing', out).step(0, 0, 'nothing');
  expect(out.written.at(-1)).toContain('█'.repeat(24));
});
