import { optionOf, readArguments, UsageError } from './arguments.ts';
import { cosign } from './cosign.ts';
import type { Double, DoubleIo } from './double.ts';

/** A stand-in for ec: it checks signature and attestation, reads the policy, evaluates none of its rules, and says so. */

const VALUED = ['image', 'policy', 'public-key', 'output', 'strict'];
const FLAGS = ['ignore-rekor'];

export const ec: Double = async (argv, io) => {
  const given = readArguments('ec', argv, VALUED, FLAGS);
  if (given.words.join(' ') !== 'validate image')
    throw new UsageError(`Our stand-in for ec does not know "${given.words.join(' ')}". The real ec may.`);
  const needed = (name: string): string => {
    const value = optionOf(given, name);
    if (!value) throw new UsageError(`Our stand-in for ec wants --${name}.`);
    return value;
  };
  const [image, key, policy] = [needed('image'), needed('public-key'), needed('policy')];
  JSON.parse(new TextDecoder().decode(await io.readFile(policy)));
  const quiet: DoubleIo = { ...io, out: () => undefined, err: () => undefined };
  const common = ['--key', key, '--insecure-ignore-tlog=true', image];
  const checks = [
    { what: 'signature', isGood: (await cosign(['verify', ...common], quiet)) === 0 },
    {
      what: 'attestation',
      isGood: (await cosign(['verify-attestation', '--type', 'slsaprovenance', ...common], quiet)) === 0,
    },
  ];
  const isGood = checks.every((check) => check.isGood);
  for (const check of checks) io.out(`${check.isGood ? '✓' : '✕'} sample: ${check.what} by the given key\n`);
  io.out('sample: our stand-in evaluates no rule of the policy\n');
  io.out(`Success: ${isGood}\nImageRef: ${image}\n`);
  return isGood || optionOf(given, 'strict') === 'false' ? 0 : 1;
};
