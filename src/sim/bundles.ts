import type { World } from '#world/model.ts';
import type { Bundle } from '#world/tekton.ts';
import { instant, offsetMs } from './clock.ts';
import { withDigests } from './pins.ts';
import { type FileVersion, type Holding, newRepo, type Recipe, type Repo } from './settled.ts';

/** Bundles of a world as repositories, and files of its forges, with what they name as it was then. */

const REFERENCE = /[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[a-z0-9._-]+)+:\w[\w.-]*(?![\w.@-])/g;

type Draft = Bundle & { startMs: number };

/** Both; throws where something names a bundle of the world that nobody had pushed yet, or itself. */
export function bundlesOf(world: World, nowMs: number): { repos: Repo[]; files: FileVersion[] } {
  const at = (offset: string) => nowMs + offsetMs(offset);
  const drafts: Draft[] = world.tekton
    .map((row) => ({ ...row, startMs: at(row.at) }))
    .sort((a, b) => a.startMs - b.startMs);
  const known = new Set(drafts.map(({ bundle, tag }) => `${bundle}:${tag}`));
  const recipes = new Map<Draft, Recipe | null>();

  function holding(text: string, startMs: number): Holding {
    const named = (text.match(REFERENCE) ?? []).filter((name) => known.has(name));
    return { text, names: new Map(named.map((name) => [name, recipeAt(name, startMs)])) };
  }
  function recipeAt(name: string, ms: number): Recipe {
    const draft = drafts.findLast(({ bundle, tag, startMs }) => `${bundle}:${tag}` === name && startMs <= ms);
    if (!draft) throw new Error(`World ${world.id}: ${name} holds nothing at ${instant(ms)}. Push it before.`);
    return recipeOf(draft);
  }
  function recipeOf(draft: Draft): Recipe {
    const { bundle, tag, startMs, text = '' } = draft;
    const made = recipes.get(draft);
    if (made) return made;
    if (made === null) throw new Error(`World ${world.id}: the bundle ${bundle}:${tag} names itself. Name another.`);
    recipes.set(draft, null);
    const recipe = plain(`${bundle}:${tag}`, holding(text.replaceAll('{tag}', tag), startMs));
    recipes.set(draft, recipe);
    return recipe;
  }

  const repos = [...Map.groupBy(drafts, ({ bundle }) => bundle)].map(([bundle, pushes]): Repo => {
    const [host = '', ...name] = bundle.split('/');
    const lives = pushes.map((draft) => ({
      ...{ tag: draft.tag, startMs: draft.startMs, expiresMs: null, recipe: recipeOf(draft) },
      ...{ attach: [], sparse: [], inputs: { base: null, compose: null, pipeline: null } },
    }));
    return { ...newRepo(host, name.join('/')), privateFromMs: Number.POSITIVE_INFINITY, lives };
  });
  const files = world.files.map(({ forge, project, branch, path, text = '', ...row }) => {
    const startMs = at(row.at);
    return { forge, project, branch, path, startMs, holds: holding(text, startMs) };
  });
  return { repos, files: files.sort((a, b) => a.startMs - b.startMs) };
}

/** The text with digests where it names bundles. */
export async function pinned(
  { text, names, pins }: Holding,
  digestOf: (recipe: Recipe) => Promise<string>,
): Promise<string> {
  const pairs = [...names].map(async ([name, recipe]) => [name, await digestOf(recipe)] as const);
  const digests = new Map(await Promise.all(pairs));
  const named = text.replace(REFERENCE, (name) => (digests.has(name) ? `${name}@${digests.get(name)}` : name));
  return pins ? withDigests(named, pins, digestOf) : named;
}

function plain(title: string, holds: Holding): Recipe {
  return {
    ...{ seed: title, title, arches: [], labels: {}, packages: new Map(), hasRpmdb: false },
    ...{ sizeMB: 0, isPullable: false, isSingle: true, base: null, holds },
  };
}
