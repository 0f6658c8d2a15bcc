import { imagesIn } from '../images.ts';
import { perCommand } from '../rule.ts';

/** Commands that take a repository and no image. */
const OF_REPOSITORIES = [
  /^skopeo list-tags\b/,
  /^oras repo\b/,
  /^(skopeo|podman|oras|cosign) log(in|out)\b/,
  /^podman search\b/,
];

export const imageReference = perCommand('image-reference', 'Add :{{tag}} or @{{digest}}.', (command) => {
  if (OF_REPOSITORIES.some((one) => one.test(command.argv.join(' ')))) return null;
  const loose = imagesIn(command).find((image) => !isFixed(image));
  return loose === undefined ? null : `"${loose}" has neither a tag nor a digest, so tools take "latest" unsaid`;
});

/** What the shell puts in whole is taken on trust. */
function isFixed(image: string): boolean {
  const plain = image.replaceAll(/\$\{[^}]*\}|\$\([^)]*\)/g, '$');
  return plain.startsWith('$') || /[@:][^/]+$/.test(plain.split('/').at(-1) ?? '');
}
