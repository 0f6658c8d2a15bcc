import { NotSimulated } from '#practice/command.ts';
import { distance } from '#practice/similar.ts';
import { GitError } from './fail.ts';

/** Verbs of git that the practice shell has not, and those that git has not either. */

const COMMON =
  'add bisect branch clone commit diff fetch grep init log merge mv pull push rebase reset restore rm show status switch tag'.split(
    ' ',
  );
const OTHERS =
  'am annotate apply archive blame bugreport bundle cat-file check-attr check-ignore check-mailmap check-ref-format checkout checkout-index cherry cherry-pick clean column commit-graph commit-tree config count-objects credential daemon describe diagnose diff-files diff-index diff-tree difftool fast-export fast-import fetch-pack filter-branch fmt-merge-msg for-each-ref for-each-repo format-patch fsck gc gui hash-object help hook http-backend http-fetch http-push imap-send index-pack instaweb interpret-trailers ls-files ls-remote ls-tree mailinfo mailsplit maintenance merge-base merge-file merge-index merge-tree mergetool mktag mktree multi-pack-index name-rev notes pack-objects pack-redundant pack-refs patch-id prune prune-packed quiltimport range-diff read-tree receive-pack reflog remote repack replace request-pull rerere rev-list rev-parse revert send-email send-pack shell shortlog show-branch show-index show-ref sparse-checkout stage stash stripspace submodule subtree symbolic-ref unpack-file unpack-objects update-index update-ref update-server-info upload-archive upload-pack var verify-commit verify-pack verify-tag version whatchanged worktree write-tree'.split(
    ' ',
  );
const ALL = [...COMMON, ...OTHERS].sort();
const WEIGHTS = { swap: 0, substitute: 2, insert: 1, remove: 3 };
const ENOUGH = 7;

const INSTEAD: Readonly<Record<string, string>> = {
  stash: 'Commit to a branch of its own: git switch -c NAME; git commit -am "Later".',
  rebase: 'Make a branch of main, and bring the change to it by hand.',
  'cherry-pick': 'Bring the change over by hand, and commit it.',
  revert: 'Take the files of the commit before: git checkout HEAD~1 -- FILE; then commit.',
  blame: 'For the commits of a file: git log -p -- FILE.',
  tag: 'A branch can keep the place: git branch NAME.',
  reflog: 'For what is in a branch: git log.',
  init: 'Clone a project of the pretend forge: git clone https://gitlab.com/….',
  clean: 'Remove new files with rm; git status names them.',
};

/** What git says of a verb that no function here answers to. */
export function unanswered(verb: string): Error {
  if (verb === '') return new NotSimulated('git without a command', 'What it can do: git --help.');
  if (ALL.includes(verb)) return new NotSimulated(`git ${verb}`, INSTEAD[verb] ?? 'What it can do: git --help.');
  const rated = ALL.map((name) => ({ name, away: awayFrom(verb, name) })).sort((a, b) => a.away - b.away);
  // What begins as it was typed is shown together with the next best.
  const rest = rated.find(({ away }) => away > 0)?.away ?? ENOUGH;
  const like = rest < ENOUGH ? rated.filter(({ away }) => away <= rest).map(({ name }) => `\t${name}`) : [];
  const known =
    like.length === 0 ? '' : `\n\nThe most similar command${like.length === 1 ? ' is' : 's are'}\n${like.join('\n')}`;
  return new GitError(`git: '${verb}' is not a git command. See 'git --help'.${known}`, 1);
}

const awayFrom = (verb: string, name: string): number =>
  COMMON.includes(name) && name.startsWith(verb) ? 0 : distance(verb, name, WEIGHTS) + 1;
