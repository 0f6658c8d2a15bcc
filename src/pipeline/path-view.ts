import { anchorsOf } from './anchors.ts';
import { stageFace } from './face.ts';
import { graphOfPath } from './graph/graph.ts';
import { guideOf } from './guide.ts';
import { pictureOf } from './picture.ts';
import type { Link } from './text/task.ts';
import type { Shown } from './view.ts';
import type { PathWalk, Stage } from './walkthrough.ts';

/** A path of which content tells every stage, as its page shows it. */

export interface Joint extends Link {
  /** The label or field that links the two. */
  label: string | null;
}

export interface StageView {
  anchor: string;
  stage: Stage;
  before: Joint[];
  after: Joint[];
}

export interface PathShown extends Shown {
  stages: StageView[];
}

export function showPath({ stages, guide }: Pick<PathWalk, 'stages' | 'guide'>): PathShown {
  const graph = graphOfPath(stages);
  const places = placesOf(stages);
  const views = graph.nodes.flatMap(({ id }) => {
    const stage = stages.find((one) => one.id === id);
    return stage ? [viewOf(stage, stages, places)] : [];
  });
  const at = new Map(views.map((view, n) => [view.stage.id, n]));
  return {
    picture: pictureOf(graph, (id) => {
      const n = at.get(id) ?? 0;
      const view = views[n];
      if (!view) throw new Error(`The stage "${id}" is in the graph and not in the path.`);
      return stageFace(view.stage, view.anchor, [n + 1, views.length], view.before);
    }),
    stages: views,
    guide: guideOf({ guide }, (name) => places.get(name) ?? null),
    faults: graph.faults,
  };
}

function placesOf(stages: readonly Stage[]): Map<string, Link> {
  const anchors = anchorsOf(
    'task',
    stages.map(({ id }) => id),
  );
  return new Map(stages.map(({ id, title }) => [id, { text: title, anchor: anchors.get(id) ?? '' }]));
}

function viewOf(stage: Stage, stages: readonly Stage[], places: ReadonlyMap<string, Link>): StageView {
  const joint = (id: string, label: string | null): Joint[] => {
    const place = places.get(id);
    return place ? [{ ...place, label }] : [];
  };
  return {
    anchor: places.get(stage.id)?.anchor ?? '',
    stage,
    before: stage.after.flatMap((one) => joint(one.stage, one.label)),
    after: stages.flatMap((next) =>
      next.after.filter((one) => one.stage === stage.id).flatMap(({ label }) => joint(next.id, label)),
    ),
  };
}
