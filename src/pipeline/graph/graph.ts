import type { PipelineDefinition, PipelineTask } from '#pipeline/definition.ts';
import type { Recording } from '#pipeline/recording.ts';
import { amongLast, circle, lastInOrder, more, selfish, twice, unnamed, untraced } from '#pipeline/text/graph.ts';
import type { Stage } from '#pipeline/walkthrough.ts';
import { inOrder, reduced, withoutCircles } from './order.ts';
import { taskMentions, textsOf } from './references.ts';

/** What waits for what: of a definition, of a recording, of a path. */

export interface Edge {
  from: string;
  to: string;
  /** order: runAfter, or one stage after another; data: a result is handed on. */
  kind: 'order' | 'data';
  /** What links the two, where content says so. */
  label: string | null;
}

export interface Node {
  id: string;
  isFinally: boolean;
}

export interface Graph {
  /** Each once, in an order in which each comes after all that it waits for. */
  nodes: Node[];
  /** All that is stated; without what dangles, and without what would close a circle. */
  edges: Edge[];
  /** Those that are drawn: what follows from others is left out, unless it has a label. */
  drawn: Edge[];
  /** What was wrong, in sentences: circles, names that are nowhere, names given twice. */
  faults: string[];
}

/** How many sentences of one kind of fault are told. */
const TOLD = 20;

/** Of a Pipeline: edges from runAfter and from results and outcomes that are used; a pair has one edge, data first. */
export function graphOfDefinition({ tasks }: Pick<PipelineDefinition, 'tasks'>): Graph {
  const { once, faults } = firstOfEach(tasks);
  const nodes = once.map(({ name, isFinally }) => ({ id: name, isFinally }));
  const isLast = new Map(once.map(({ name, isFinally }) => [name, isFinally]));
  const dangling: string[] = [];
  const edges = once.flatMap((task) =>
    waitsOf(task).filter(({ from, to, kind }) => {
      const fault = !isLast.has(from)
        ? unnamed(from, to, kind)
        : isLast.get(from) && from !== to
          ? amongLast(from, to)
          : null;
      if (fault) dangling.push(fault);
      return fault === null;
    }),
  );
  const orders = once.filter(({ isFinally, runAfter }) => isFinally && runAfter.length > 0);
  return graphOf(nodes, edges, [...faults, ...told(dangling), ...orders.map(({ name }) => lastInOrder(name))]);
}

/** Of what was recorded: a node per task, whatever its legs; tasks that left no trace are not in it. */
export function graphOfRecording({ tasks }: Pick<Recording, 'tasks'>): Graph {
  const legs = Map.groupBy(tasks, ({ name }) => name);
  const nodes = [...legs.keys()].map((id) => ({ id, isFinally: false }));
  const stated = [...legs].flatMap(([to, all]) =>
    [...new Set(all.flatMap(({ after }) => after))].map((from) => order(from, to)),
  );
  const lost = Map.groupBy(
    stated.filter(({ from }) => !legs.has(from)),
    ({ from }) => from,
  );
  const faults = [...lost].map(([name, waiting]) =>
    untraced(
      name,
      waiting.map(({ to }) => to),
    ),
  );
  const edges = stated.filter(({ from }) => legs.has(from));
  return graphOf(nodes, edges, told(faults));
}

/** Of stages that content lists; each labelled edge is drawn. */
export function graphOfPath(stages: readonly Pick<Stage, 'id' | 'after'>[]): Graph {
  const { once, faults } = firstOfEach(stages.map((stage) => ({ ...stage, name: stage.id })));
  const ids = new Set(once.map(({ id }) => id));
  const stated = once.flatMap(({ id, after }) => {
    const labels = new Map(after.map(({ stage, label }) => [stage, label]));
    return [...labels].map(([from, label]) => ({ ...order(from, id), label }));
  });
  const dangling = stated.filter(({ from }) => !ids.has(from)).map(({ from, to }) => unnamed(from, to, 'order'));
  const nodes = once.map(({ id }) => ({ id, isFinally: false }));
  const edges = stated.filter(({ from }) => ids.has(from));
  return graphOf(nodes, edges, [...faults, ...told(dangling)]);
}

const order = (from: string, to: string): Edge => ({ from, to, kind: 'order', label: null });

/** What one task waits for, each once. Those of `finally` wait for all; only what they use is an edge. */
function waitsOf(task: PipelineTask): Edge[] {
  const kinds = new Map<string, Edge['kind']>();
  if (!task.isFinally) for (const name of task.runAfter) kinds.set(name, 'order');
  for (const { task: name, what } of textsOf(task).flatMap(taskMentions))
    if (what === 'result') kinds.set(name, 'data');
    else if (!kinds.has(name)) kinds.set(name, 'order');
  return [...kinds].map(([from, kind]) => ({ from, to: task.name, kind, label: null }));
}

function firstOfEach<T extends { name: string }>(all: readonly T[]): { once: T[]; faults: string[] } {
  const groups = Map.groupBy(all, ({ name }) => name);
  const once = [...groups.values()].flatMap(([first]) => (first ? [first] : []));
  return { once, faults: told([...groups].flatMap(([name, same]) => (same.length > 1 ? [twice(name)] : []))) };
}

function graphOf(nodes: readonly Node[], stated: readonly Edge[], faults: readonly string[]): Graph {
  const selfs = stated.filter(({ from, to }) => from === to).map(({ to }) => selfish(to));
  const others = stated.filter(({ from, to }) => from !== to);
  const written = [...nodes.filter((one) => !one.isFinally), ...nodes.filter((one) => one.isFinally)];
  const ids = written.map(({ id }) => id);
  const { kept, circles } = withoutCircles(ids, others, TOLD);
  const sorted = inOrder(ids, kept);
  const place = new Map(sorted.map((id, at) => [id, at]));
  const drawn = new Set(reduced(sorted, kept));
  return {
    nodes: written.toSorted((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0)),
    edges: kept,
    drawn: kept.filter((edge) => drawn.has(edge) || edge.label !== null),
    faults: [...faults, ...told(selfs), ...told(circles.map(circle), others.length - kept.length)],
  };
}

/** The first of many sentences, and how many more there are. */
function told(faults: readonly string[], total = faults.length): string[] {
  const left = total - TOLD;
  return left > 0 ? [...faults.slice(0, TOLD), more(left)] : [...faults];
}
