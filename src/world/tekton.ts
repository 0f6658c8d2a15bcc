import { z } from 'zod';
import { Offset } from './offset.ts';

/** Tekton bundles in the pretend registries, and files in the pretend repositories. */

const Edit = z.strictObject({ from: z.string().min(1), to: z.string() });

/** What is served, from a file beside the world or from the world itself. */
const Source = z.strictObject({
  at: Offset.describe('When it was pushed, or committed'),
  file: z.string().optional().describe('Path beside the world, as in tekton/task-init.yaml'),
  edits: z.array(Edit).default([]).describe('What this version has in the place of the text of the file'),
  text: z.string().optional().describe('In the place of `file`'),
});

const Bundle = Source.extend({
  bundle: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+(\/[a-z0-9._-]+)+$/, 'write registry/name without a tag')
    .describe('registry/name'),
  tag: z.string().regex(/^[\w][\w.-]{0,127}$/, 'write a tag'),
});
export type Bundle = z.infer<typeof Bundle>;

const Name = z.union([z.string(), z.int().transform(String)]);
const Names = z.union([Name.transform((one) => [one]), z.array(Name).min(1)]);

const Committed = Source.extend({
  release: Names.optional().describe('One file for each; {release} and {variant} are replaced in path and text'),
  variant: Names.optional(),
  forge: z.enum(['github', 'gitlab']),
  project: z.string().describe('owner/name'),
  branch: z.string().default('main'),
  path: z.string(),
});
export type Committed = z.infer<typeof Committed>;

export const Bundles = z.array(Bundle);
export const Files = z.array(Committed);

export interface Fault {
  path: PropertyKey[];
  message: string;
}

type Given = z.infer<typeof Source>;

/** The rows of a field with their texts, and what is wrong with them; `files` are texts by their path beside the world. */
export function withTexts<Row extends Given>(
  field: string,
  rows: readonly Row[],
  files: Readonly<Record<string, string>>,
): { rows: Row[]; faults: Fault[] } {
  const faults: Fault[] = [];
  const filled = rows.map((row, index) => {
    const whole = row.text ?? files[row.file ?? ''];
    const wrong = (name: string, message: string) => faults.push({ path: [field, index, name], message });
    if (whole === undefined) wrong('file', row.file ? `there is no file ${row.file} beside the world` : 'name a file');
    const text = row.edits.reduce((now, { from, to }, at) => {
      if (whole !== undefined && !now.includes(from)) wrong('edits', `edit ${at + 1} finds nothing to replace`);
      // As a function, since `$&` in a text would mean something.
      return now.replaceAll(from, () => to);
    }, whole ?? '');
    return { ...row, text };
  });
  return { rows: filled, faults };
}

/** A file for each release and variant that its row names. */
export function eachOf(rows: readonly Committed[]): Committed[] {
  return rows.flatMap(({ release, variant, ...row }) =>
    (release ?? [null]).flatMap((one) =>
      (variant ?? [null]).map((other) => {
        const fill = (text: string) =>
          (one === null ? text : text.replaceAll('{release}', () => one)).replaceAll('{variant}', (is) => other ?? is);
        return { ...row, path: fill(row.path), text: fill(row.text ?? '') };
      }),
    ),
  );
}
