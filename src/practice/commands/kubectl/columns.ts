import { Failure } from './failure.ts';
import { goText } from './go.ts';
import { find } from './jsonpath.ts';
import { aligned } from './table.ts';

/** `-o custom-columns=NAME:.metadata.name,…`: a row for each object. */
export function customColumns(spec: string, objects: readonly unknown[], headers: boolean): string {
  if (spec === '') throw new Failure('custom-columns format specified but no custom columns given');
  const columns = spec.split(',').map((part) => {
    const colon = part.indexOf(':');
    if (colon < 0) throw new Failure(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    return { header: part.slice(0, colon), path: part.slice(colon + 1) };
  });
  const rows = objects.map((object) => columns.map(({ path }) => find(path, object).map(goText).join(',') || '<none>'));
  return aligned([...(headers ? [columns.map(({ header }) => header)] : []), ...rows]);
}
