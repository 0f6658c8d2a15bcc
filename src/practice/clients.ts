import { doubleOf } from '#doubles/index.ts';
import type { Client, Command } from './command.ts';
import { curl } from './commands/curl/index.ts';
import { diff } from './commands/diff/index.ts';
import { git } from './commands/git/index.ts';
import { kubectl, oc } from './commands/kubectl/index.ts';
import { podman } from './commands/podman/index.ts';
import { skopeo } from './commands/skopeo/index.ts';
import { tkn } from './commands/tkn/index.ts';
import { yq } from './commands/yq/index.ts';

/** The clients of the practice shell. */
export const CLIENTS: readonly Client[] = [
  ...[kubectl, oc, tkn, skopeo, podman, curl, git, yq, diff],
  {
    name: 'cosign',
    command: doubled('cosign'),
    can: [
      'verify --key FILE --insecure-ignore-tlog=true IMAGE, tree IMAGE',
      'verify-attestation --key FILE --insecure-ignore-tlog=true [--type TYPE] IMAGE',
      'download attestation IMAGE, download sbom [--platform OS/ARCH] IMAGE',
    ],
    differs: [
      { what: 'What it is', instead: 'A stand-in of our own, which really reads and really verifies.' },
      { what: 'Keys and logs', instead: 'It verifies with a public key only, and knows no transparency log.' },
      { what: 'Words of errors', instead: 'They are shorter than those of the real one.' },
    ],
  },
  {
    name: 'ec',
    command: doubled('ec'),
    can: ['validate image: whether there is a signature and an attestation'],
    differs: [{ what: 'The rules of a policy', instead: 'None is evaluated, and the answer says so.' }],
  },
];

function doubled(tool: string): Command {
  const double = doubleOf(tool);
  if (!double) throw new Error(`src/doubles has no ${tool}.`);
  return double;
}
