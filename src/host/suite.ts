import type { Absent } from './clients.ts';
import { type Count, sum } from './report.ts';
import type { Bench, Stage } from './stages.ts';

/** Runs stages one after the other; what is absent fails on CI and is skipped with its reason elsewhere. */
export async function runSuite(
  stages: readonly Stage[],
  bench: Bench,
  absent: readonly Absent[],
  isCI: boolean,
): Promise<Count> {
  const counts: Count[] = [];
  for (const stage of stages) {
    const lacks = absent.filter(({ name }) => stage.needs.some((need) => need === name));
    counts.push(lacks.length > 0 ? without(stage, bench, lacks, isCI) : await timed(stage, bench));
  }
  return sum(counts);
}

function without(stage: Stage, bench: Bench, lacks: readonly Absent[], isCI: boolean): Count {
  bench.say(`${stage.name}: ${isCI ? 'FAILED' : 'skipped'}, ${lacks.map(({ why }) => why).join(' ')}`);
  return { passed: 0, failed: isCI ? 1 : 0, skipped: isCI ? 0 : 1 };
}

async function timed(stage: Stage, bench: Bench): Promise<Count> {
  const begin = performance.now();
  bench.say(`${stage.name}: …`);
  const count = await stage.run(bench).catch((error: Error): Count => {
    bench.say(error.message);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
  bench.say(`${stage.name}: ${count.failed > 0 ? `FAILED (${count.failed})` : 'good'} in ${seconds} s${skipped}`);
  return count;
}

/** The environment of the tests: ours without what a person's settings or secrets could change. */
export function quietEnv(env: NodeJS.ProcessEnv, own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const outside = /^(SITE|BASE|SLIPWAY_.*|.*_TOKEN)$/;
  return { ...Object.fromEntries(Object.entries(env).filter(([name]) => !outside.test(name))), ...own };
}
