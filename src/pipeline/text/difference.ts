import type { Binding } from '#status/pipeline.ts';
import type { Parameter, PipelineTask, TaskReference } from '../definition.ts';
import { coded, conditionText, joined, repeatText, triedAgain, valueText } from './condition.ts';

/** What differs between two pipelines, in sentences whose names are marked as code. */

/** What is given under one name before and after; null where it is not given. */
export interface Change {
  name: string;
  was: Binding['value'] | null;
  is: Binding['value'] | null;
}

const LONGEST = 120;

/** A value, short enough for a sentence. */
function short(value: Binding['value']): string {
  const text = valueText(value);
  if (text === '') return 'empty';
  return coded(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

export function added(task: PipelineTask, waits: readonly string[]): string {
  const when = task.isFinally ? 'at the end' : waits.length > 0 ? `after ${joined(waits.map(coded))}` : 'at the start';
  return `${coded(task.name)} is new: it is ${whatItIs(task.ref)} and runs ${when}.`;
}

export const removed = (task: PipelineTask): string => `${coded(task.name)} is gone: it was ${whatItIs(task.ref)}.`;

interface Bundle {
  /** Without tag and digest. */
  place: string;
  tag: string | null;
  digest: string | null;
}

function bundleOf(text: string | null): Bundle | null {
  const [, place, tag, digest] = /^([^@]+?)(?::([^:/@]+))?(?:@(sha256:[0-9a-f]+))?$/.exec(text ?? '') ?? [];
  return place ? { place, tag: tag ?? null, digest: digest ?? null } : null;
}

/** Version of a bundle: its tag, else the start of its digest. */
const versionOf = ({ tag, digest }: Bundle): string => tag ?? digest?.slice('sha256:'.length, 19) ?? 'no version';

/** `task buildah-oci-ta, 0.10.5`, or where it comes from otherwise. */
function whatItIs({ resolver, task, bundle, url, revision, path }: TaskReference): string {
  const parsed = bundleOf(bundle);
  if (parsed) return `the task ${coded(task ?? parsed.place)}, ${versionOf(parsed)}`;
  if (resolver === 'embedded') return 'a task written in the pipeline itself';
  if (task) return `the task ${coded(task)}${revision ? `, ${coded(revision)}` : ''}`;
  if (url)
    return `a task from ${coded([url, path].filter(Boolean).join(' '))}${revision ? ` at ${coded(revision)}` : ''}`;
  return 'a task that is not known';
}

export function bumped(name: string, was: TaskReference, is: TaskReference): string {
  const [old, now] = [bundleOf(was.bundle), bundleOf(is.bundle)];
  const isAlike = was.resolver === is.resolver && was.task === is.task && old?.place === now?.place;
  if (isAlike && old && now) {
    if (old.tag === now.tag) return `${coded(name)} was rebuilt: ${versionOf(now)} has another digest.`;
    return `${coded(name)}: ${versionOf(old)} → ${versionOf(now)}.`;
  }
  if (isAlike && was.url === is.url && was.path === is.path && was.revision !== is.revision)
    return `${coded(name)}: ${revisionText(was)} → ${revisionText(is)}.`;
  if (whatItIs(was) === whatItIs(is))
    return `${coded(name)} comes from another place: ${placeText(was)} → ${placeText(is)}.`;
  return `${coded(name)} is now ${whatItIs(is)}; it was ${whatItIs(was)}.`;
}

const revisionText = ({ revision }: TaskReference): string => (revision ? coded(revision) : 'no revision');
const placeText = ({ bundle, url, resolver }: TaskReference): string => coded(bundle ?? url ?? resolver);

export function given(task: string, { name, was, is }: Change): string {
  if (was === null) return `${coded(task)} is also given ${coded(name)}: ${short(is ?? '')}.`;
  if (is === null) return `${coded(task)} is no longer given ${coded(name)}; it was ${short(was)}.`;
  return `${coded(task)} is given another ${coded(name)}: ${short(was)} → ${short(is)}.`;
}

export function workspace(task: string, { name, was, is }: Change): string {
  if (was === null) return `${coded(task)} is also given the workspace ${coded(name)}.`;
  if (is === null) return `${coded(task)} is no longer given the workspace ${coded(name)}.`;
  return `${coded(task)} has another workspace as ${coded(name)}: ${short(was)} → ${short(is)}.`;
}

export const moved = ({ name, isFinally }: PipelineTask): string =>
  isFinally
    ? `${coded(name)} now runs at the end, whatever happened before.`
    : `${coded(name)} no longer waits for the end.`;

export function waits(name: string, was: readonly string[], is: readonly string[]): string {
  const [before, now] = [joined(was.map(coded)), joined(is.map(coded))];
  if (!now) return `${coded(name)} no longer waits for ${before}: it runs at the start.`;
  return before ? `${coded(name)} waits for ${now}; it waited for ${before}.` : `${coded(name)} now waits for ${now}.`;
}

export function conditions(was: PipelineTask, is: PipelineTask): string {
  const [before, now] = [was, is].map(({ when }) => joined(when.map(conditionText)));
  const name = coded(is.name);
  if (!now) return `${name} now runs without a condition; it ran only when ${before}.`;
  return before ? `${name} runs only when ${now}; it ran only when ${before}.` : `${name} now runs only when ${now}.`;
}

export function repeated(was: PipelineTask, is: PipelineTask): string {
  const [before, now] = [was, is].map(({ matrix }) =>
    joined(
      matrix.map((one) => `${coded(one.name)} (${repeatText(one)})`),
      'and of',
    ),
  );
  const name = coded(is.name);
  if (!now) return `${name} runs once; it ran once per value of ${before}.`;
  return before
    ? `${name} runs once per value of ${now}; it was once per value of ${before}.`
    : `${name} runs once per value of ${now}; it ran once.`;
}

export function limits(was: PipelineTask, is: PipelineTask): string[] {
  const name = coded(is.name);
  const time = (timeout: string | null) => (timeout ? coded(timeout) : 'that of the pipeline');
  const failed = (onError: string | null) => (onError === 'continue' ? 'the run goes on' : 'the run stops');
  return [
    was.retries === is.retries
      ? null
      : `${name} ${tries('is', is.retries)} when it fails; it ${tries('was', was.retries)}.`,
    was.timeout === is.timeout ? null : `${name} has another time limit: ${time(was.timeout)} → ${time(is.timeout)}.`,
    failed(was.onError) === failed(is.onError) ? null : `When ${name} fails, ${failed(is.onError)} now.`,
  ].filter((text) => text !== null);
}

const tries = (verb: 'is' | 'was', retries: number): string =>
  `${verb} ${retries === 0 ? 'not tried again' : triedAgain(retries)}`;

const defaultText = ({ default: value }: Parameter): string =>
  value === null ? 'it must be given' : `by default ${short(value)}`;

export const parameterAdded = (one: Parameter): string => `Parameter ${coded(one.name)} is new: ${defaultText(one)}.`;
export const parameterRemoved = ({ name }: Parameter): string => `Parameter ${coded(name)} is gone.`;

export function parameterChanged(was: Parameter, is: Parameter): string[] {
  const name = coded(is.name);
  return [
    was.default === is.default ? null : `Parameter ${name}: ${defaultText(is)} now; before, ${defaultText(was)}.`,
    was.type === is.type ? null : `Parameter ${name} is now of the type ${is.type}; it was ${was.type}.`,
  ].filter((text) => text !== null);
}

export function result({ name, was, is }: Change): string {
  if (was === null) return `The pipeline gives one more result: ${coded(name)}.`;
  if (is === null) return `The pipeline no longer gives the result ${coded(name)}.`;
  return `The result ${coded(name)} is another: ${short(was)} → ${short(is)}.`;
}

export function pipelineWorkspace({ name, was, is }: Change): string {
  if (was === null) return `The pipeline has one more workspace, ${coded(name)}: it is ${valueText(is ?? '')}.`;
  if (is === null) return `The pipeline no longer has the workspace ${coded(name)}.`;
  return `Workspace ${coded(name)} is now ${valueText(is)}.`;
}
