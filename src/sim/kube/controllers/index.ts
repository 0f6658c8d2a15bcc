import type { Controller } from '#sim/kube/kind.ts';
import { agenda } from './agenda.ts';
import { builds } from './build.ts';
import { built } from './built.ts';
import { images } from './image.ts';
import { plans } from './plan.ts';
import { releases } from './release.ts';
import { runs } from './runs.ts';
import { tests } from './tests.ts';

/** The controllers of one cluster. What they have begun goes on as its clock does; where facts are silent, words begin with `sample:`. */
export function controllers(): readonly Controller[] {
  const later = agenda();
  return [
    ...[images, builds, runs(later, built), tests(later), releases(later), plans],
    // A clock that has moved far brings several things about at once.
    { name: 'clock', onWrite: (_, __, inside) => later.due(inside), onTime: later.due },
  ];
}
