import type { Octokit } from '@octokit/rest';
import { z } from 'zod';
import { shaped } from '#sources/read.ts';
import { bytesOf, type FilePlace, fileText, type KnownFile, type RepositoryFile, WireContent } from './file.ts';
import { Moment } from './forge.ts';

/** A file of a repository on GitHub. */

const WireFile = WireContent.extend({ type: z.literal('file') });
const WireCommits = z.array(
  z.object({ sha: z.string().max(64), commit: z.object({ committer: z.object({ date: Moment }).nullable() }) }),
);

const of = ({ project }: FilePlace) => {
  const [owner = '', repo = ''] = project.split('/');
  return { owner, repo };
};

/** The file without its commit; throws what Octokit throws, also for "nothing has changed". */
export async function readGithubFile(
  octokit: Octokit,
  place: FilePlace,
  known: KnownFile | null,
): Promise<RepositoryFile> {
  // With its slashes as they are: the path is no single step.
  const answer = await octokit.request('GET /repos/{owner}/{repo}/contents/{+path}', {
    ...of(place),
    path: place.path,
    ref: place.branch,
    headers: known?.etag ? { 'if-none-match': known.etag } : {},
  });
  const from = fileText(place);
  const etag = answer.headers.etag?.slice(0, 300) ?? null;
  return { bytes: bytesOf(shaped(answer.data, 'github', WireFile, from), 'github', from), etag, ...NO_COMMIT };
}

/** The commit that changed it last. */
export async function readGithubCommit(octokit: Octokit, place: FilePlace): Promise<Omit<KnownFile, 'etag'>> {
  const answer = await octokit.request('GET /repos/{owner}/{repo}/commits', {
    ...of(place),
    path: place.path,
    sha: place.branch,
    per_page: 1,
  });
  const [newest] = shaped(answer.data, 'github', WireCommits, `commits of ${fileText(place)}`);
  return newest ? { commit: newest.sha, changedAt: newest.commit.committer?.date ?? null } : NO_COMMIT;
}

const NO_COMMIT = { commit: null, changedAt: null };
