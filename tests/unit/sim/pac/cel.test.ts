import { expect, test } from 'vitest';
import { fitsPath, isTrue } from '#sim/pac/cel.ts';

const scope = (paths: string[] = [], event = 'push') => ({
  names: { event, target_branch: 'main', source_branch: 'renovate/sample' },
  isChanged: (pattern: string) => paths.some((path) => fitsPath(pattern, path)),
});

test.for([
  ['event == "push"', true],
  ["event == 'pull_request'", false],
  ['event != "push" || target_branch == "main"', true],
  [
    'event == "push" && target_branch == "main" && (".tekton/a.yaml".pathChanged() || "minimal/***".pathChanged())',
    true,
  ],
  ['"standard/***".pathChanged()', false],
  ['!("standard/***".pathChanged())', true],
  ['!"standard/***".pathChanged() && true', true],
  ['source_branch.startsWith("renovate/") && !source_branch.endsWith("main")', true],
  ['source_branch.contains("nova")', true],
  ['event == "push" || event == "x" && event == "y"', true],
  ['(event == "push" || event == "x") && event == "y"', false],
] as const)('%s is %s', ([condition, expected]) => {
  expect(isTrue(condition, scope(['minimal/deep/manifest.yaml']))).toBe(expected);
});

test.for([
  ['event ==', 'its end'],
  ['files.all == "x"', 'files'],
  ['event = "push"', '='],
  ['event == "push" )', ')'],
  ['(event == "push"', 'its end'],
  ['"push"', 'no condition'],
  ['', 'its end'],
  ['event.matches("p.*")', '.matches()'],
  ['constructor == "a"', 'constructor'],
])('%s cannot be read, and the sentence names %s', ([condition = '', what = '']) => {
  expect(() => isTrue(condition, scope())).toThrow(what);
});

test.for([
  ['minimal/***', 'minimal/a/b.yaml', true],
  ['minimal/***', 'minimal-plus/a', false],
  ['*.yaml', 'a/b.yaml', true],
  ['a.yaml', 'aXyaml', false],
  ['a(b)+[c].yaml', 'a(b)+[c].yaml', true],
] as const)('the pattern %s and the path %s: %s', ([pattern, path, expected]) => {
  expect(fitsPath(pattern, path)).toBe(expected);
});
