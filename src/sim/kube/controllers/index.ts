import type { Controller } from '#sim/kube/kind.ts';
import type { Images } from '#sim/live/images.ts';
import { agenda } from './agenda.ts';
import { builds, type Incoming } from './build.ts';
import { images } from './image.ts';
import { plans } from './plan.ts';
import { releases } from './release.ts';
import { type Building, runs } from './runs.ts';
import { tests } from './tests.ts';

/** What the controllers of a cluster work with. */
export interface Surroundings {
  building: Building;
  images: Images;
  incoming: Incoming;
}

/** The controllers of one cluster. What they have begun goes on as its clock does; where facts are silent, words begin with `sample:`. */
export function controllers({ building, images: registry, incoming }: Surroundings): readonly Controller[] {
  const later = agenda();
  return [
    ...[images(registry), builds(incoming), runs(later, building), tests(later), releases(later, registry), plans],
    { name: 'clock', nextMs: later.nextMs, onTime: later.due },
  ];
}
