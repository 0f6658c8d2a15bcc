import type { Arch } from '#status/arch.ts';
import { placeOf } from '#status/detail.ts';
import type { Image } from '#status/model.ts';
import type { State } from '#status/states.ts';
import type { Target } from '#status/targets.ts';
import { fragmentOf } from './link.ts';
import type { Runbook } from './model.ts';
import type { Variables } from './variable.ts';

/** From the board to what one does about it: runbooks of a state, with the values of an image filled in. */

export interface Lead {
  id: string;
  title: string;
  /** What is filled in, as the fragment of a link; empty where nothing is known. */
  fragment: string;
}

/** A runbook as a link shows it. */
export interface RunbookLink {
  title: string;
  href: string;
}

/** Runbooks for a state, the first to try first; drafts lead nowhere. */
export function runbooksFor(state: State, runbooks: readonly Runbook[]): Runbook[] {
  return runbooks
    .filter(({ status, states }) => status === 'ready' && states.includes(state))
    .sort((a, b) => a.rank - b.rank || a.id.localeCompare(b.id));
}

/** Runbooks for the headline of an image, with its values. */
export function leadsFor(
  image: Image,
  target: Target | undefined,
  { runbooks, variables }: { runbooks: readonly Runbook[]; variables: Variables },
): Lead[] {
  const values = valuesOfImage(image, target);
  return runbooksFor(image.verdict.state, runbooks).map((runbook) => leadTo(runbook, values, variables));
}

/** A lead to one runbook with those of the values that it asks for. */
export function leadTo(runbook: Runbook, values: Readonly<Record<string, string>>, variables: Variables): Lead {
  const own = Object.fromEntries(Object.entries(values).filter(([name]) => runbook.variables.includes(name)));
  return { id: runbook.id, title: runbook.title, fragment: fragmentOf(own, variables) };
}

/** What an image says for the variables of runbooks; what it does not know is left out. */
export function valuesOfImage(image: Image, target: Target | undefined): Record<string, string> {
  const failed = image.attempts.find(({ outcome }) => outcome === 'failed');
  const arch = image.arches.find(({ digest }) => digest === null)?.arch ?? failed?.failure?.arch;
  const known: Record<string, string | null | undefined> = {
    ...{ release: image.release, variant: image.variant, repository: placeOf(image), tag: image.tag },
    ...{ digest: image.digest, arch, platform: arch ? PLATFORMS[arch] : null },
    'old-digest': image.history.find(({ digest }) => digest !== null && digest !== image.digest)?.digest,
    ...{ pipelinerun: failed?.name, task: failed?.failedTask, ...target?.konflux },
  };
  return Object.fromEntries(Object.entries(known).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** As the base images' builds ask for them: linux/x86_64 would be a pod in the cluster. */
const PLATFORMS: Readonly<Record<Arch, string>> = {
  x86_64: 'linux/amd64',
  aarch64: 'linux/arm64',
  ppc64le: 'linux/ppc64le',
  s390x: 'linux/s390x',
};

/** States that no runbook answers. */
export function unanswered(states: readonly State[], runbooks: readonly Runbook[]): State[] {
  return states.filter((state) => runbooksFor(state, runbooks).length === 0);
}
