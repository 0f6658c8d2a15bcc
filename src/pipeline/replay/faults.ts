import type { RecordedTask, Recording } from '#pipeline/recording.ts';
import { dayText } from '#status/text/dates.ts';
import { lengthText } from '#status/text/provenance.ts';
import { LONGEST_DAYS, parsed, type Span } from './clock.ts';
import { taskTitle } from './names.ts';

/** What is wrong with the times of a recording, in sentences for its page. */

interface Placed {
  task: RecordedTask;
  span: Span;
}

const FEW = 20;
const NAMED = 5;

/** At most twenty sentences, and one that counts the rest. */
export function faultsOf(recording: Recording, run: Span, placed: readonly Placed[]): string[] {
  const all = [
    ...runFaults(recording, run),
    ...placed.flatMap(({ task, span }) => [...clockFaults(task, span), ...outside(task, span, run)]),
    ...tooEarly(placed),
    ...lacking(placed, 'no-times', 'Neither begin nor end is on record of'),
    ...lacking(placed, 'no-begin', 'The begin is not on record of'),
    ...lacking(placed, 'no-end', 'The end is not on record of'),
  ];
  return all.length > FEW ? [...all.slice(0, FEW), `And ${all.length - FEW} faults more of this kind.`] : all;
}

function runFaults(recording: Recording, { from, to, fault }: Span): string[] {
  const created = parsed(recording.createdAt);
  return [
    ...(fault === 'far' ? [farText('The run', recording)] : []),
    ...(fault === 'backwards' ? [`The run ends ${agoText(recording)} before it begins: its clock ran backwards.`] : []),
    ...(from === null && fault !== 'far'
      ? ['When the run began is not on record: time is counted from its first task.']
      : []),
    ...(to === null && fault !== 'far' && fault !== 'backwards' ? ['When the run ended is not on record.'] : []),
    ...(created !== null && from !== null && created > from
      ? ['The run was made after it began, as the clocks say: how long it was queued is not known.']
      : []),
  ];
}

function clockFaults(task: RecordedTask, { fault }: Span): string[] {
  if (fault === 'far') return [farText(taskTitle(task), task)];
  if (fault !== 'backwards') return [];
  return [
    `${taskTitle(task)} ends ${agoText(task)} before it begins: its clock ran backwards, and its end is not drawn.`,
  ];
}

/** What a task says that cannot be beside what its run says. */
function outside(task: RecordedTask, { from, to }: Span, run: Span): string[] {
  const late = run.to === null ? 0 : Math.max(to ?? 0, from ?? 0) - run.to;
  const early = run.from === null ? 0 : run.from - Math.min(from ?? run.from, to ?? run.from);
  return [
    ...(early > 0
      ? [`${taskTitle(task)} is on record ${lengthText(early)} before the run began: two clocks disagree.`]
      : []),
    ...(late > 0
      ? [`${taskTitle(task)} is on record ${lengthText(late)} after the run ended: two clocks disagree.`]
      : []),
  ];
}

/** Tasks that began before what they waited for had ended. */
function tooEarly(placed: readonly Placed[]): string[] {
  const byName = Map.groupBy(placed, ({ task }) => task.name);
  return placed.flatMap(({ task, span: { from } }) => {
    const [worst] = task.after
      .flatMap((name) => byName.get(name) ?? [])
      .flatMap(({ task: other, span: { to } }) =>
        other !== task && from !== null && to !== null && to > from ? [{ other, ms: to - from }] : [],
      )
      .sort((a, b) => b.ms - a.ms);
    if (!worst) return [];
    const { other, ms } = worst;
    return [
      `${taskTitle(task)} begins ${lengthText(ms)} before ${taskTitle(other)} ends, for which it waited: two clocks disagree.`,
    ];
  });
}

function lacking(placed: readonly Placed[], fault: Span['fault'], text: string): string[] {
  const titles = placed.filter(({ span }) => span.fault === fault).map(({ task }) => taskTitle(task));
  if (titles.length === 0) return [];
  const rest = titles.length - NAMED;
  return [`${text} ${titles.slice(0, NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`];
}

type Times = Pick<RecordedTask, 'startedAt' | 'finishedAt'>;

const agoText = ({ startedAt, finishedAt }: Times): string =>
  lengthText((parsed(startedAt) ?? 0) - (parsed(finishedAt) ?? 0));

function farText(title: string, { startedAt, finishedAt }: Times): string {
  const days = [...new Set([startedAt, finishedAt].flatMap((one) => (one ? [dayText(one)] : [])))].join(' to ');
  return `${title} is said to have run on ${days}, more than ${LONGEST_DAYS} days from the rest: what lies there is not drawn.`;
}
