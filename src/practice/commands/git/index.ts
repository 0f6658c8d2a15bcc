import { UsageError } from '#practice/arguments.ts';
import { type Client, type CommandIo, NotSimulated } from '#practice/command.ts';
import { config, grep, lsFiles, remote, revParse } from './ask.ts';
import { branch } from './branch.ts';
import { clone, fetch, lsRemote } from './clone.ts';
import { commit } from './commit.ts';
import { diff } from './diff.ts';
import { GitError } from './fail.ts';
import { log } from './log.ts';
import { merge, pull } from './merge.ts';
import { fromRoot } from './paths.ts';
import { push } from './push.ts';
import { show } from './show.ts';
import { add, mv, reset, restore, rm } from './stage.ts';
import { status } from './status.ts';
import { type Clone, openClone } from './store.ts';
import { checkout, switchTo } from './switch.ts';
import { unanswered } from './verbs.ts';

type Verb = (argv: string[], clone: Clone) => Promise<number>;

const VERSION = '2.39.5';
/** These can be run outside of a clone. */
const ANYWHERE: Readonly<Record<string, (argv: string[], io: CommandIo) => Promise<number>>> = {
  clone,
  config,
  'ls-remote': lsRemote,
};
const INSIDE: Readonly<Record<string, Verb>> = {
  ...{ add, branch, checkout, commit, diff, fetch, grep, log, merge, mv, pull, push, remote, reset, restore, rm, show },
  ...{ status, switch: switchTo, 'ls-files': lsFiles, 'rev-parse': revParse },
};

async function run(argv: string[], io: CommandIo): Promise<number> {
  const words = [...argv];
  let where = io;
  for (let flag = words[0]; flag === '-C' || flag === '--no-pager'; flag = words[0]) {
    words.shift();
    if (flag !== '-C') continue;
    const folder = words.shift() ?? '';
    if ((await where.files.list(folder)) === null) {
      io.err(`fatal: cannot change to '${folder}': No such file or directory\n`);
      return 128;
    }
    where = inFolder(where, folder);
  }
  const [verb = '', ...rest] = words;
  if (verb === '--version' || verb === 'version') {
    io.out(`git version ${VERSION}\n`);
    return 0;
  }
  // Flags such as -3 and -U5 are values that stand close.
  const flags = rest.map((word) => (verb === 'log' && /^-\d+$/.test(word) ? `-n${word.slice(1)}` : word));
  try {
    const anywhere = ANYWHERE[verb];
    if (anywhere) return await anywhere(flags, where);
    const inside = INSIDE[verb];
    if (!inside) throw unanswered(verb);
    return await inside(flags, await openClone(where));
  } catch (error) {
    if (error instanceof UsageError) throw new NotSimulated(`this use of git ${verb} (${error.message})`);
    if (!(error instanceof GitError)) throw error;
    io.err(`${error.message}\n`);
    return error.code;
  }
}

function inFolder(io: CommandIo, folder: string): CommandIo {
  const cwd = `/${fromRoot({ root: '', prefix: `${io.cwd}/` }, folder)}`;
  const at = (path: string) => (path.startsWith('/') ? path : `${cwd}/${path}`);
  const { files } = io;
  return {
    ...io,
    cwd,
    files: {
      read: (path) => files.read(at(path)),
      write: (path, content) => files.write(at(path), content),
      list: (path) => files.list(at(path)),
      exists: (path) => files.exists(at(path)),
      makeFolder: (path) => files.makeFolder(at(path)),
      remove: (path) => files.remove(at(path)),
      chmod: (path, mode) => files.chmod(at(path), mode),
    },
  };
}

export const git: Client = {
  name: 'git',
  command: run,
  can: [
    'clone [-q] [-b], fetch [-q] [-p], pull [-q] [--ff-only], push [-q] [-u] [-o] [-d] [-f], ls-remote [--heads], remote [-v]',
    'status [-s] [-b] [--porcelain], add [-A] [-u] [-v], rm [-r] [-f] [--cached] [-q], mv, restore [--staged] [--source], reset [--hard] [--soft]',
    'commit [-a] [-m] [-F] [-q] [-s] [--allow-empty] [--amend] [--no-edit]',
    'diff [--cached] [--stat] [--name-only] [--name-status] [-U] [--quiet] [--exit-code], log [-n] [-p] [--oneline] [--format] [--date] [--stat] [--all] [--reverse], show',
    'branch [-a] [-r] [-v] [-d] [-D] [-m] [-u] [--show-current], switch [-c] [-d] [-q], checkout [-b] [-q], merge [--ff-only]',
    'grep [-n] [-l] [-c] [-h] [-i] [-o] [-w] [-E] [-F] [-e], ls-files, rev-parse [--short] [--abbrev-ref] [--verify] [--show-toplevel], config user.name and user.email, -C',
  ],
  differs: [
    { what: 'What lies in the folder .git', instead: 'One file of our own form; only these commands can read it.' },
    { what: 'Modes of files and symbolic links', instead: 'Every file is a plain one; chmod changes nothing for git.' },
    { what: 'The file .gitignore', instead: 'It is not read: every file counts.' },
    {
      what: 'Branches that have gone apart',
      instead: 'merge and pull only go forward; rebase, stash, tag and cherry-pick are not simulated.',
    },
    {
      what: 'commit --amend',
      instead: 'It keeps the time of the commit for both of its dates, where real git writes a second one.',
    },
    { what: 'Who may push', instead: 'Everybody may push to every project, without signing in.' },
  ],
};
