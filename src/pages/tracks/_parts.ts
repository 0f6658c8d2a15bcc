import { type Part, partsOf } from '#learn/view.ts';
import { readLearning, trackViews } from './_data.ts';

let known: Promise<Map<string, Part[]>> | undefined;

/** What every page knows of the tracks that it lies on; `id` is the page's route, such as `start`. */
export async function readParts(id: string): Promise<App.Locals['learning']> {
  known ??= trackViews().then(partsOf);
  const { moved } = await readLearning();
  return { parts: (await known).get(id === '' ? '' : `${id}/`) ?? [], moved };
}
