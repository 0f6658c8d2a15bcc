import { parse } from 'yaml';
import type { Forge } from '#sim/forges/repositories.ts';
import { type Fields, fieldOf, fieldsOf, harmIn, textOf } from '#sim/kube/value.ts';
import { fitsPath, isTrue } from './cel.ts';

/** PipelineRuns in the `.tekton` folder of a commit, and which of them an event starts. */

export interface GitEvent {
  forge: Forge;
  project: string;
  kind: 'push' | 'pull_request';
  /** Value of the label event-type. */
  type: string;
  commit: string;
  title: string;
  sourceBranch: string;
  targetBranch: string;
  /** Number of the merge request. */
  number: number | null;
  /** What it changes. */
  paths: readonly string[];
  tree: Readonly<Record<string, string>>;
}

export interface Definition {
  path: string;
  /** Its name, without the dash that a generated name ends with. */
  name: string;
  object: Fields;
}

export interface Read {
  definitions: Definition[];
  /** Sentences on files that cannot be used. */
  faults: { path: string; message: string }[];
}

const PAC = 'pipelinesascode.tekton.dev';
const WEB: Readonly<Record<Forge, string>> = { gitlab: 'https://gitlab.com', github: 'https://github.com' };

export const webOf = (forge: Forge, project: string): string => `${WEB[forge]}/${project}`;

/** All PipelineRuns of a commit, with the event's values in the place of their variables. */
export function definitionsIn(event: GitEvent): Read {
  const read: Read = { definitions: [], faults: [] };
  for (const [path, text] of Object.entries(event.tree).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!/^\.tekton\/.*\.ya?ml$/.test(path)) continue;
    try {
      const value: unknown = parse(filled(text, event));
      const harm = harmIn(value);
      if (harm !== null) throw new Error(harm);
      const object = fieldsOf(value);
      if (object['kind'] !== 'PipelineRun') continue;
      const metadata = fieldOf(object, 'metadata');
      const name = textOf(fieldOf(metadata, 'name')) || textOf(fieldOf(metadata, 'generateName'));
      read.definitions.push({ path, name: name.replace(/-$/, ''), object });
    } catch (error) {
      const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
      read.faults.push({ path, message });
    }
  }
  return read;
}

/** Whether a definition is meant for an event; throws a sentence where its condition cannot be read. */
export function isFor({ object }: Definition, event: GitEvent): boolean {
  const notes = fieldOf(fieldOf(object, 'metadata'), 'annotations');
  const said = (name: string) => textOf(fieldOf(notes, `${PAC}/${name}`));
  const condition = said('on-cel-expression');
  if (condition !== '')
    return isTrue(condition, {
      names: {
        ...{ event: event.kind, event_type: event.type },
        ...{ target_branch: event.targetBranch, source_branch: event.sourceBranch },
      },
      isChanged: (pattern) => event.paths.some((path) => fitsPath(pattern, path)),
    });
  const listed = (name: string) =>
    said(name)
      .replace(/[[\]]/g, '')
      .split(',')
      .map((one) => one.trim());
  const isBranch = listed('on-target-branch').some(
    (one) => one !== '' && fitsPath(one.replace(/^refs\/heads\//, ''), event.targetBranch),
  );
  return isBranch && listed('on-event').includes(event.kind);
}

/** The text with `{{variables}}` filled; those that are not known stay. */
function filled(text: string, event: GitEvent): string {
  const { forge, project, commit, sourceBranch, targetBranch, number } = event;
  const url = webOf(forge, project);
  const values: Readonly<Record<string, string>> = {
    ...{ revision: commit, repo_url: url, source_url: url, source_branch: sourceBranch, target_branch: targetBranch },
    ...{ repo_owner: project.replace(/\/[^/]*$/, ''), repo_name: project.replace(/^.*\//, '') },
    ...{ event_type: event.type, sender: 'sample', pull_request_number: number === null ? '' : String(number) },
  };
  return text.replace(/\{\{ *([a-z_]+) *\}\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
  );
}
