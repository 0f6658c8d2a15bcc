import type { Kind } from '#sim/kube/kind.ts';
import { APPLICATION, COMPONENT, NEW_COMPONENT } from './component.ts';
import { CONFIG_MAP, EVENT, NAMESPACE, POD, ROLE_BINDING, SECRET, SERVICE_ACCOUNT } from './core.ts';
import { IMAGE_REPOSITORY, NEW_IMAGE_REPOSITORY } from './image-repository.ts';
import { POLICY } from './policy.ts';
import { RELEASE, RELEASE_PLAN, RELEASE_PLAN_ADMISSION } from './release.ts';
import { REPOSITORY } from './repository.ts';
import { COMPONENT_GROUP, SCENARIO, SNAPSHOT } from './snapshot.ts';
import { PROJECT, STREAM, STREAM_TEMPLATE } from './stream.ts';
import { PIPELINE_RUN, TASK_RUN } from './tekton.ts';

/** Kinds of the pretend cluster: summaries of the real definitions, as strict as these where readers write. */
export const KINDS: readonly Kind[] = [
  ...[NAMESPACE, POD, SECRET, SERVICE_ACCOUNT, CONFIG_MAP, EVENT, ROLE_BINDING],
  ...[APPLICATION, COMPONENT, SNAPSHOT, SCENARIO, COMPONENT_GROUP],
  ...[RELEASE, RELEASE_PLAN, RELEASE_PLAN_ADMISSION, IMAGE_REPOSITORY, POLICY],
  ...[NEW_COMPONENT, NEW_IMAGE_REPOSITORY, REPOSITORY, PROJECT, STREAM, STREAM_TEMPLATE],
  ...[PIPELINE_RUN, TASK_RUN],
];
