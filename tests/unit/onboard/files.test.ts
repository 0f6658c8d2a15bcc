import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { type Answers, ARCHES, EXAMPLE } from '#onboard/answers.ts';
import { explained } from '#onboard/explained.ts';
import { faultsOf, LONGEST_COMPONENT } from '#onboard/faults.ts';
import { allObjects, filesOf } from '#onboard/files.ts';
import { answersOf, fragmentOf } from '#onboard/link.ts';
import { missingOf } from '#onboard/missing.ts';
import { NO_DIGEST, pipelineRun } from '#onboard/pipeline-run.ts';
import { stepsOf } from '#onboard/steps.ts';
import { objectFaults } from '#practice/validate.ts';
import { kindOf } from '#sim/kube/crd.ts';
import { pruned } from '#sim/kube/prune.ts';
import { faultsOf as schemaFaults } from '#sim/kube/schema.ts';

const DIGEST = `sha256:${'a1'.repeat(32)}`;

// Words that some reader of YAML takes for a number, a flag, a date or nothing.
const TRAPS = [
  'on',
  'off',
  'y',
  'n',
  'no',
  'yes',
  'true',
  'null',
  '0o7',
  '0777',
  '1e3',
  '12-30',
  '1_000',
  '2026-01-01',
];
const trap = fc.constantFrom(...TRAPS);
const label = fc
  .oneof(trap, fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?$/))
  .filter((one) => !/[_.]/.test(one));
const branch = fc.oneof(trap, fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9_-]|\/[a-z0-9]){0,20}$/));
const path = fc.oneof(trap, fc.stringMatching(/^[A-Za-z0-9_]([A-Za-z0-9_-]|\/[a-z]){0,20}$/), fc.constant('.'));
const someAnswers: fc.Arbitrary<Answers> = fc.record({
  forge: fc.constant('gitlab' as const),
  repository: fc.tuple(label, label).map(([group, name]) => `https://gitlab.com/${group}/${name}`),
  branch,
  context: path,
  containerfile: path,
  buildArgs: fc
    .array(fc.tuple(fc.stringMatching(/^[A-Z]{1,8}$/), path).map((pair) => pair.join('=')))
    .map((all) => all.slice(0, 9).join('\n')),
  isNested: fc.boolean(),
  tenant: label,
  application: label,
  component: label,
  arches: fc.subarray([...ARCHES], { minLength: 1 }),
  digest: fc.constantFrom('', DIGEST),
  isReleased: fc.boolean(),
  target: label,
  destination: fc.tuple(label, label).map(([one, two]) => `quay.io/${one}/${two}`),
  tags: fc
    .array(fc.oneof(trap, fc.constant('{{ timestamp }}'), label), { minLength: 1, maxLength: 4 })
    .map((all) => all.join(', ')),
  policy: fc.oneof(
    fc.constant(''),
    fc.tuple(label, label).map((pair) => pair.join('/')),
  ),
});

const objectsOf = (answers: Answers) => filesOf(answers).flatMap(({ objects }) => objects);

test('whatever fit answers are given, the files say the same to older and newer readers of YAML', () => {
  fc.assert(
    fc.property(someAnswers, (answers) => {
      expect(faultsOf(answers)).toEqual({});
      for (const { text, objects } of filesOf(answers))
        for (const version of ['1.1', '1.2'] as const) {
          const read = parseAllDocuments(text, { version }).map((one) => {
            expect(one.errors).toEqual([]);
            return one.toJS();
          });
          if (objects.length > 0) expect(read).toEqual(objects);
        }
    }),
  );
});

