import { hashOf } from '#runbook/hash.ts';
import type { Shell } from '#runbook/lint/shell.ts';
import type { Runbook, Step, Test, Tool } from '#runbook/model.ts';
import type { Ran } from '#runbook/record.ts';
import { durationMs } from '#status/time.ts';
import type { Provisions } from './bin.ts';
import { expectedOf, type Fault, faultOf } from './judge.ts';
import { isStarted, type Named, ranOf } from './ran.ts';
import type { Outcome, Scene } from './scene.ts';
import { filled, type Values } from './values.ts';

/** One test of a runbook from its first question to its last undo. */

export interface Attempt {
  step: string;
  part: Ran['part'];
  /** With its values. */
  command: string;
  outcome: Outcome | null;
  fault: Fault | null;
}

export interface Trial {
  ran: Ran[];
  attempts: Attempt[];
  /** Steps that a person does. */
  byHand: string[];
  /** Commands that could not be run here, and why. */
  unrun: string[];
  notes: string[];
}

export interface Play {
  runbook: Runbook;
  test: Test;
  values: Values;
  scene: Scene;
  provisions: Provisions;
  shell: Shell;
  /** What does not go as expected is noted and goes on: a run with another version of a client. */
  isLenient: boolean;
}

const POLLS = 10;

/** Stops at the first fault, unless lenient. */
export async function tried(play: Play): Promise<Trial> {
  const trial: Trial = { ran: [], attempts: [], byHand: [], unrun: [], notes: [] };
  const steps = stepsOf(play.runbook, play.test);
  if (!(await asksForAccess(play, trial))) return trial;
  for (const step of steps) if (!(await doStep(play, trial, step))) return trial;
  for (const step of steps.toReversed())
    if (step.undo && 'run' in step.undo && !(await once(play, trial, { step, part: 'undo', text: step.undo.run })))
      return trial;
  return trial;
}

function stepsOf({ steps }: Runbook, { steps: chosen }: Test): Step[] {
  return chosen ? chosen.flatMap((id) => steps.find((step) => step.id === id) ?? []) : steps;
}

async function asksForAccess(play: Play, trial: Trial): Promise<boolean> {
  const { access, role } = play.runbook.needs;
  const namespace = play.values.inline['namespace'] ?? (role === 'managed' ? 'sample-managed' : 'bootc-tenant');
  for (const { verb, resource } of access) {
    const asked = `kubectl auth can-i ${verb} ${resource}`;
    const text = `${asked} -n ${namespace}`;
    const outcome = await play.scene.execute(text, role === 'managed' ? 'managed' : 'cluster');
    const found = faultOf(outcome, { exit: 0, output: 'yes' });
    const fault = found && { ...found, hints: [...accessHints(play), ...found.hints] };
    trial.attempts.push({ step: 'access', part: 'access', command: text, outcome, fault });
    if (fault && !play.isLenient) return false;
    trial.ran.push(await rowOf(play, outcome, { step: 'access', part: 'access', text: asked }, fault));
  }
  return true;
}

const rowOf = (
  { provisions, isLenient }: Play,
  outcome: Outcome,
  named: Omit<Named, 'isOlder'>,
  fault: Fault | null,
): Promise<Ran> => ranOf(provisions, outcome, { ...named, isOlder: isLenient }, fault);

const accessHints = ({ runbook: { needs } }: Play): string[] =>
  'kubectl' in needs.tools
    ? [`needs.role is ${needs.role}: it must be one that may do what needs.access lists.`]
    : ['needs.access is asked with kubectl: add it to needs.tools.'];

interface Command {
  step: Step;
  part: 'run' | 'verify' | 'undo';
  text: string;
}

async function doStep(play: Play, trial: Trial, step: Step): Promise<boolean> {
  const { run: text, verify, risk } = step;
  const hand = play.test.hands[step.id];
  if (text === undefined) trial.byHand.push(step.id);
  // What a person has not done cannot be seen to be done.
  if (text === undefined && hand === undefined && risk !== 'read') return true;
  await noteEarly(play, trial, step);
  if (hand !== undefined && !(await byHand(play, trial, step, hand))) return false;
  if (text !== undefined && !(await once(play, trial, { step, part: 'run', text }))) return false;
  return verify === undefined || polled(play, trial, { step, part: 'verify', text: verify.run }, verify.within);
}

