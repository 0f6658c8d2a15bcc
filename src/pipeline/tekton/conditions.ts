import type { Condition } from '#pipeline/definition.ts';
import { type Faults, quoted } from './faults.ts';
import { textOf, upTo } from './fields.ts';
import { isMap, type Plain, type PlainMap } from './values.ts';

/** `when`: what must hold for a task to run. */
export function conditionsOf(task: PlainMap, where: string, faults: Faults): Condition[] {
  const list = task['when'] ?? task['whenExpressions'] ?? [];
  if (task['conditions'])
    faults.add(`${where} it has “conditions”, which Tekton no longer knows; what must hold for it is not shown.`);
  if (!Array.isArray(list)) faults.add(`${where} “when” is no list; what must hold for it is not shown.`);
  const read = (Array.isArray(list) ? list : []).flatMap((item) => {
    const condition = conditionOf(item);
    if (!condition) faults.add(`${where} a condition ${quoted(textOf(item) ?? '')} is not understood; it is left out.`);
    return condition ?? [];
  });
  return upTo(50, read, `${where} “when”`, faults);
}

function conditionOf(item: Plain): Condition | null {
  if (!isMap(item)) return null;
  const cel = textOf(item['cel']);
  if (cel) return { input: cel, operator: 'cel', values: [] };
  // The first v1beta1 wrote these with capitals.
  const [input, operator, values] = [
    item['input'] ?? item['Input'],
    item['operator'] ?? item['Operator'],
    item['values'] ?? item['Values'],
  ];
  if (input === undefined || (operator !== 'in' && operator !== 'notin')) return null;
  const listed = Array.isArray(values) ? values : values === undefined ? [] : [values];
  return { input: textOf(input) ?? '', operator, values: listed.slice(0, 100).map((value) => textOf(value) ?? '') };
}
