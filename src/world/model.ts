import { z } from 'zod';
import { Arch, Duration } from '#status/model.ts';
import { TargetsFile } from '#status/targets.ts';
import { Advisory, Scan } from './advisory.ts';
import { Cluster } from './cluster.ts';
import { Composes } from './composes.ts';
import { Forges } from './forges.ts';
import { Offset } from './offset.ts';
import { Packages } from './packages.ts';
import { Bundles, Files } from './tekton.ts';

/** A pretend Fedora: what its registries hold, what the other services say, and what goes wrong, as content/worlds/*.yaml. */

const Day = z.iso.date();
const Host = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'write a host name, as in quay.io');
const Name = z.union([z.string(), z.int().transform(String)]);
const Names = z.union([Name.transform((one) => [one]), z.array(Name).min(1)]);

/** Each once as it should be, once per way to be wrong, and once as a referrer instead of a tag; SBOMs in both formats. */
export const ATTACHMENTS = [
  'signature',
  'signature-broken',
  'signature-of-other',
  'signature-bundle',
  'provenance',
  'provenance-broken',
  'provenance-of-other',
  'provenance-bundle',
  'provenance-v1',
  'provenance-v1-bundle',
  'sbom',
  'sbom-cyclonedx',
  'sbom-referrer',
  'sbom-broken',
  'sbom-of-other',
  'sbom-empty',
] as const;
const Attachments = z.array(z.enum(ATTACHMENTS));

const Created = z.union([z.enum(['epoch', 'future', 'absent']), Offset]);
export type Created = z.infer<typeof Created>;

const Labels = z.record(z.string(), z.string());

/** What a push may leave out; each level of `defaults` fills what the one below it does not say. */
const Content = z.strictObject({
  arches: z.array(Arch).min(1).optional(),
  created: z
    .union([Created, z.partialRecord(Arch, Created)])
    .optional()
    .describe("The configs' `created`; while its run was building it when left out"),
  version: Name.optional().describe('The label org.opencontainers.image.version'),
  labels: Labels.optional(),
  sizeMB: z
    .number()
    .min(0)
    .max(20_000)
    .optional()
    .describe('Claimed size of each arch; its layers cannot be pulled. 0: only a small true layer'),
  pullable: z.boolean().optional().describe('In the place of `sizeMB`: its layers are small, true and compressed'),
  attach: Attachments.optional().describe('What cosign and Chains add beside the image, signed with the sample key'),
  packages: Names.optional().describe(
    'Sets of packages that it holds, the later on top; an SBOM of each arch lists them',
  ),
  rpmdb: z.boolean().optional().describe("Its newest layer can be pulled and has RPM's database of these packages"),
  base: z.string().optional().describe('repository:tag that it is built from, as that is at that moment'),
  tells: z
    .array(z.enum(['layers', 'annotations', 'provenance']))
    .optional()
    .describe('How its base shows: its layers come first, its annotations or its attestation name it'),
  compose: z.string().optional().describe('repository:tag of the compose image that its attestation names'),
  pipeline: z
    .string()
    .optional()
    .describe('registry/name:tag of the bundle whose pipeline built it, as that was at that moment'),
  also: z
    .array(z.string())
    .optional()
    .describe('Further tags of the same image; {stamp} and {date} are those of the push'),
});

export const Push = Content.extend({
  at: Offset,
  every: Duration.optional().describe('Repeated back in time at this distance …'),
  count: z.int().min(2).max(400).optional().describe('… so many times in all'),
  copy: z.string().optional().describe('[host/]repository:tag whose image this tag gets, as it is at that moment'),
  sparse: z.array(Arch).optional().describe('Arches that the index names and the registry does not hold'),
  single: Arch.optional().describe('A plain manifest of this arch instead of an index'),
  expires: Offset.optional(),
});
export type Push = z.infer<typeof Push>;

const Pushes = z.array(z.union([Offset.transform((at) => ({ at })), Push]));
const Tag = z.union([
  Pushes.transform((pushes) => ({ pushes })),
  z.strictObject({ pushes: Pushes, deleted: Offset.optional() }),
]);

