import { z } from 'zod';
import type { ForgeId } from './blocker.ts';
import { IN_WORDS } from './in-words.ts';
import { readYaml } from './parse.ts';

/** What people write down about upstream: the schema of content/blockers.yaml. */

const HOSTS: Readonly<Record<string, ForgeId>> = { 'github.com': 'github', 'gitlab.com': 'gitlab' };
const SEGMENT = /^(?!\.+$)[A-Za-z0-9_.-]{1,100}$/;
const THING = /^(.+?)(?:\/-)?\/(issues|work_items|pull|merge_requests)\/([1-9]\d{0,8})$/;

/** A repository on a forge, or one issue or change in it. */
export interface Place {
  source: ForgeId;
  /** `owner/name`, or the path of groups and name. */
  project: string;
  kind: 'issue' | 'change';
  /** Null for the repository itself. */
  number: number | null;
}

/** What an address on github.com or gitlab.com names; null for any other address. */
export function placeOf(address: string): Place | null {
  if (!URL.canParse(address)) return null;
  const { protocol, host, pathname, search, username, password } = new URL(address);
  const source = HOSTS[host];
  if (!source || protocol !== 'https:' || search || username || password) return null;
  const path = pathname.replace(/^\/|\/$/g, '');
  const [, project = path, word = 'issues', number] = THING.exec(path) ?? [];
  const segments = project.split('/');
  const isDeep = source === 'github' ? segments.length === 2 : segments.length >= 2 && segments.length <= 20;
  if (!isDeep || !segments.every((one) => SEGMENT.test(one))) return null;
  const kind = word === 'pull' || word === 'merge_requests' ? 'change' : 'issue';
  return { source, project, kind, number: number ? Number(number) : null };
}

const Project = z
  .string()
  .max(300)
  .refine(
    (url) => placeOf(url)?.number === null,
    'write the address of a repository on github.com or gitlab.com, as in https://github.com/owner/name',
  );
const Thing = z
  .string()
  .max(300)
  .refine(
    (url) => typeof placeOf(url)?.number === 'number',
    'write the address of an issue or a change on github.com or gitlab.com, as in https://github.com/owner/name/issues/1',
  );
const Word = z.string().min(1).max(100);
const Whom = z.array(Word).max(20);

export const BlockersFile = z
  .strictObject({
    schema: z.literal(1),
    blockers: z
      .array(
        z.strictObject({
          url: Thing,
          blocks: Whom.min(1, 'say whom it blocks'),
          since: z.iso.date('write a day, as in 2026-02-05'),
          why: z.string().min(1).max(400),
        }),
      )
      .max(200)
      .default([])
      .describe('Issues and changes that stand in the way'),
    queries: z
      .array(
        z.strictObject({
          project: Project,
          labels: z.array(Word).max(10).default([]).describe('All of them; none: every open issue'),
          role: z.enum(['query', 'tracking']).default('query'),
          blocks: Whom.default([]),
        }),
      )
      .max(50)
      .default([])
      .describe('Repositories of which the open issues with these labels are listed'),
    releases: z.array(Project).max(50).default([]).describe('Repositories of which the newest release is shown'),
    changes: z
      .array(
        z.strictObject({
          project: Project,
          renovate: Word.default('renovate/').describe('How the branches of Renovate begin'),
          pipeline: z
            .array(Word)
            .max(10)
            .default([])
            .describe('Words in the title or branch of a change to the pipeline'),
        }),
      )
      .max(50)
      .default([])
      .describe('Repositories of which the open changes to the pipeline and by Renovate are shown'),
    reports: Project.optional().describe('The project whose issues are test reports'),
  })
  .superRefine(({ blockers, reports }, context) => {
    const addresses = blockers.map(({ url }) => url);
    for (const [index, url] of addresses.entries())
      if (addresses.indexOf(url) !== index)
        context.addIssue({ code: 'custom', path: ['blockers', index, 'url'], message: `${url} is listed twice` });
    if (reports && placeOf(reports)?.source !== 'gitlab')
      context.addIssue({ code: 'custom', path: ['reports'], message: 'test reports are read from gitlab.com only' });
  });
export type BlockersFile = z.infer<typeof BlockersFile>;

/** blockers.yaml; throws a ContentError that names file, line, field and remedy. */
export function parseBlockers(text: string, name: string): BlockersFile {
  const { value, fail } = readYaml(text, name);
  const parsed = BlockersFile.safeParse(value, IN_WORDS);
  return parsed.success ? parsed.data : fail(parsed.error.issues);
}
