import { z } from 'zod';
import { placeOf } from './blockers-file.ts';
import { IN_WORDS } from './in-words.ts';
import { readYaml } from './parse.ts';

/** Where newcomers find something to do: the schema of content/newcomers.yaml. */

const Project = z
  .string()
  .max(300)
  .refine(
    (url) => placeOf(url)?.number === null,
    'write the address of a repository on github.com or gitlab.com, as in https://github.com/owner/name',
  );

export const NewcomersFile = z
  .strictObject({
    schema: z.literal(1),
    projects: z
      .array(
        z.strictObject({
          project: Project,
          label: z
            .string()
            .min(1)
            .max(100)
            .optional()
            .describe(
              'By which the project marks such issues; left out: none is known, and every open issue is listed',
            ),
          about: z.string().min(1).max(300).describe('What one works on there, in a sentence'),
          source: z
            .url({ protocol: /^https$/ })
            .optional()
            .describe('Where the project uses that label'),
        }),
      )
      .max(30),
  })
  .superRefine(({ projects }, context) => {
    for (const [index, { project, label, source }] of projects.entries()) {
      const add = (field: string, message: string) =>
        context.addIssue({ code: 'custom', path: ['projects', index, field], message });
      if (projects.findIndex((one) => one.project === project && one.label === label) !== index)
        add('project', `${project} is listed twice`);
      if (label !== undefined && source === undefined) add('source', 'say where the project uses that label');
    }
  });
export type NewcomersFile = z.infer<typeof NewcomersFile>;

/** newcomers.yaml; throws a ContentError that names file, line, field and remedy. */
export function parseNewcomers(text: string, name: string): NewcomersFile {
  const { value, fail } = readYaml(text, name);
  const parsed = NewcomersFile.safeParse(value, IN_WORDS);
  return parsed.success ? parsed.data : fail(parsed.error.issues);
}
