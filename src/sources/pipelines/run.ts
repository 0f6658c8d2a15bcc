import { stringify } from 'yaml';
import { z } from 'zod';
import type { PipelineDefinition } from '#pipeline/definition.ts';
import { asker } from '#sources/cluster/ask.ts';
import { pathOf } from '#sources/cluster/client.ts';
import { SourceError } from '#sources/error.ts';
import type { Context } from '#sources/pass.ts';
import { digestOf } from '#sources/read.ts';
import { redact } from '#sources/redact.ts';
import type { Binding, SeenPipeline } from '#status/pipeline.ts';
import { iso } from '#status/time.ts';
import { definitionAt, isWhole, keep, parsePipeline } from './definitions.ts';
import type { Found } from './look.ts';

/** A pipeline as the newest run of a component had it: `status.pipelineSpec`. */

const SPEC_BYTES = 1 << 20;
const DEPTH = 60;

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

/** The pipeline of the newest known run of a target; null where none can be had. What it does not say becomes a problem. */
export async function fromRun(context: Context, target: string, known: SeenPipeline | null): Promise<Found | null> {
  const { watch, previous, nowMs } = context;
  const konflux = watch.targets.find(({ id }) => id === target)?.konflux;
  const newest = previous?.images.find(({ id }) => id === target)?.attempts.find(({ isQueued }) => !isQueued);
  if (!konflux || !newest) return null;
  const place = newest.name;
  const digest = known?.kind === 'run' && known.place === place ? known.digest : null;
  if (known && digest && (await isWhole(context, digest))) return { ...known, digest, at: iso(nowMs) };
  const run = await ask(context, konflux.namespace, place);
  const spec = run?.status?.pipelineSpec;
  // Empty until it has begun.
  if (!run || !spec?.['tasks']) return null;
  const text = textOf(spec, place, run.metadata?.labels?.[PIPELINE] || place);
  const definition = parsePipeline(text, undefined, 'konflux', `the pipeline of the run ${place}`);
  const common = { kind: 'run', place, namedBy: null, commit: null, changedAt: null, at: iso(nowMs) } as const;
  const given = (run.spec.params ?? []).flatMap(bindingOf);
  // Tekton writes the values of this run into it, so that its text differs from run to run while the pipeline does not.
  const earlier = known?.kind === 'run' && known.digest ? await definitionAt(context, known.digest) : null;
  const same = earlier && shapeOf(earlier) === shapeOf(definition) ? (known?.digest ?? null) : null;
  const found = same ?? digestOf(new TextEncoder().encode(text));
  await keep(context, found, definition, text);
  return { ...common, given, digest: found };
}

/** From the cluster, else from its archive. */
async function ask(context: Context, namespace: string, name: string): Promise<z.infer<typeof Run> | null> {
  const { live, archive, ask: put } = asker(context);
  const path = `${pathOf(namespace, 'pipelineruns')}/${encodeURIComponent(name)}`;
  const place = { namespace, kind: 'pipelineruns' } as const;
  return (
    (await put(live, place, null, (client) => client.get(path, Run))) ??
    put(archive, place, null, (client) => client.get(path, Run))
  );
}

function textOf(spec: Readonly<Record<string, unknown>>, run: string, name: string): string {
  if (JSON.stringify(spec).length > SPEC_BYTES)
    throw new SourceError('konflux', 'too-large', `the pipeline of the run ${run} has more than ${SPEC_BYTES} bytes`);
  const clean = cleaned(spec, 0, run);
  const pipeline = { apiVersion: 'tekton.dev/v1', kind: 'Pipeline', metadata: { name: redact(name) }, spec: clean };
  return stringify(pipeline, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Every text of it without what looks like a secret: the values of a run may hold some. */
function cleaned(value: unknown, depth: number, run: string): unknown {
  if (depth > DEPTH)
    throw new SourceError('konflux', 'unreadable', `the pipeline of the run ${run} is nested more than ${DEPTH} deep`);
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((one) => cleaned(one, depth + 1, run));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cleaned(one, depth + 1, run)]));
}

function bindingOf({ name, value }: { name: string; value?: unknown }): Binding[] {
  const parsed = Value.safeParse(value);
  if (!parsed.success) return [];
  return [{ name, value: Array.isArray(parsed.data) ? parsed.data.map((one) => redact(one)) : redact(parsed.data) }];
}

/** What stays from run to run. */
function shapeOf({ params, tasks }: PipelineDefinition): string {
  const parts = tasks.map(({ name, isFinally, ref, runAfter, matrix, when, retries, timeout }) => [
    ...[name, isFinally, ref, runAfter, matrix.map((one) => one.name), retries, timeout],
    when.map(({ operator, values }) => [operator, values]),
  ]);
  return JSON.stringify([params.map(({ name, type }) => [name, type]), parts]);
}
