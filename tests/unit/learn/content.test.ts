import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readLearning } from '#host/learning.ts';
import { parseLab } from '#lab/catalog.ts';
import { parseQuiz, parseTrack } from '#learn/catalog.ts';
import { trackView } from '#learn/view.ts';

const learning = await readLearning(process.cwd());
const refs = learning.tracks.flatMap(({ chapters }) => chapters.flatMap(({ items }) => items.map(({ ref }) => ref)));

test('every track has a title and a time for each of its items', () => {
  expect(learning.tracks.map(({ id }) => id)).toEqual(['newcomer', 'sig-member', 'on-duty', 'docs-editor']);
  for (const track of learning.tracks) expect(trackView(track, learning.places).minutes, track.id).toBeGreaterThan(20);
});

test('the title of a page of code is the string that it shows', () => {
  expect(learning.places['page:/pipelines/tasks/']?.title).toBe('Tasks of the pipelines');
});

test('every quiz is on a track', () => {
  expect(learning.quizzes.filter(({ id }) => !refs.includes(`quiz:${id}`)).map(({ id }) => id)).toEqual([]);
});

test('every lab is on a track', () => {
  const labs = Object.keys(learning.places).filter((ref) => ref.startsWith('lab:'));
  expect(labs.length).toBeGreaterThan(0);
  expect(labs.filter((ref) => !refs.includes(ref))).toEqual([]);
});

test('few right answers are much longer than the wrong ones beside them', () => {
  const longest = learning.quizzes.flatMap(({ questions }) =>
    questions
      .filter(({ several }) => !several)
      .map(({ options }) => {
        const sorted = [...options].sort((a, b) => b.text.length - a.text.length);
        return sorted[0]?.right && sorted[0].text.length > 1.5 * (sorted[1]?.text.length ?? 0);
      }),
  );
  expect(longest.filter(Boolean).length / longest.length).toBeLessThan(0.3);
});

test('right answers do not stand in one place', () => {
  const places = learning.quizzes.flatMap(({ questions }) =>
    questions.filter(({ several }) => !several).map(({ options }) => options.findIndex(({ right }) => right)),
  );
  const share = (place: number) => places.filter((one) => one === place).length / places.length;
  expect(Math.max(share(0), share(1), share(2))).toBeLessThan(0.5);
});

test('the templates are what they explain', () => {
  const template = (folder: string) => readFileSync(`content/${folder}/template.yaml.txt`, 'utf8');
  expect(parseTrack(template('tracks'), 'content/tracks/my-track.yaml').chapters).toHaveLength(2);
  expect(parseQuiz(template('quizzes'), 'content/quizzes/my-quiz.yaml').questions).toHaveLength(2);
  expect(parseLab(template('labs'), 'content/labs/my-lab.yaml').steps).toHaveLength(1);
});

test('every lead of a template is there', () => {
  for (const file of globSync('content/{tracks,quizzes,labs}/template.yaml.txt'))
    for (const [, ref = ''] of readFileSync(file, 'utf8').matchAll(
      /(?<!# .*)"((?:lab|quiz|track|runbook|page):[^"]+)"/g,
    ))
      expect(learning.places, `${file} names ${ref}`).toHaveProperty([ref]);
});
