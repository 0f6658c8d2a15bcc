import { beforeEach, expect, test } from 'vitest';
import { readWorld } from '#host/world.ts';
import { openPractice, type Practice } from '#practice/open.ts';

const FILE = `# head
kind: Component
metadata:
  name: sample # the name
  labels: {a: "1"}
spec:
  # what to build
  params:
    - name: one
      value: "1"

    - name: two
      value: 2
`;

let shell: Practice;
beforeEach(async () => {
  shell = await openPractice(await readWorld('content/worlds/fresh.yaml'), { role: 'viewer', registries: [] });
  await shell.writeFile('f.yaml', FILE);
});
const out = async (script: string) => (await shell.run(script)).stdout;

test.each([
  ['.kind', 'Component\n'],
  ['.metadata.name', 'sample\n'],
  ['.spec.params.[0].name', 'one\n'],
  ['.spec.params[].name', 'one\ntwo\n'],
  ['.spec.params[-1].value', '2\n'],
  ['.spec.params[] | select(.name == "two") | .value', '2\n'],
  ['.spec.params | length', '2\n'],
  ['.spec.params | map(.name) | join("+")', 'one+two\n'],
  ['.metadata.labels["a"]', '1\n'],
  ['.metadata.labels."a"', '1\n'],
  ['.nothing.below', 'null\n'],
  ['.nothing // "none"', 'none\n'],
  ['.metadata', 'name: sample # the name\nlabels: {a: "1"}\n'],
  ['.spec.params[0] | has("value")', 'true\n'],
])('%s of a file', async (expression, printed) => {
  expect(await out(`yq '${expression}' f.yaml`)).toBe(printed);
});

test('a change keeps comments, quotes and empty lines elsewhere', async () => {
  await out(`yq -i '.metadata.name = "other" | .spec.params[1].value = 3 | .spec.new.deep = true' f.yaml`);
  expect(await shell.readFile('f.yaml')).toBe(
    `${FILE.replace('sample #', 'other #').replace('value: 2', 'value: 3')}  new:\n    deep: true\n`,
  );
});

test('a list grows, a part is taken out, and variables are read', async () => {
  await out(`NEW=three yq -i '.spec.params += [{"name": strenv(NEW)}] | del(.metadata.labels)' f.yaml`);
  expect(await out(`yq '.spec.params[].name' f.yaml`)).toBe('one\ntwo\nthree\n');
  expect(await out(`yq '.metadata.labels' f.yaml`)).toBe('null\n');
  expect(
    await out(`yq '(.spec.params[] | select(.name == "one") | .value) = "9" | .spec.params[0].value' f.yaml`),
  ).toBe('9\n');
});

test('several documents, JSON, and nothing to begin with', async () => {
  expect(await out("printf 'a: 1\\n---\\na: 2\\n' | yq .a")).toBe('1\n---\n2\n');
  expect(await out("yq -o=json -I0 '.metadata' f.yaml")).toBe('{"name":"sample","labels":{"a":"1"}}\n');
  expect(await out(`echo '{"a": {"b": "x"}}' | yq -p json '.a.b'`)).toBe('x\n');
  expect(await out(`yq -n '.a.b = "c"'`)).toBe('a:\n  b: c\n');
  expect(await out('yq f.yaml')).toBe(FILE);
});

test.each([
  ["yq '.a | sort_keys(.)' f.yaml", '"sort_keys" in an expression'],
  ['yq \'.kind | select(. == "Comp*")\' f.yaml', 'patterns with * or ?'],
  ["yq '.. | .name' f.yaml", 'in an expression of yq'],
  ["yq '.a *= 2' f.yaml", '"*=" in an expression'],
  ["yq '.kind.below' f.yaml", 'a single value'],
  ["yq '.spec.params.name' f.yaml", '"name" of a list'],
  ['yq eval-all . f.yaml f.yaml', 'yq eval-all'],
  ['yq -o xml . f.yaml', '--output-format xml'],
  ['yq . f.yaml f.yaml', 'several files'],
  ['yq --split-exp x f.yaml', 'the flag --split-exp of yq'],
])('%s is not simulated, and says so', async (script, said) => {
  const { stdout, stderr, exitCode } = await shell.run(script);
  expect({ stdout, stderr, exitCode }).toEqual({ stdout: '', stderr: expect.stringContaining(said), exitCode: 64 });
  expect(await shell.readFile('f.yaml')).toBe(FILE);
});

test.each([
  ['yq .a none.yaml', 'Error: open none.yaml: no such file or directory'],
  ["printf 'a: [1\\nb: 2' | yq .a", "Error: bad file '-': yaml: line 2: "],
  ["yq -e '.none' f.yaml", 'Error: no matches found'],
  ["yq '.a = env(NONE)' f.yaml", "Error: value for env variable 'NONE' not provided"],
])('%s fails in words', async (script, said) => {
  const { stderr, exitCode } = await shell.run(script);
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining(said)]);
});

test('a file with anchors is not changed', async () => {
  await shell.writeFile('a.yaml', 'a: &x 1\nb: *x\n');
  expect((await shell.run("yq -i '.a = 2' a.yaml")).stderr).toContain('a file with anchors');
  expect(await shell.readFile('a.yaml')).toBe('a: &x 1\nb: *x\n');
});
