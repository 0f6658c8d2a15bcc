import { readStrings } from '#host/strings.ts';

/** Every string of the frame and the components, as an entry a language. */
export const loadStrings = (root: URL): ({ id: string } & Record<string, string>)[] =>
  Object.entries(readStrings(root)).map(([id, strings]) => ({ ...strings, id }));
