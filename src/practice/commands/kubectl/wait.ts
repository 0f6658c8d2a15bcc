import { UsageError } from '#practice/arguments.ts';
import { type Fields, fieldOf, listOf, textOf } from '#sim/kube/value.ts';
import { ApiError, each, Failure } from './failure.ts';
import { chosen, FIND, type Found, get } from './find.ts';
import { find, relaxed } from './jsonpath.ts';
import { printDone } from './print.ts';
import type { Session } from './session.ts';

/** `kubectl wait`: the clock of the practice world goes by until it is so. */

export const WAIT = { values: [...FIND.values, 'for', 'timeout', 'output o'], switches: [...FIND.switches, 'all'] };

const STEP_MS = 5_000;
const DEFAULT = '30s';
const WEEK_MS = 7 * 24 * 3_600_000;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Of an object; null is one that is gone. */
type Condition = (object: Fields | null) => boolean;

export async function wait(session: Session): Promise<number> {
  const { args } = session;
  const conditions = args.all('for').map(conditionOf);
  if (conditions.length === 0) throw new Failure('unrecognized condition: ""');
  const forDelete = args.all('for').some((one) => one.toLowerCase() === 'delete');
  const forCreate = args.all('for').some((one) => one.toLowerCase() === 'create');
  const asked = msOf('timeout', args.one('timeout') ?? DEFAULT);
  const endMs = session.io.now() + (asked < 0 ? WEEK_MS : asked);
  let found = await foundIn(session, forDelete || forCreate);
  while (forCreate && found.length === 0) {
    if (session.io.now() >= endMs || session.io.signal?.aborted)
      throw new Failure('timed out waiting for the condition');
    await session.io.pass(STEP_MS);
    found = await foundIn(session, true);
  }
  if (found.length === 0 && !forDelete) throw new Failure('no matching resources found');
  await each(found, async (one) => {
    for (const isMet of conditions) await until(session, one, isMet, { endMs, waitMs: asked });
  });
  return 0;
}

async function foundIn(session: Session, mayBeAbsent: boolean): Promise<Found[]> {
  try {
    return await chosen(session);
  } catch (error) {
    if (mayBeAbsent && error instanceof ApiError && error.reason === 'NotFound') return [];
    throw error;
  }
}

interface Time {
  endMs: number;
  waitMs: number;
}

async function until(session: Session, found: Found, isMet: Condition, { endMs, waitMs }: Time): Promise<void> {
  const { io } = session;
  for (;;) {
    const object = await get(session, found).catch((error: unknown) => {
      if (error instanceof ApiError && error.reason === 'NotFound') return null;
      throw error;
    });
    if (isMet(object)) {
      printDone(session, { ...found, object: object ?? found.object }, 'condition met');
      return;
    }
    const leftMs = endMs - io.now();
    if (waitMs === 0) throw new Failure(`condition not met for ${found.resource.plural}/${found.name}`);
    if (leftMs <= 0 || io.signal?.aborted)
      throw new Failure(`timed out waiting for the condition on ${found.resource.plural}/${found.name}`);
    await io.pass(Math.min(STEP_MS, leftMs));
  }
}

function conditionOf(text: string): Condition {
  if (text.toLowerCase() === 'delete') return (object) => object === null;
  if (text.toLowerCase() === 'create') return (object) => object !== null;
  const [, type, status = 'true'] = /^condition=([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  if (type !== undefined)
    return (object) =>
      listOf(fieldOf(object?.['status'], 'conditions')).some(
        (one) =>
          textOf(fieldOf(one, 'type')).toLowerCase() === type.toLowerCase() &&
          textOf(fieldOf(one, 'status')).toLowerCase() === status.toLowerCase(),
      );
  if (!text.startsWith('jsonpath=')) throw new Failure(`unrecognized condition: "${text}"`);
  return pathCondition(text.slice('jsonpath='.length));
}

/** `{.status.phase}=Running`, or a path alone for any value. */
function pathCondition(text: string): Condition {
  const parts = text
    .replaceAll('==', '\0')
    .split('=')
    .map((part) => part.replaceAll('\0', '=='));
  const [path = '', wanted] = parts;
  if (parts.length > 2)
    throw new Failure(
      "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    );
  const plain = relaxed(path);
  if (plain === '') throw new Failure('jsonpath expression cannot be empty');
  const value = wanted?.replace(/^['"]+|['"]+$/g, '');
  if (value === '')
    throw new Failure(
      "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    );
  return (object) => {
    const [first, ...more] = object === null ? [] : find(plain, object);
    if (first === undefined || more.length > 0) return false;
    return value === undefined || String(first) === value;
  };
}

/** A duration as Go reads it: `90s`, `1m30s`, `0`; less than nothing is -1. `flag` is the one that has it. */
export function msOf(flag: string, text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  if (text !== '0' && (parts.length === 0 || parts.map(([part]) => part).join('') !== text.replace(/^-/, ''))) {
    const why = /^-?\d+(\.\d+)?$/.test(text) ? 'missing unit in' : 'invalid';
    throw new UsageError(`invalid argument "${text}" for "--${flag}" flag: time: ${why} duration "${text}"`);
  }
  const ms = parts.reduce((sum, [, number, unit = 's']) => sum + Number(number) * (UNITS[unit] ?? 0), 0);
  return text.startsWith('-') ? -1 : ms;
}
