import { visible } from '#status/text/words.ts';
import { anchor, anchorsOf } from './anchors.ts';
import type { PipelineDefinition, PipelineTask, TaskDefinition } from './definition.ts';
import { type Graph, graphOfDefinition, graphOfPath, graphOfRecording } from './graph/graph.ts';
import { type Face, type Picture, pictureOf } from './picture.ts';
import { recordedDefinition } from './recorded.ts';
import type { Recording } from './recording.ts';
import { subjectOf, valueText } from './text/condition.ts';
import { type Link, type TaskView, taskView, wordsOf } from './text/task.ts';
import { boxTitle, type Drawn, type Figure, figuresOf } from './text/walk.ts';
import { resultUses } from './uses.ts';
import type { PathWalk, Stage, TaskWords, Walkthrough } from './walkthrough.ts';

/** A walkthrough as its page shows it: picture, guided path, and a list that says the same. */

export interface GuideStep {
  title: string;
  text: string;
  /** What it is about; null where no task or stage is called so. */
  at: { text: string; anchor: string | null }[];
}

export interface StageView {
  anchor: string;
  stage: Stage;
  before: (Link & { label: string | null })[];
  after: (Link & { label: string | null })[];
}

export interface Shown {
  picture: Picture | null;
  guide: GuideStep[];
  /** What is wrong with it, in sentences. */
  faults: string[];
}

export interface PipelineShown extends Shown {
  drawn: Drawn;
  /** Null where nothing is known of it. */
  definition: PipelineDefinition | null;
  anchors: ReadonlyMap<string, string>;
  tasks: TaskView[];
  figures: Figure[];
}

export interface PathShown extends Shown {
  stages: StageView[];
}

export interface Material {
  definition: PipelineDefinition | null;
  recording: Recording | null;
  /** Definitions of the tasks, by their names in the pipeline. */
  tasks: ReadonlyMap<string, TaskDefinition>;
  words: readonly TaskWords[];
}

/** A pipeline from its definition, else from a recording of it, else nothing. */
export function showPipeline(walk: Pick<Walkthrough, 'guide'>, material: Material): PipelineShown {
  const { recording, words } = material;
  const definition = material.definition ?? (recording && recordedDefinition(recording));
  if (!definition)
    return { ...emptyShown(walk), drawn: 'nothing', definition: null, anchors: new Map(), tasks: [], figures: [] };
  const isRead = material.definition !== null;
  const graph = isRead || !recording ? graphOfDefinition(definition) : graphOfRecording(recording);
  const tasks = inOrder(definition.tasks, graph);
  const anchors = anchorsOf(
    'task',
    tasks.map(({ name }) => name),
  );
  const around = { graph, anchors, words, definitions: material.tasks, uses: resultUses(definition) };
  const places = new Map(tasks.map((task, at) => [task.name, { task, at: at + 1 }]));
  const face = (id: string): Face => {
    const place = places.get(id);
    if (!place) return plainFace(id, anchors.get(id) ?? anchor('task', id));
    const before = graph.drawn.filter(({ to }) => to === id).map(({ from }) => shortName(from));
    return taskFace(place.task, anchors.get(id) ?? '', [place.at, tasks.length], before);
  };
  return {
    drawn: isRead ? 'definition' : 'recording',
    definition,
    anchors,
    picture: pictureOf(graph, face),
    tasks: tasks.map((task) => taskView(task, around)),
    figures: figuresOf({ tasks }),
    guide: guideOf(walk, anchors, anchorsByWords(tasks, anchors, words)),
    faults: [...new Set([...definition.faults, ...graph.faults])].map(visible),
  };
}

/** The tasks that are drawn, each after all that it waits for; of two with one name the first. */
function inOrder(tasks: readonly PipelineTask[], { nodes }: Graph): PipelineTask[] {
  const byName = new Map([...tasks].reverse().map((task) => [task.name, task]));
  const drawn = nodes.flatMap(({ id }) => byName.get(id) ?? []);
  for (const { name } of drawn) byName.delete(name);
  return [...drawn, ...[...byName.values()].reverse()];
}

