import { readArguments, UsageError } from './arguments.ts';
import type { Double } from './double.ts';
import { nameOf, parseReference } from './reference.ts';
import { resolve } from './registry.ts';

/** A stand-in for oras: what refers to an image, asked of the registry. */

interface Referrer {
  artifactType?: string;
  digest: string;
}

export const oras: Double = async (argv, io) => {
  const { words } = readArguments('oras', argv, [], []);
  if (words[0] !== 'discover')
    throw new UsageError(`Our stand-in for oras does not know "${words[0]}". The real oras may.`);
  const reference = parseReference(words[1] ?? '');
  const digest = await resolve(io.fetch, reference);
  const answer = await io.fetch(`https://${reference.host}/v2/${reference.name}/referrers/${digest}`);
  if (!answer.ok) throw new Error(`the registry answered ${answer.status} to the question for referrers`);
  const { manifests }: { manifests: Referrer[] } = await answer.json();
  const types = Map.groupBy(manifests, ({ artifactType }) => artifactType ?? 'unknown');
  io.out(`${nameOf(reference)}@${digest}\n`);
  for (const [at, [type, rows]] of [...types].entries()) {
    const isLast = at === types.size - 1;
    io.out(`${isLast ? '└──' : '├──'} ${type}\n`);
    for (const row of rows) io.out(`${isLast ? '   ' : '│  '} └── ${row.digest}\n`);
  }
  return 0;
};
