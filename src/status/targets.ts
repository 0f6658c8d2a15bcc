import { z } from 'zod';
import { Key } from './key.ts';
import { Arch, Channel, Duration, LIFECYCLES } from './model.ts';
import { Slug } from './scalars.ts';
import { DURATION, durationMs } from './time.ts';

/** What we watch: the schema of targets.yaml, and the matrix written out to single targets. */

const Day = z.iso.date();
const Origin = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));
const Name = z
  .union([z.string(), z.int().transform(String)])
  .pipe(Slug.or(z.string().regex(/^\{(release|variant)\}$/)));
const OneOrMore = z.union([Name.transform((one) => [one]), z.array(Name).min(1)]);

/** Ways of naming the further tags of an image, each with its pattern. */
export const TAG_SCHEMES = {
  timestamp: /^\d{8}-\d{6}$/,
  compose: /^Fedora-[A-Za-z0-9]+-(updates-)?\d{8}\.[a-z0-9.]+$/,
  version: /^\d+\.\d{8}\.\d+\.\d+$/,
} as const;
const SCHEMES = ['timestamp', 'compose', 'version'] as const satisfies (keyof typeof TAG_SCHEMES)[];

export const Plan = z.union([
  z.enum(['planned', 'not-planned']),
  z.strictObject({ exempt: z.strictObject({ until: Day, issue: z.url({ protocol: /^https?$/ }) }) }),
  z.strictObject({ retired: Day }),
]);
export type Plan = z.infer<typeof Plan>;

const Service = z.strictObject({
  api: Origin.optional(),
  registry: Origin.optional(),
  archive: Origin.optional(),
  ui: Origin.optional(),
  namespaces: z.array(z.string()).optional(),
});

const Row = z
  .strictObject({
    channel: Channel,
    variant: OneOrMore,
    release: OneOrMore,
    repository: z.string().min(3).max(200),
    registry: z.string().optional().describe('A service of this file, or an address'),
    tag: z.union([z.string(), z.int().transform(String)]).pipe(z.string().min(1).max(128)),
    arches: z.array(Arch).min(1),
    cadence: z.strictObject({ expect: Duration, fresh: Duration, stale: Duration }),
    konflux: z.strictObject({ namespace: z.string(), application: z.string(), component: z.string() }).optional(),
    parity: z.string().optional(),
    keys: z.array(Slug).optional().describe('Ids of the keys it may be signed with; left out: any of this file'),
    expect: z.array(z.enum(['signature', 'provenance', 'sbom'])).optional(),
    scheme: z.array(z.enum(SCHEMES)).optional().describe('Other tags that each image is expected to get'),
    plan: Plan.optional(),
    confirmed: z.boolean().optional(),
    why: z.string().max(400).optional(),
    freeze: z
      .array(z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime(), reason: z.string().max(200) }))
      .optional(),
    promotion: z.strictObject({ budget: Duration }).optional(),
  })
  .refine((row) => row.confirmed !== false || row.why, {
    path: ['why'],
    error: 'say why it is not confirmed, with its source',
  })
  .refine(
    ({ cadence: { fresh, stale } }) =>
      !DURATION.test(fresh) || !DURATION.test(stale) || durationMs(fresh) <= durationMs(stale),
    {
      path: ['cadence', 'fresh'],
      error: 'fresh must not be longer than stale',
    },
  );
type Row = z.infer<typeof Row>;

export const TargetsFile = z.strictObject({
  schema: z.literal(1),
  dataMaxAge: Duration.default('8h'),
  refreshEvery: Duration.default('30m'),
  services: z.record(Slug, Service),
  keys: z.array(Key).optional().describe('Public keys that images may be signed with'),
  labels: z.array(z.string()).optional().describe('Labels that an image is expected to carry'),
  releases: z
    .array(
      z.strictObject({
        id: Name,
        name: z.string().optional(),
        state: z.enum(LIFECYCLES).optional().describe('For what Bodhi and endoflife.date do not know'),
        ended: Day.optional().describe('Last day, where it is known to us'),
      }),
    )
    .optional(),
  targets: z.array(Row).min(1),
});
export type TargetsFile = z.infer<typeof TargetsFile>;

