/** `npm run tidy`: after a form or another program has written files of content, only the lines that it meant to change differ. */
import { tidy } from '#host/tidy.ts';

const SAYS = {
  tidied: 'tidied: comments, order and style are those of the last commit',
  unchanged: 'is tidy',
  new: 'is new: nothing to compare it with',
  own: 'left as it is: it has comments of its own',
  broken: 'is no YAML: mend it first ("npm run check" says where)',
};

const done = await tidy('.').catch((error: Error) => {
  console.error(`${error.message}\nnpm run tidy compares with the last commit: run it in a clone of the repository.`);
  process.exit(2);
});
for (const { file, outcome } of done) console.log(`${file}: ${SAYS[outcome]}`);
if (done.length === 0) console.log('No file of content differs from the last commit.');
process.exitCode = done.some(({ outcome }) => outcome === 'broken') ? 1 : 0;
