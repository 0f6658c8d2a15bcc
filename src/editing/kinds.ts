import { z } from 'zod';
import { GlossaryFile } from '#glossary/model.ts';
import { MilestonesFile } from '#handbook/milestones.ts';
import { CodeWords } from '#handbook/reference/codes.ts';
import { DataWords } from '#handbook/reference/data.ts';
import { LabelsFile } from '#handbook/reference/labels.ts';
import { ObjectWords } from '#handbook/reference/objects.ts';
import { SystemsFile } from '#handbook/systems.ts';
import { Lab } from '#lab/model.ts';
import { Quiz, Track } from '#learn/model.ts';
import { Picture } from '#picture/model.ts';
import { TaskWords, Walkthrough } from '#pipeline/walkthrough.ts';
import { Runbook } from '#runbook/model.ts';
import { Owners, Review } from '#runbook/people.ts';
import { Variable, VariableName } from '#runbook/variable.ts';
import { BlockersFile } from '#status/blockers-file.ts';
import { NewcomersFile } from '#status/newcomers-file.ts';
import { TargetsFile } from '#status/targets.ts';
import { World } from '#world/model.ts';
import { References } from './references.ts';

/** What people write, other than pages of prose: where it lies, and the schema that checks it. */

interface Told {
  /** As an editor calls one of them. */
  title: string;
  schema: z.ZodType;
}

/** One file each, named after its address. */
interface Folder extends Told {
  folder: string;
}

/** All in one file. */
interface Single extends Told {
  file: string;
}

export const FOLDERS = {
  runbook: { title: 'Runbook', folder: 'content/runbooks', schema: Runbook },
  lab: { title: 'Lab', folder: 'content/labs', schema: Lab },
  track: { title: 'Track', folder: 'content/tracks', schema: Track },
  quiz: { title: 'Quiz', folder: 'content/quizzes', schema: Quiz },
  walkthrough: { title: 'Walkthrough', folder: 'content/pipelines', schema: Walkthrough },
  task: { title: 'Words of a task', folder: 'content/pipelines/tasks', schema: TaskWords },
  picture: { title: 'Picture', folder: 'content/pictures', schema: Picture },
  world: { title: 'Pretend world', folder: 'content/worlds', schema: World },
} as const satisfies Record<string, Folder>;

export const SINGLES = {
  glossary: { title: 'Glossary', file: 'content/glossary.yaml', schema: GlossaryFile },
  references: { title: 'What pages rest on', file: 'content/references.yaml', schema: References },
  milestones: { title: 'Milestones of the initiative', file: 'content/milestones.yaml', schema: MilestonesFile },
  systems: { title: 'Systems and places', file: 'content/systems.yaml', schema: SystemsFile },
  objects: { title: 'Words of the kinds of the cluster', file: 'content/objects.yaml', schema: ObjectWords },
  labels: { title: 'Labels and annotations', file: 'content/labels.yaml', schema: LabelsFile },
  codes: { title: 'Meanings of codes', file: 'content/codes.yaml', schema: CodeWords },
  data: { title: 'Words of the public data', file: 'content/data.yaml', schema: DataWords },
  variables: {
    title: 'Values that runbooks ask for',
    file: 'content/variables.yaml',
    schema: z.record(VariableName, Variable),
  },
  owners: { title: 'Whom to ask', file: 'content/owners.yaml', schema: Owners },
  reviews: { title: 'Who followed a runbook', file: 'content/reviews.yaml', schema: z.array(Review) },
  blockers: { title: 'Blockers', file: 'content/blockers.yaml', schema: BlockersFile },
  newcomers: { title: 'Projects for newcomers', file: 'content/newcomers.yaml', schema: NewcomersFile },
  targets: { title: 'What is watched', file: 'content/status/targets.yaml', schema: TargetsFile },
} as const satisfies Record<string, Single>;