/** Stands in for the hand of a person, who may do what an admin may; it is no command of the runbook, and not recorded. */
async function byHand({ scene, values }: Play, trial: Trial, step: Step, text: string): Promise<boolean> {
  const command = filled(text, values);
  const outcome = await scene.execute(command, step.where, 'admin');
  const fault = faultOf(outcome, { exit: 0 });
  if (fault) trial.attempts.push({ step: step.id, part: 'run', command, outcome, fault });
  return fault === null;
}

/** A verify that is content before its step has run says nothing of the step. */
async function noteEarly(play: Play, trial: Trial, step: Step): Promise<void> {
  const { verify } = step;
  if (play.isLenient || !verify || step.risk === 'read' || whyUnrun(verify.run, play, trial, step) !== null) return;
  const outcome = await play.scene.execute(filled(verify.run, play.values), step.where);
  if (faultOf(outcome, expectedOf(step, 'verify')) === null)
    trial.notes.push(`step "${step.id}": its verify already says so before the step has run, so it proves nothing`);
}

/** Runs a command, or says why it cannot be; gives whether the test goes on. */
async function once(play: Play, trial: Trial, { step, part, text }: Command): Promise<boolean> {
  const unrun = whyUnrun(text, play, trial, step);
  if (unrun !== null) return keepChecked(trial, { step, part, text }, unrun);
  const outcome = await play.scene.execute(filled(text, play.values), step.where);
  return keep(play, trial, { step, part, text }, outcome);
}

/** Runs a command until it gives what is expected, or the time that the runbook allows has gone by in the world. */
async function polled(play: Play, trial: Trial, command: Command, within: string | undefined): Promise<boolean> {
  const unrun = whyUnrun(command.text, play, trial, command.step);
  if (unrun !== null) return keepChecked(trial, command, unrun);
  const text = filled(command.text, play.values);
  const expected = expectedIn(play, command.step, 'verify');
  let outcome = await play.scene.execute(text, command.step.where);
  for (let poll = 0; within !== undefined && poll < POLLS && faultOf(outcome, expected); poll++) {
    await play.scene.pass(durationMs(within) / POLLS);
    outcome = await play.scene.execute(text, command.step.where);
  }
  return keep(play, trial, command, outcome);
}

async function keep(play: Play, trial: Trial, { step, part, text }: Command, outcome: Outcome): Promise<boolean> {
  const fault = faultOf(outcome, expectedIn(play, step, part));
  trial.attempts.push({ step: step.id, part, command: filled(text, play.values), outcome, fault });
  if (fault && !play.isLenient) return false;
  trial.ran.push(await rowOf(play, outcome, { step: step.id, part, text }, fault));
  return true;
}

/** What a part of a step is to give, with the values of the test. */
function expectedIn({ values }: Play, step: Step, part: Command['part']): ReturnType<typeof expectedOf> {
  const { exit, output } = expectedOf(step, part);
  return { exit, output: output === undefined ? undefined : filled(output, values) };
}

async function keepChecked(trial: Trial, { step, part, text }: Command, why: string): Promise<boolean> {
  const isGrave = step.risk === 'destroy' || step.risk === 'no-return';
  const fault = isGrave
    ? {
        says: [`A step that is "${step.risk}" was not run: ${why}.`],
        hints: [
          'What destroys must have been run: write it with a tool that can be run here, or give its tool a double.',
        ],
      }
    : null;
  trial.attempts.push({ step: step.id, part, command: text, outcome: null, fault });
  if (fault) return false;
  trial.unrun.push(`${step.id} (${part}): ${why}`);
  const hash = await hashOf(text);
  trial.ran.push({ step: step.id, part, hash, client: 'checked', server: 'none', tools: [], ms: 0 });
  return true;
}

/** Null when it can be run. What a change that was not made would have brought about cannot be seen either. */
function whyUnrun(text: string, { runbook, provisions, shell }: Play, trial: Trial, step: Step): string | null {
  for (const tool of Object.keys(runbook.needs.tools) as Tool[]) {
    const provision = provisions[tool];
    if (provision?.client === 'checked' && isStarted(tool, text, shell))
      return `${tool} cannot be run here: ${provision.why}`;
  }
  const before = runbook.steps.slice(0, runbook.steps.indexOf(step) + 1);
  const skipped = before.find(
    ({ id, risk }) => risk !== 'read' && trial.unrun.some((row) => row.startsWith(`${id} (run)`)),
  );
  return skipped ? `the step "${skipped.id}", which it builds upon, was not run` : null;
}
