import { expect, test } from 'vitest';
import { progress } from '#host/progress.ts';

function screen(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text: string) => written.push(text) };
}

test('writes plain lines where there is no terminal', () => {
  const out = screen(false);
  const shown = progress(out, 2);
  shown.step(0, 'refresh');
  shown.step(0, 'refresh');
  shown.step(1, 'build');
  shown.end();
  expect(out.written).toEqual(['[0/2] refresh\n', '[1/2] build\n']);
});

test('redraws one line on a terminal and takes it away at the end', () => {
  const out = screen(true);
  const shown = progress(out, 2);
  shown.step(1, 'build');
  expect(out.written.at(-1)).toMatch(/^\r\u001B\[2K\[█{12}░{12}\] 1\/2 build$/u);
  shown.end();
  expect(out.written.at(-1)).toBe('\r\u001B[2K');
  expect(out.written.join('')).not.toContain('\n');
});

test('keeps what it says above the bar', () => {
  const out = screen(true);
  const shown = progress(out, 1);
  shown.step(0, 'build');
  shown.say('quay: failed');
  expect(out.written.at(-1)).toMatch(/quay: failed\n\[░+\] 0\/1 build$/);
});

test('never draws past the edge of the terminal', () => {
  const out = screen(true, 30);
  progress(out, 3).step(1, 'a label that is much too long for so narrow a terminal');
  expect(out.written.at(-1)?.replace('\r\u001B[2K', '')).toHaveLength(29);
});

test('draws a full bar when there is nothing to do', () => {
  const out = screen(true);
  progress(out, 0).step(0, 'nothing');
  expect(out.written.at(-1)).toContain('█'.repeat(24));
});
