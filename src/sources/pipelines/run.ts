import { stringify } from 'yaml';
import { z } from 'zod';
import type { PipelineDefinition } from '#pipeline/definition.ts';
import { type Asker, asker } from '#sources/cluster/ask.ts';
import { pathOf } from '#sources/cluster/client.ts';
import { SourceError } from '#sources/error.ts';
import type { Context } from '#sources/pass.ts';
import { isKeptParameter } from '#sources/provenance/allow-list.ts';
import { digestOf } from '#sources/read.ts';
import { redact } from '#sources/redact.ts';
import type { Binding, SeenPipeline } from '#status/pipeline.ts';
import { iso } from '#status/time.ts';
import { definitionAt, isWhole, keep, parsePipeline } from './definitions.ts';
import type { Found } from './look.ts';
import { cleaned, secretsOf, shownBinding } from './private.ts';

/** A pipeline as the newest run of a component had it: `status.pipelineSpec`. */

const SPEC_BYTES = 1 << 20;

const Value = z.union([z.string().max(2_000), z.array(z.string().max(2_000)).max(200)]);
const PIPELINE = 'tekton.dev/pipeline';
const Run = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()).nullish() }).nullish(),
  spec: z.object({
    params: z
      .array(z.object({ name: z.string().max(200), value: z.unknown() }))
      .max(200)
      .nullish(),
  }),
  status: z.object({ pipelineSpec: z.record(z.string(), z.unknown()).nullish() }).nullish(),
});

/**
 * The pipeline of the newest known run of a target, or why it could not be had; null where nobody is to be asked.
 * What the cluster does not say becomes a problem.
 */
export async function fromRun(
  context: Context,
  target: string,
  known: SeenPipeline | null,
): Promise<Found | { why: string } | null> {
  const { watch, previous, nowMs } = context;
  const konflux = watch.targets.find(({ id }) => id === target)?.konflux;
  const newest = previous?.images.find(({ id }) => id === target)?.attempts.find(({ isQueued }) => !isQueued);
  if (!konflux || !newest) return null;
  const place = newest.name;
  const digest = known?.kind === 'run' && known.place === place ? known.digest : null;
  // That it still is the newest nobody has said since.
  if (known?.readAt && digest && (await isWhole(context, digest)))
    return { ...known, digest, at: iso(Math.min(Date.parse(known.readAt), nowMs)) };
  const asking = asker(context);
  if (!asking.live && !asking.archive) return null;
  const run = await ask(asking, konflux.namespace, place);
  const spec = run?.status?.pipelineSpec;
  // Empty until it has begun.
  if (!run || !spec?.['tasks']) return { why: `The pipeline of the run ${place} could not be had: ${lack(run)}.` };
  const params = (run.spec.params ?? []).flatMap(bindingOf);
  const text = textOf(spec, place, run.metadata?.labels?.[PIPELINE] || place, secretsOf(params));
  const definition = parsePipeline(text, undefined, 'konflux', `the pipeline of the run ${place}`);
  const common = { kind: 'run', place, namedBy: null, commit: null, changedAt: null, at: iso(nowMs) } as const;
  // Anybody may read what is kept, and who runs a pipeline has not said so of each value.
  const given = params.filter(({ name }) => isKeptParameter(name)).map(shownBinding);
  // Tekton writes the values of this run into it, so that its text differs from run to run while the pipeline does not.
  const earlier = known?.kind === 'run' && known.digest ? await definitionAt(context, known.digest) : null;
  const same = earlier && shapeOf(earlier) === shapeOf(definition) ? (known?.digest ?? null) : null;
  const found = same ?? digestOf(new TextEncoder().encode(text));
  await keep(context, found, definition, text);
  return { ...common, given, digest: found };
}

const lack = (run: z.infer<typeof Run> | null): string =>
  run ? 'it has not begun' : 'neither the cluster nor its archive has told it';

/** From the cluster, else from its archive. */
async function ask(
  { live, archive, ask: put }: Asker,
  namespace: string,
  name: string,
): Promise<z.infer<typeof Run> | null> {
  const path = `${pathOf(namespace, 'pipelineruns')}/${encodeURIComponent(name)}`;
  const place = { namespace, kind: 'pipelineruns' } as const;
  return (
    (await put(live, place, null, (client) => client.get(path, Run))) ??
    put(archive, place, null, (client) => client.get(path, Run))
  );
}

function textOf(
  spec: Readonly<Record<string, unknown>>,
  run: string,
  name: string,
  secrets: readonly string[],
): string {
  if (JSON.stringify(spec).length > SPEC_BYTES)
    throw new SourceError('konflux', 'too-large', `the pipeline of the run ${run} has more than ${SPEC_BYTES} bytes`);
  const clean = cleaned(spec, { run, secrets });
  const pipeline = { apiVersion: 'tekton.dev/v1', kind: 'Pipeline', metadata: { name: redact(name) }, spec: clean };
  return stringify(pipeline, { lineWidth: 0, aliasDuplicateObjects: false });
}

function bindingOf({ name, value }: { name: string; value?: unknown }): Binding[] {
  const { data } = Value.safeParse(value);
  return data === undefined ? [] : [{ name, value: data }];
}

/** What stays from run to run. */
function shapeOf({ params, tasks }: PipelineDefinition): string {
  const parts = tasks.map(({ name, isFinally, ref, runAfter, matrix, when, retries, timeout }) => [
    ...[name, isFinally, ref, runAfter, matrix.map((one) => one.name), retries, timeout],
    when.map(({ operator, values }) => [operator, values]),
  ]);
  return JSON.stringify([params.map(({ name, type }) => [name, type]), parts]);
}
