import type { Fact } from '#status/text/provenance.ts';
import { visible } from '#status/text/words.ts';
import type { Lines, PipelineTask, TaskDefinition, TaskReference } from '../definition.ts';
import type { Graph } from '../graph/graph.ts';
import type { TaskWords } from '../walkthrough.ts';
import { joined, runNotes, valueText } from './condition.ts';

/** A task of a pipeline as its page tells it. */

export interface Link {
  text: string;
  /** Id of a part of the same page. */
  anchor: string;
}

export interface Taken {
  name: string;
  value: string;
  text: string | null;
}

export interface Given {
  name: string;
  text: string | null;
  usedBy: Link[];
}

export interface TaskView {
  anchor: string;
  name: string;
  /** Null where nobody has written it yet. */
  purpose: string | null;
  /** Where an editor writes about it; null where its name cannot be a file. */
  wordsFile: string | null;
  /** Name of the file that its words are in; null where it has none. */
  wordsOf: string | null;
  /** What its own YAML says of it. */
  own: string | null;
  before: Link[];
  after: Link[];
  notes: string[];
  takes: Taken[];
  gives: Given[];
  fedora: string | null;
  fails: TaskWords['fails'];
  facts: Fact[];
  sources: TaskWords['sources'];
  lines: Lines | null;
}

export interface Surroundings {
  graph: Graph;
  anchors: ReadonlyMap<string, string>;
  words: readonly TaskWords[];
  /** Definitions of the tasks, by their names in the pipeline. */
  definitions: ReadonlyMap<string, TaskDefinition>;
  /** Per task and result, who is handed it. */
  uses: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
}

export function taskView(task: PipelineTask, around: Surroundings): TaskView {
  const words = wordsOf(task, around.words);
  const definition = around.definitions.get(task.name) ?? null;
  const { drawn } = around.graph;
  const link = linkIn(around.anchors);
  return {
    anchor: around.anchors.get(task.name) ?? '',
    name: visible(task.name),
    purpose: words?.purpose ?? null,
    wordsFile: wordsFile(task),
    wordsOf: words?.task ?? null,
    own: told(task.description ?? definition?.description),
    before: drawn.filter(({ to }) => to === task.name).map(({ from }) => link(from)),
    after: drawn.filter(({ from }) => from === task.name).map(({ to }) => link(to)),
    notes: runNotes(task),
    takes: takenBy(task, words, definition),
    gives: givenBy(task, words, definition, around),
    fedora: words?.fedora ?? null,
    fails: words?.fails ?? [],
    facts: factsOf(task, definition),
    sources: words?.sources ?? [],
    lines: task.lines,
  };
}

/** What is said of a task, by its own name, else by its name in the pipeline. */
export function wordsOf(
  task: Pick<PipelineTask, 'name'> & { ref: Pick<TaskReference, 'task'> },
  words: readonly TaskWords[],
): TaskWords | null {
  const by = (name: string) =>
    words.find((one) => one.task === name) ?? words.find((one) => one.also.includes(name)) ?? null;
  return (task.ref.task && by(task.ref.task)) || by(task.name);
}

/** The file in which an editor writes about a task. */
export function wordsFile({ name, ref }: Pick<PipelineTask, 'name' | 'ref'>): string | null {
  const task = ref.task ?? name;
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(task) ? `content/pipelines/tasks/${task}.yaml` : null;
}

const told = (text: string | null | undefined): string | null => (text ? visible(text.trim()) : null);

const linkIn =
  (anchors: ReadonlyMap<string, string>) =>
  (name: string): Link => ({ text: visible(name), anchor: anchors.get(name) ?? '' });

function takenBy(task: PipelineTask, words: TaskWords | null, definition: TaskDefinition | null): Taken[] {
  const said = (name: string) =>
    words?.takes.find((one) => one.name === name)?.text ??
    told(definition?.params.find((one) => one.name === name)?.description);
  return [...task.matrix, ...task.params].map(({ name, value }) => ({
    name: visible(name),
    value: visible(valueText(value)),
    text: said(name) ?? null,
  }));
}

function givenBy(
  { name: own }: PipelineTask,
  words: TaskWords | null,
  definition: TaskDefinition | null,
  { uses, anchors }: Surroundings,
): Given[] {
  const used = uses.get(own);
  const results = definition?.results ?? [];
  const names = new Set(
    [...(words?.gives ?? []), ...results].map(({ name }) => name).concat([...(used?.keys() ?? [])]),
  );
  return [...names].map((name) => ({
    name: visible(name),
    text:
      words?.gives.find((one) => one.name === name)?.text ??
      told(results.find((one) => one.name === name)?.description),
    usedBy: (used?.get(name) ?? []).map(linkIn(anchors)),
  }));
}

function factsOf(task: PipelineTask, definition: TaskDefinition | null): Fact[] {
  const { ref, workspaces } = task;
  const steps = definition?.steps.map(({ name }) => visible(name)) ?? [];
  const version = definition?.version ? ` ${visible(definition.version)}` : '';
  const facts: (Fact | null)[] = [
    ref.task ? { what: 'Task', text: `${visible(ref.task)}${version}`, href: null } : null,
    placeOf(ref),
    workspaces.length > 0
      ? {
          what: 'Workspaces',
          text: workspaces
            .map(({ name, workspace }) => visible(name === workspace ? name : `${name} (${workspace})`))
            .join(', '),
          href: null,
        }
      : null,
    steps.length > 0 ? { what: 'Steps', text: joined(steps), href: null } : null,
  ];
  return facts.filter((fact) => fact !== null);
}

const RESOLVERS: Record<TaskReference['resolver'], string> = {
  bundles: 'in a bundle whose address is not written out',
  git: 'in a git repository',
  http: 'in a file on the web',
  hub: 'from a hub of tasks',
  cluster: 'on the cluster',
  name: 'on the cluster, by its name',
  embedded: 'in the pipeline itself',
  unknown: 'not known: the pipeline names a resolver that we do not read',
};

function placeOf(ref: TaskReference): Fact {
  if (ref.bundle) return { what: 'Bundle', text: visible(ref.bundle), href: bundleLink(ref.bundle) };
  const parts = [ref.url, ref.path, ref.revision].flatMap((part) => (part ? [visible(part)] : []));
  return { what: 'Where it is', text: parts.join(', ') || RESOLVERS[ref.resolver], href: null };
}

/** The page of a bundle on quay.io; null for other registries, whose pages we do not know. */
export function bundleLink(bundle: string): string | null {
  const [, path] =
    /^(?:https:\/\/)?quay\.io\/([A-Za-z0-9._/-]+?)(?::[A-Za-z0-9._-]+)?(?:@sha256:[0-9a-f]+)?$/.exec(bundle) ?? [];
  return path && !path.includes('..') ? `https://quay.io/repository/${path}?tab=tags` : null;
}
