import { z } from 'zod';
import { Slug } from '#status/scalars.ts';
import { parseFile } from './file.ts';

/** content/labels.yaml: labels and annotations of the cluster, and what each joins. */

const Sentence = z.string().min(3).max(400);

export const PLACES = ['label', 'annotation', 'both'] as const;

const Label = z.strictObject({
  key: z
    .string()
    .regex(/^[a-z0-9.-]+\/[A-Za-z0-9._-]*\*?$/, 'write prefix/name, or prefix/* for all of a prefix')
    .describe('With its prefix; a * at its end stands for any'),
  is: z.enum(PLACES),
  on: z.array(z.string()).min(1).describe('Kinds of the objects that carry it'),
  means: Sentence,
  writer: Sentence.describe('Who writes it'),
  reader: Sentence.optional().describe('Who acts on it'),
  values: z.array(z.string().min(1)).default([]).describe('What it can be; left out: anything'),
  joins: Sentence.optional().describe('Which object it leads to'),
  sources: z.array(Slug).min(1).describe('Names of content/references.yaml'),
});
export type Label = z.infer<typeof Label>;

export const LabelsFile = z.strictObject({
  schema: z.literal(1),
  groups: z
    .array(
      z.strictObject({ id: Slug, title: z.string().min(3).max(80), text: Sentence, labels: z.array(Label).min(1) }),
    )
    .min(1),
});
export type LabelsFile = z.infer<typeof LabelsFile>;

/** labels.yaml to its groups; throws a ContentError that lists every fault. */
export function parseLabels(text: string, file: string): LabelsFile {
  return parseFile(LabelsFile, text, file, ({ groups }) => {
    const seen = new Set<string>();
    return groups.flatMap(({ labels }, group) =>
      labels.flatMap(({ key }, at) => {
        const path = ['groups', group, 'labels', at, 'key'];
        return seen.size === seen.add(key).size ? [{ path, message: `"${key}" is told twice: keep one` }] : [];
      }),
    );
  });
}

/** Keys of labels and annotations that a text holds: no versions of groups, no names of objects. */
export function keysIn(text: string): string[] {
  return [...text.matchAll(KEY)].flatMap(([key]) => (/\/v[0-9]+((alpha|beta)[0-9]+)?$/.test(key) ? [] : [key]));
}

/** Prefixes of labels; with a plural before it, it is the name of a resource. */
const PREFIXES = [
  '(?:(?:build|test|pac\\.test|release|pipelines|custom)\\.)?appstudio\\.openshift\\.io',
  '(?:(?:build|image-controller)\\.)?appstudio\\.redhat\\.com',
  '(?:(?:build|pipelines|kueue)\\.)?konflux-ci\\.dev',
  '(?:chains\\.)?tekton\\.dev',
  'pipelinesascode\\.tekton\\.dev',
];
const KEY = new RegExp(`(?<![A-Za-z0-9./:@-])(?:${PREFIXES.join('|')})/[A-Za-z][A-Za-z0-9_.-]*[A-Za-z0-9]`, 'g');

/** The entry of a key, one with a * where there is no other. */
export function labelOf(key: string, { groups }: LabelsFile): Label | null {
  const all = groups.flatMap(({ labels }) => labels);
  const fits = (label: Label) => label.key.endsWith('*') && key.startsWith(label.key.slice(0, -1));
  return all.find((label) => label.key === key) ?? all.find(fits) ?? null;
}

/** Id of a key on the page of labels. */
export const keyAnchor = (key: string): string => key.replace('/', '--').replace('*', 'any');
