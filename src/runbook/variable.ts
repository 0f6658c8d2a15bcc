import { z } from 'zod';
import { FREE_TYPES, INERT_TYPES } from './value.ts';

export { envName, FREE_TYPES, refusal } from './value.ts';

/** Variables of runbooks: what a reader may put into a command, in an alphabet that no shell position can turn against him. */

const NAME = /^[a-z][a-z0-9-]{0,39}$/;

export const VariableName = z.string().regex(NAME, 'write lower-case letters, digits and hyphens');

const SOURCES = ['components', 'namespaces', 'applications', 'releases', 'variants', 'repositories'] as const;

/** One line of content/variables.yaml: the same name means the same in every runbook. */
export const Variable = z
  .strictObject({
    type: z.enum([...INERT_TYPES, ...FREE_TYPES, 'choice']),
    label: z.string().min(1).max(60),
    help: z.string().min(1).max(300).describe('What it is and where a reader finds it'),
    default: z.string().optional().describe('Only where nearly everybody means it'),
    example: z.string().min(1).describe('What a page shows while nothing is filled in'),
    choices: z.array(z.string()).min(1).optional().describe('For the type choice'),
    from: z.enum(SOURCES).optional().describe('Names that targets.yaml holds are offered'),
    shareable: z.boolean().default(true).describe('false: never part of a link'),
  })
  .refine(({ type, choices }) => (type === 'choice') === (choices !== undefined), {
    path: ['choices'],
    error: 'write choices for the type choice, and for no other',
  });
export type Variable = z.infer<typeof Variable>;
export type Variables = Readonly<Record<string, Variable>>;