test('whatever fit answers are given, the definitions of the pretend cluster take every object', () => {
  fc.assert(
    fc.property(someAnswers, (answers) => {
      expect(objectFaults(objectsOf(answers))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

const REAL = [
  ...globSync('../shared/data/konflux/crds/*.yaml'),
  ...globSync('../shared/data/konflux/crds-operator-bundle/image-controller.manifests.yaml'),
];
test('the real definitions take them too', (context) => {
  if (REAL.length === 0)
    context.skip('the real definitions do not lie beside this repository, and none is copied into it');
  const kinds = REAL.flatMap((file) =>
    parseAllDocuments(readFileSync(file, 'utf8')).flatMap((one) => kindOf(one.toJS())),
  );
  const variants = [
    EXAMPLE,
    { ...EXAMPLE, policy: 'sample-tenant/sample-policy', buildArgs: 'A=1\nB=2', digest: DIGEST },
  ];
  let count = 0;
  for (const object of variants.flatMap(objectsOf)) {
    const kind = kinds.find(
      ({ group, version, kind: name }) => name === object['kind'] && `${group}/${version}` === object['apiVersion'],
    );
    if (!kind) throw new Error(`No definition of ${String(object['kind'])} lies there.`);
    const { object: known, unknown } = pruned(kind, object);
    expect(unknown).toEqual([]);
    expect(schemaFaults(kind, known)).toEqual([]);
    count += 1;
  }
  expect(count).toBe(13);
});

test('every line of every file is explained, and the lines of the blocks are the file', () => {
  for (const answers of [EXAMPLE, { ...EXAMPLE, isReleased: false, isNested: false, policy: 'a/b', buildArgs: 'A=1' }])
    for (const { path: name, text, blocks } of filesOf(answers)) {
      expect(blocks.map((block) => block.text).join(''), name).toBe(text);
      for (const { text: lines, says } of blocks) {
        expect(lines.trim(), says).not.toBe('');
        expect(says).toMatch(/^[A-Z0-9].*[.:]$/s);
      }
    }
});

test('a part that would add its lines in the middle is refused, so that no explanation stands beside another’s lines', () => {
  const parts = [
    { says: 'One.', adds: { a: { b: 1 }, c: 2 } },
    { says: 'Two.', adds: { a: { d: 3 } } },
  ];
  expect(() => explained(parts)).toThrow('"Two." adds lines in the middle');
});

test('objects lie where the cluster’s tenants are kept, and every file is named by a kustomization', () => {
  const files = filesOf({ ...EXAMPLE, policy: 'sample-tenant/sample-policy' });
  const tenants = files.filter(({ home }) => home === 'tenants').map(({ path: name }) => name);
  const folder = 'clusters/kflux-fedora-01/tenants/sample-tenant/applications/sample-os-45';
  expect(tenants.every((name) => name.startsWith(`${folder}/`))).toBe(true);
  const named = files
    .filter(({ path: name }) => name.endsWith('kustomization.yaml'))
    .flatMap(({ path: name, text }) =>
      (parse(text).resources as string[]).map((entry) => name.replace('kustomization.yaml', entry)),
    );
  for (const name of tenants)
    expect(
      named.some((one) => name === one || name === `${one}/kustomization.yaml`) ||
        name === `${folder}/kustomization.yaml`,
    ).toBe(true);
  for (const name of named)
    expect(tenants.some((one) => one === name || one === `${name}/kustomization.yaml`)).toBe(true);
});

test('what is not asked for is not there: no plan without a release, no scenario without a policy', () => {
  const kinds = objectsOf({ ...EXAMPLE, isReleased: false }).map(({ kind }) => kind);
  expect(kinds).toEqual(['Application', 'Component', 'ImageRepository', 'PipelineRun', 'PipelineRun']);
  const titles = stepsOf({ ...EXAMPLE, isReleased: false }, filesOf({ ...EXAMPLE, isReleased: false })).map(
    ({ title }) => title,
  );
  expect(titles).not.toContain('Have the other half of the release written');
});

test('a digest that is not known is a placeholder that no registry takes, and the files are not called ready', () => {
  expect(missingOf(EXAMPLE)).toEqual([
    'Still as in the example: repository, tenant, application, component, release namespace, released to.',
    'The digest of the pipeline is not known: both files in .tekton hold a placeholder in its place.',
  ]);
  expect(JSON.stringify(pipelineRun(EXAMPLE, 'push'))).toContain(NO_DIGEST);
  expect(NO_DIGEST).not.toMatch(/[0-9a-f]{64}/);
  const own = { repository: 'https://gitlab.com/a/b', tenant: 'a', application: 'b', component: 'c' };
  expect(missingOf({ ...EXAMPLE, ...own, isReleased: false, digest: DIGEST })).toEqual([]);
  expect(JSON.stringify(pipelineRun({ ...EXAMPLE, digest: DIGEST }, 'push'))).toContain(`@${DIGEST}"`);
});

test('the longest name that is taken still fits once all that is added to it is there', () => {
  const component = 'a'.repeat(LONGEST_COMPONENT);
  for (const object of objectsOf({ ...EXAMPLE, component, application: 'a'.repeat(63), policy: 'a/b' })) {
    const { name } = object['metadata'] as { name: string };
    expect(name.length).toBeLessThanOrEqual(63);
  }
  expect(`${component}-on-pull-request-abcde`).toHaveLength(63);
});

test('an object with a field that nobody knows, or of an unknown kind, is told by field', () => {
  const [application] = objectsOf(EXAMPLE);
  expect(objectFaults([{ ...application, spec: { displayName: 3, bogus: true } }])).toEqual([
    { object: 'Application sample-os-45', field: 'spec.bogus', message: 'There is no such field.' },
    expect.objectContaining({ field: 'spec.displayName', message: expect.stringContaining('must be of type string') }),
  ]);
  expect(objectFaults([{ apiVersion: 'v1', kind: 'Sample' }])[0]?.message).toBe(
    'There is no such kind on the cluster.',
  );
});

test('all objects are one file of several documents', () => {
  const kinds = parseAllDocuments(allObjects(filesOf(EXAMPLE))).map((one) => one.toJS().kind);
  expect(kinds).toEqual(['Application', 'Component', 'ImageRepository', 'ReleasePlan']);
});

test('answers survive the way through an address, and the example needs none', () => {
  fc.assert(
    fc.property(someAnswers, (answers) => {
      expect(answersOf(fragmentOf(answers))).toEqual(answers);
    }),
  );
  expect(fragmentOf(EXAMPLE)).toBe('');
});

test('an address of any shape gives answers of the right shape', () => {
  fc.assert(
    fc.property(fc.string(), (fragment) => {
      const answers = answersOf(`#${fragment}`);
      expect(Object.keys(answers).sort()).toEqual(Object.keys(EXAMPLE).sort());
      expect(() => faultsOf(answers)).not.toThrow();
    }),
  );
  expect(answersOf('#forge=sample&arches=x86_64+sparc&isNested=1').arches).toEqual(['x86_64']);
  expect(answersOf(`#component=${'a'.repeat(9_000)}`).component).toHaveLength(2_000);
});
