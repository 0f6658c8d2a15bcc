import type { PipelineDefinition } from '#pipeline/definition.ts';
import { asSourceError } from '#sources/error.ts';
import type { Context } from '#sources/pass.ts';
import { yamlName } from '#sources/records.ts';
import { inTurns } from '#sources/turns.ts';
import { readBundle } from './bundle.ts';
import { type BundleReference, parseReference, placeText, registryOf } from './reference.ts';

/** The YAML of the tasks that pipelines pin: immutable, so that each bundle is read once for ever. */

const LANES = 4;
const PER_REFRESH = 60;

interface Pinned extends BundleReference {
  digest: string;
}

/** Reads task bundles that are not on the shelf yet, at most 60 a refresh; one that fails is a problem and nothing more. */
export async function readTaskBundles(context: Context, definitions: readonly PipelineDefinition[]): Promise<void> {
  const { clients, upstream, report, only, watch } = context;
  if (!only.has('oci')) return;
  const absent: Pinned[] = [];
  for (const ref of pinned(definitions)) {
    if (absent.length === PER_REFRESH) break;
    if (!(await upstream.has(yamlName(ref.digest)))) absent.push(ref);
  }
  await inTurns(absent, LANES, async (ref) => {
    const { digest } = ref;
    try {
      const oci = clients.oci(registryOf(ref, watch.file.services));
      const text = await report.asked('oci', readBundle(oci, ref.repository, digest, { kind: 'task' }));
      await upstream.write(yamlName(digest), text);
    } catch (error) {
      const { kind, message } = asSourceError(error);
      report.problem('oci', null, kind, `task bundle ${placeText(ref)}: ${message}`, 'task bundle');
    }
  });
}

/** Each digest once, in the order of the pipelines. */
function pinned(definitions: readonly PipelineDefinition[]): Pinned[] {
  const found = new Map<string, Pinned>();
  for (const { ref } of definitions.flatMap(({ tasks }) => tasks)) {
    const named = ref.resolver === 'bundles' ? parseReference(ref.bundle ?? '') : null;
    if (named?.digest && !found.has(named.digest)) found.set(named.digest, { ...named, digest: named.digest });
  }
  return [...found.values()];
}
