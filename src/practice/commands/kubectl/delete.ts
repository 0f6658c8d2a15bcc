import { ApiError, each, within } from './failure.ts';
import { chosen, FIND, type Item, targetsOf } from './find.ts';
import { dryOf } from './print.ts';
import { kindName, pathOf } from './resources.ts';
import { outputOf, type Session } from './session.ts';

/** `kubectl delete`. */

export const DELETE = {
  values: [...FIND.values, 'output o', 'cascade', 'timeout', 'grace-period'],
  switches: [...FIND.switches, 'all', 'ignore-not-found', 'wait', 'dry-run', 'now'],
};

export async function remove(session: Session): Promise<number> {
  const { args, io } = session;
  const { form } = outputOf(session, ['name']);
  const { items, lists } = await targetsOf(session);
  const found: Item[] = lists ? await chosen(session) : items;
  const { isClient, isDry, suffix } = dryOf(session);
  await each(found, async ({ resource, namespace, name, source }) => {
    if (!isClient)
      try {
        const body = { propagationPolicy: 'Background', ...(isDry ? { dryRun: ['All'] } : {}) };
        await session.json('DELETE', pathOf(resource, namespace, name), { body });
      } catch (error) {
        if (args.has('ignore-not-found') && error instanceof ApiError && error.reason === 'NotFound') return;
        throw source === undefined ? error : within(`error when deleting "${source}"`, error);
      }
    const place = namespace === '' ? '' : ` from ${namespace} namespace`;
    io.out(
      form === 'name'
        ? `${kindName(resource)}/${name}\n`
        : `${kindName(resource)} "${name}" deleted${place}${suffix}\n`,
    );
  });
  if (found.length === 0) io.out('No resources found\n');
  return 0;
}
