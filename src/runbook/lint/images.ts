import type { Command } from './commands.ts';

/** Programs whose words name images without docker://. */
const OF_IMAGES = ['podman', 'cosign', 'oras', 'ec'];
const BARE = /^(\{\{(target-)?repository\}\}|[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?\/[a-z0-9{])/;

/** Images and repositories that a command names, without docker://. */
export function imagesIn({ name, argv }: Command): string[] {
  return argv.slice(1).flatMap((word) => {
    const docker = /^docker:\/\/(.+)$/s.exec(word)?.[1];
    if (docker !== undefined) return [docker];
    const value = word.replace(/^--image=/, '');
    return OF_IMAGES.includes(name) && BARE.test(value) ? [value] : [];
  });
}
