import { visible } from '#status/text/words.ts';
import { anchor, taskAnchors } from './anchors.ts';
import type { PipelineDefinition, PipelineTask, TaskDefinition } from './definition.ts';
import { shortName, taskFace } from './face.ts';
import { type Graph, graphOfDefinition, graphOfRecording } from './graph/graph.ts';
import { siblingsOf } from './graph/siblings.ts';
import { type GuideStep, guideOf, type Place } from './guide.ts';
import { type Picture, pictureOf } from './picture.ts';
import { recordedDefinition } from './recorded-definition.ts';
import type { Recording } from './recording.ts';
import { resultUses } from './result-uses.ts';
import { type TaskView, taskView, wordsOf } from './text/task.ts';
import { type Drawn, type Figure, figuresOf, unlinked } from './text/walk.ts';
import type { TaskWords, Walkthrough } from './walkthrough.ts';

/** A pipeline as its page shows it: picture, guided path, and a list that says the same. */

export interface Shown {
  /** Null where there is nothing to draw, or too much. */
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

export interface Material {
  definition: PipelineDefinition | null;
  recording: Recording | null;
  /** Definitions of the tasks, by their names in the pipeline. */
  tasks: ReadonlyMap<string, TaskDefinition>;
  words: readonly TaskWords[];
  /** Whether it comes from the pretend world. */
  isPractice?: boolean;
}

/** A pipeline from its definition, else from a recording of it, else nothing. */
export function showPipeline(walk: Pick<Walkthrough, 'guide'>, material: Material): PipelineShown {
  const { recording, words, isPractice = false } = material;
  const definition = material.definition ?? (recording && recordedDefinition(recording));
  if (!definition) return notSeen(walk);
  const graph = material.definition || !recording ? graphOfDefinition(definition) : graphOfRecording(recording);
  const tasks = inOrder(definition.tasks, graph);
  const anchors = taskAnchors(definition.tasks);
  const around = { graph, anchors, words, definitions: material.tasks, uses: resultUses(definition) };
  return {
    drawn: material.definition ? 'definition' : 'recording',
    definition,
    anchors,
    picture: pictureOf(graph, facesOf(tasks, graph, anchors), siblingsOf(graph)),
    tasks: tasks.map((task) => taskView(task, around)).map((view) => (isPractice ? withoutLinks(view) : view)),
    figures: figuresOf({ tasks }),
    guide: guideOf(walk, placeIn(tasks, anchors, words)),
    faults: [...new Set([...definition.faults, ...graph.faults])].map(visible),
  };
}

const withoutLinks = (view: TaskView): TaskView => ({ ...view, facts: unlinked(view.facts) });

const notSeen = (walk: Pick<Walkthrough, 'guide'>): PipelineShown => ({
  ...{ drawn: 'nothing', definition: null, anchors: new Map(), picture: null },
  ...{ tasks: [], figures: [], guide: guideOf(walk, () => null), faults: [] },
});

/** The tasks that are drawn, each after all that it waits for; of two with one name the first. */
function inOrder(tasks: readonly PipelineTask[], { nodes }: Graph): PipelineTask[] {
  const byName = new Map([...tasks].reverse().map((task) => [task.name, task]));
  const drawn = nodes.flatMap(({ id }) => byName.get(id) ?? []);
  const names = new Set(drawn.map(({ name }) => name));
  return [...drawn, ...tasks.filter((task) => !names.has(task.name) && byName.get(task.name) === task)];
}

function facesOf(tasks: readonly PipelineTask[], { drawn }: Graph, anchors: ReadonlyMap<string, string>) {
  const places = new Map(tasks.map((task, at) => [task.name, { task, at: at + 1 }]));
  return (id: string) => {
    const place = places.get(id);
    const own = anchors.get(id) ?? anchor('task', id);
    if (!place)
      return {
        text: shortName(id),
        title: shortName(id),
        anchor: own,
        isConditional: false,
        isRepeated: false,
        note: '',
      };
    const before = drawn.filter(({ to }) => to === id).map(({ from }) => from);
    return taskFace(place.task, own, [place.at, tasks.length], before);
  };
}

/** Where content's names lead: a task by its name in the pipeline, else by its own. */
function placeIn(tasks: readonly PipelineTask[], anchors: ReadonlyMap<string, string>, words: readonly TaskWords[]) {
  return (name: string): Place | null => {
    const isSaid = (task: PipelineTask) => {
      const said = wordsOf(task, words);
      return task.ref.task === name || said?.task === name || Boolean(said?.also.includes(name));
    };
    const found = tasks.find((task) => task.name === name) ?? tasks.find(isSaid);
    const to = found && anchors.get(found.name);
    return to ? { text: name, anchor: to } : null;
  };
}
