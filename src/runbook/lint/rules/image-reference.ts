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
  const line = command.argv.join(' ');
  if (OF_REPOSITORIES.some((one) => one.test(line))) return null;
  const loose = imagesIn(command).find(
    (image) => !/@[^/]+$|:[^/]+$/.test(image.replace(/^[^/]+\//, '').replace(/^\{\{[a-z-]+\}\}$/, '')),
  );
  return loose === undefined ? null : `"${loose}" has neither a tag nor a digest, so tools take "latest" unsaid`;
});
