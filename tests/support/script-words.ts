import { stringsFor, type Translate, translatorOf } from '#components/words/strings.ts';
import { loadStrings } from '#strings-loader.ts';

/** The English strings of an area, as a script of a page reads them: `lab.script`. */
export async function scriptWords(area: string): Promise<Translate> {
  const [english] = (await loadStrings(new URL('../../', import.meta.url))).filter(({ id }) => id === 'en');
  return translatorOf(stringsFor(english ?? {}, area), 'en');
}