const Repository = z.strictObject({
  repository: z.string().min(3).max(200).describe('namespace/name; {release} and {variant} are replaced'),
  registry: Host.default('quay.io'),
  release: Names.optional(),
  variant: Names.optional(),
  kind: z.enum(['image', 'application']).default('image'),
  description: z.string().optional(),
  private: z.union([z.boolean(), Offset]).default(false).describe('Or the moment from which it is'),
  removed: Offset.optional(),
  challenge: z.boolean().optional().describe('Reading asks for a token'),
  defaults: Content.default({}),
  tags: z.record(z.string().max(200), Tag).describe('Per tag its pushes, oldest or newest first'),
});
export type Repository = z.infer<typeof Repository>;

const Release = z.strictObject({
  name: z.string().describe("Bodhi's name: F45, ELN, EPEL-10.1"),
  version: Name,
  branch: z.string().optional(),
  bodhi: z
    .strictObject({
      state: z.enum(['disabled', 'pending', 'frozen', 'current', 'archived']),
      eol: Day.nullable().default(null),
      released: Day.nullable().default(null),
    })
    .optional()
    .describe('Left out: Bodhi does not list it'),
  endoflife: z
    .strictObject({ releaseDate: Day, eol: z.union([Day, z.boolean()]) })
    .optional()
    .describe('Left out: endoflife.date does not list it'),
});
export type Release = z.infer<typeof Release>;

export const FAULTS = [
  'html429',
  'hang',
  'stall',
  'refuse',
  'broken-json',
  'wrong-types',
  'missing-fields',
  'future-dates',
  'html',
  'huge-body',
  'endless-pages',
  'redirect',
  'wrong-digest',
  'digest-header',
] as const;

const Fault = z
  .strictObject({
    source: z.enum(['quay', 'oci', 'bodhi', 'endoflife', 'konflux', 'kubearchive', 'github', 'gitlab', 'compose']),
    repository: z.string().optional().describe('Left out: all of the source'),
    path: z.string().optional().describe('Part of the address of the request'),
    from: Offset.optional(),
    to: Offset.optional(),
    times: z.int().min(1).optional().describe('Only the first N requests that match'),
    kind: z.union([z.int().min(400).max(599), z.enum(FAULTS)]).describe('A status, or a way to misbehave'),
    location: z.string().optional().describe('Where a redirect goes'),
  })
  .refine((fault) => fault.kind !== 'redirect' || fault.location, {
    path: ['location'],
    error: 'say where the redirect goes',
  });
export type Fault = z.infer<typeof Fault>;

const Quay = z.strictObject({
  sparseFields: z.boolean().default(true).describe('Tag lists carry is_sparse and the child_manifest fields'),
  cors: z.boolean().default(true),
  forgetful: z
    .boolean()
    .default(false)
    .describe(
      'It gives out no manifest that no tag holds any more, as the real one; only a restored tag brings it back',
    ),
  timeMachine: z
    .string()
    .regex(/^\d{1,3}d$/, 'write days, as in 14d')
    .default('14d')
    .describe('How far back dead tags are listed'),
});

const Registry = z.strictObject({
  challenge: z.boolean().default(false).describe('Reading asks for a token'),
});

export const World = z.strictObject({
  schema: z.literal(1),
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'write lower-case letters, digits and hyphens'),
  title: z.string().max(120),
  now: z.iso.datetime(),
  before: z
    .array(Offset.refine((at) => at.startsWith('-'), 'write a moment before `now`'))
    .default([])
    .describe('Earlier moments at which the world is collected first, in this order'),
  watch: TargetsFile,
  added: z.array(z.string()).default([]).describe('Ids of targets that the last collection did not yet know'),
  quay: Quay.default(() => Quay.parse({})),
  registries: z.record(Host, Registry).default({}),
  defaults: Content.default({}).describe('For all repositories; all four arches when nothing else is said'),
  releases: z.array(Release).default([]),
  advisories: z.array(Advisory).default([]).describe("Bodhi's security updates"),
  scans: z.array(Scan).default([]).describe("What Quay's scanner says"),
  packages: Packages.default({}),
  scanMB: z.number().min(0).default(0).describe('Layers that a collection may read to find packages; 0: none'),
  cluster: Cluster.optional().describe('Left out: nobody answers there'),
  forges: Forges.optional(),
  composes: Composes.optional(),
  repositories: z.array(Repository).default([]),
  tekton: Bundles.default([]).describe('Pipelines and tasks as bundles, each push of each tag'),
  files: Files.default([]).describe('Files of repositories on GitHub and GitLab, each version'),
  faults: z.array(Fault).default([]),
});
export type World = z.infer<typeof World>;