function taskFace(task: PipelineTask, id: string, place: readonly [number, number], before: string[]): Face {
  const repeats = task.matrix.flatMap(({ value }) => subjectOf(valueText(value)));
  const conditions = task.when.map(({ input, operator }) => (operator === 'cel' ? 'an expression' : subjectOf(input)));
  const notes = [
    ...(task.isFinally ? ['at the end in any case'] : []),
    ...(repeats.length > 0 ? [`runs once per ${repeats.map(shortName).join(' and ')}`] : []),
    ...(conditions.length > 0 ? [`runs only under a condition on ${conditions.map(shortName).join(' and ')}`] : []),
  ];
  const plain = plainFace(task.name, id);
  return {
    ...plain,
    title: boxTitle(plain.text, place, notes, before),
    isConditional: conditions.length > 0,
    isRepeated: repeats.length > 0,
  };
}

const NAME = 40;

function shortName(name: string): string {
  const text = visible(name);
  return text.length > NAME ? `${text.slice(0, NAME - 1)}…` : text;
}

const plainFace = (name: string, id: string): Face => ({
  text: shortName(name),
  title: shortName(name),
  anchor: id,
  isConditional: false,
  isRepeated: false,
});

/** A path of which content tells every stage. */
export function showPath({ stages, ...walk }: Pick<PathWalk, 'stages' | 'guide'>): PathShown {
  const graph = graphOfPath(stages);
  const anchors = anchorsOf(
    'task',
    stages.map(({ id }) => id),
  );
  const byId = new Map(stages.map((stage) => [stage.id, stage]));
  const link = (id: string, label: string | null) => ({
    text: byId.get(id)?.title ?? id,
    anchor: anchors.get(id) ?? '',
    label,
  });
  const views = graph.nodes.flatMap(({ id }): StageView[] => {
    const stage = byId.get(id);
    if (!stage) return [];
    const before = stage.after.filter((one) => byId.has(one.stage)).map((one) => link(one.stage, one.label));
    const after = stages.flatMap((next) => {
      const [joint] = next.after.filter((one) => one.stage === id);
      return joint ? [link(next.id, joint.label)] : [];
    });
    return [{ anchor: anchors.get(id) ?? '', stage, before, after }];
  });
  const face = (id: string): Face => {
    const at = views.findIndex(({ stage }) => stage.id === id);
    const view = views[at];
    const text = shortName(view?.stage.title ?? id);
    const before = view?.before.map(({ text: name }) => name) ?? [];
    return {
      ...plainFace(text, anchors.get(id) ?? ''),
      title: boxTitle(text, [at + 1, views.length], [], before),
      isConditional: view?.stage.isUnverified ?? false,
    };
  };
  return {
    picture: pictureOf(graph, face),
    stages: views,
    guide: guideOf(walk, anchors, new Map()),
    faults: graph.faults,
  };
}

/** Content may name a task by its name in the bundle too. */
function anchorsByWords(
  tasks: readonly PipelineTask[],
  anchors: ReadonlyMap<string, string>,
  words: readonly TaskWords[],
): Map<string, string> {
  const found = new Map<string, string>();
  for (const task of tasks) {
    const said = wordsOf(task, words);
    for (const name of [task.ref.task, said?.task, ...(said?.also ?? [])])
      if (name && !found.has(name)) found.set(name, anchors.get(task.name) ?? '');
  }
  return found;
}

function guideOf(
  { guide }: Pick<Walkthrough, 'guide'>,
  anchors: ReadonlyMap<string, string>,
  others: ReadonlyMap<string, string>,
): GuideStep[] {
  return guide.map(({ title, text, at }) => ({
    title,
    text,
    at: at.map((name) => ({ text: name, anchor: anchors.get(name) ?? others.get(name) ?? null })),
  }));
}

const emptyShown = (walk: Pick<Walkthrough, 'guide'>): Shown => ({
  picture: null,
  guide: guideOf(walk, new Map(), new Map()),
  faults: [],
});
