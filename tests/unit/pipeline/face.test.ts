import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseWalkthrough } from '#pipeline/content.ts';
import { stageFace, taskFace } from '#pipeline/face.ts';
import { showPath } from '#pipeline/path-view.ts';
import { definition } from '../../support/definitions.ts';

const noteOf = (label: string | null) =>
  stageFace({ title: 'b', isUnverified: false }, 'task-b', [2, 2], [{ text: 'a', label }]).note;

test.each([
  ['the annotation `x.y/commit_sha`, or the label `x.y/sha`', 'by the annotation x.y/commit_sha'],
  ['the digest: `IMAGE_DIGEST` and the tag are the same', 'by the digest: IMAGE_DIGEST'],
  ['the state of its checks; whether they must pass is a setting', 'by the state of its checks'],
  ['the compose ID', 'by the compose ID'],
  [null, ''],
])('of the link “%s” the first name stands beside the box', (label, note) => {
  expect(noteOf(label)).toBe(note);
});

test.each(['life-of-a-change', 'pungi'])('no note in the picture of %s is cut or shows backticks', (id) => {
  const file = `content/pipelines/${id}.yaml`;
  const walk = parseWalkthrough(readFileSync(file, 'utf8'), file);
  const { picture } = showPath({ guide: walk.guide, stages: walk.kind === 'path' ? walk.stages : [] });
  const notes = picture?.right.boxes.map(({ note }) => note) ?? [];
  expect(notes.length).toBeGreaterThan(4);
  expect(notes.filter((note) => note.includes('`') || note.length > 72)).toEqual([]);
});

test('what decides whether a task runs stands whole beside its box, and is spoken in a sentence', () => {
  const when = [
    '{ input: "$(tasks.apply-mapping.results.mapped)", operator: in, values: ["true"] }',
    '{ input: "$(tasks.filter-already-released-images.results.skip_release)", operator: in, values: ["false"] }',
  ];
  const [task] = definition(`{ name: push, when: [${when}] }`).tasks;
  if (!task) throw new Error('the definition has a task');
  const { note, title } = taskFace(task, 'task-push', [1, 1], []);
  expect(note).toBe('condition: mapped of apply-mapping and skip_release of filter-already-released-images');
  expect(title).toContain('runs only under a condition on mapped of apply-mapping');
});
