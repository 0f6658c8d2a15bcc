import { readPipeline } from '#pipeline/tekton/read.ts';
import type { Reads, Walkthrough } from '#pipeline/walkthrough.ts';
import { readBundle } from '#sources/pipelines/bundle.ts';
import { parseReference, registryOf } from '#sources/pipelines/reference.ts';
import type { ForgeId } from '#status/blocker.ts';
import type { Assumption } from './assumptions.ts';

/** What is taken for granted about the places from which pipelines are read. */

const PAGES = ['/pipelines/'];
const NONE = { holds: true, detail: 'no walkthrough reads from there' };

const readsOf = (walkthroughs: readonly Walkthrough[]): Reads[] =>
  walkthroughs.flatMap((one) => (one.kind === 'pipeline' && one.reads ? [one.reads] : []));

export const PIPELINE_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'bundle.annotations',
    what: 'A Tekton bundle says in annotations what each of its layers holds, and pins its tasks by digest',
    pages: PAGES,
    async ask({ clients, services, walkthroughs = [] }) {
      const reads = readsOf(walkthroughs).find((one) => 'bundle' in one);
      const ref = reads && parseReference(reads.bundle);
      if (!reads || !ref) return NONE;
      const oci = clients.oci(registryOf(ref, services ?? {}));
      const digest = await oci.find(ref.repository, ref.tag ?? 'latest');
      if (!digest) return { holds: false, detail: `${reads.bundle} is not there` };
      const text = await readBundle(oci, ref.repository, digest, { kind: 'pipeline', name: reads.name });
      const tasks = readPipeline(text, reads.name).value?.tasks ?? [];
      const pinned = tasks.filter((task) => parseReference(task.ref.bundle ?? '')?.digest).length;
      return { holds: pinned > 0, detail: `${pinned} of ${tasks.length} tasks of ${reads.name} are pinned` };
    },
  },
  fileOf('github', 'GitHub'),
  fileOf('gitlab', 'GitLab'),
];

function fileOf(forge: ForgeId, name: string): Assumption {
  return {
    id: `${forge}.file`,
    what: `${name} gives a file of a public repository with the date of its last commit, and a tag to ask for changes`,
    pages: PAGES,
    async ask({ clients, walkthroughs = [] }) {
      const places = readsOf(walkthroughs).flatMap((one) =>
        'bundle' in one ? [] : 'file' in one ? [one.file] : [one.run],
      );
      const place = places.find((one) => one.forge === forge);
      if (!place) return NONE;
      const file = await clients.forges[forge].file(place, null);
      const detail = `${place.path}: changed at ${file?.changedAt ?? 'no date'}, ${file?.etag ? 'with' : 'without'} a tag`;
      return { holds: Boolean(file?.changedAt && file.etag), detail };
    },
  };
}