export interface Target {
  id: string;
  channel: Channel;
  variant: string;
  release: string;
  /** Origin of the registry, `https://quay.io`. */
  registry: string;
  /** Base of Quay's REST API, null for a plain OCI registry. */
  api: string | null;
  repository: string;
  tag: string;
  arches: Arch[];
  cadence: { expectMs: number; freshMs: number; staleMs: number };
  konflux: { namespace: string; application: string; component: string } | null;
  parity: string | null;
  expect: string[];
  /** Any of them may have signed it; without one a signature is seen, and not verified. */
  keys: Key[];
  scheme: (keyof typeof TAG_SCHEMES)[];
  plan: Plan;
  confirmed: boolean;
  why: string | null;
  freeze: { from: string; to: string; reason: string }[];
  promotionBudgetMs: number | null;
  /** After how long a failed poll leaves us without data. */
  dataMaxAgeMs: number;
  /** Index of its row in the file, for edit links and error messages. */
  row: number;
}

const REPOSITORY = /^[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

export interface Fault {
  /** Where in the file, `targets.3.repository`. */
  path: (string | number)[];
  message: string;
}

/** Every combination of the matrix as a target of its own, and what is wrong with them. */
export function expand(file: TargetsFile): { targets: Target[]; faults: Fault[] } {
  const targets = new Map<string, Target>();
  const faults: Fault[] = [];
  const known = new Set(file.keys?.map(({ id }) => id));
  if (known.size !== (file.keys?.length ?? 0)) faults.push({ path: ['keys'], message: 'two keys have the same id' });
  file.targets.forEach((row, index) => {
    const stranger = row.keys?.find((id) => !known.has(id));
    if (stranger) faults.push({ path: ['targets', index, 'keys'], message: `no key is called ${stranger}` });
    for (const variant of row.variant) {
      for (const release of row.release) {
        const target = single(file, row, index, variant, release);
        const at = (field: string) => ['targets', index, field];
        if (!target.registry) faults.push({ path: at('registry'), message: `no service called "${row.registry}"` });
        if (!REPOSITORY.test(target.repository) || (target.api && !target.repository.includes('/')))
          faults.push({
            path: at('repository'),
            message: `"${target.repository}" is not namespace/name in lower case`,
          });
        if (!TAG.test(target.tag)) faults.push({ path: at('tag'), message: `"${target.tag}" is not a tag` });
        if (targets.has(target.id)) faults.push({ path: at('variant'), message: `${target.id} is listed twice` });
        targets.set(target.id, target);
      }
    }
  });
  for (const target of targets.values()) {
    if (target.parity && !targets.has(target.parity))
      faults.push({ path: ['targets', target.row, 'parity'], message: `no target is called ${target.parity}` });
  }
  return { targets: [...targets.values()], faults };
}

function single(file: TargetsFile, row: Row, index: number, variant: string, release: string): Target {
  const fill = (text: string) => text.replaceAll('{variant}', variant).replaceAll('{release}', release);
  const quay = file.services['quay'];
  const named = file.services[row.registry ?? 'quay']?.registry;
  const registry = named ?? (row.registry?.includes('://') ? row.registry.replace(/\/+$/, '') : '');
  // By name, since two services may be at one address in a test.
  const isQuay = (row.registry ?? 'quay') === 'quay' || (!named && registry === quay?.registry);
  return {
    id: `${row.channel}/${variant}/${release}`,
    channel: row.channel,
    variant,
    release,
    registry,
    api: isQuay ? (quay?.api ?? null) : null,
    repository: fill(row.repository),
    tag: fill(row.tag),
    arches: row.arches,
    cadence: {
      expectMs: durationMs(row.cadence.expect),
      freshMs: durationMs(row.cadence.fresh),
      staleMs: durationMs(row.cadence.stale),
    },
    konflux: row.konflux
      ? {
          namespace: fill(row.konflux.namespace),
          application: fill(row.konflux.application),
          component: fill(row.konflux.component),
        }
      : null,
    parity: row.parity ? fill(row.parity) : null,
    expect: row.expect ?? [],
    keys: (file.keys ?? []).filter(({ id }) => row.keys?.includes(id) ?? true),
    scheme: row.scheme ?? [],
    plan: row.plan ?? 'planned',
    confirmed: row.confirmed ?? true,
    why: row.why ? fill(row.why) : null,
    freeze: row.freeze ?? [],
    promotionBudgetMs: row.promotion ? durationMs(row.promotion.budget) : null,
    dataMaxAgeMs: durationMs(file.dataMaxAge),
    row: index,
  };
}
