import type { Difference } from './command.ts';

/** What the shell itself and its usual tools do otherwise than bash and coreutils of Fedora; each row is held to it by a test. */
export const DIFFERENCES: readonly Difference[] = [
  {
    what: 'The clock',
    instead: 'date tells the time of the practice world. sleep lets it go by, and nobody waits.',
  },
  {
    what: 'Commands in the background',
    instead: 'What ends with & runs to its end before the next command begins. jobs, fg and kill are not there.',
  },
  { what: 'trap, select and ulimit', instead: 'They are not there.' },
  {
    what: 'What one line leaves to the next',
    instead:
      'Folder, variables, files and $? stay. Functions, lists such as a=(1 2) and what set has turned on hold for their own line only.',
  },
  {
    what: 'Other clocks',
    instead:
      'now of jq, srand of awk, find -mtime and printf %(…)T ask the clock of your machine. timeout ends nothing.',
  },
  {
    what: 'tar, python3, cmp, id, ps, vi, less and man',
    instead: 'They are not there. The page has an editor for files.',
  },
  {
    what: 'Very long work',
    instead:
      'A line that runs 20,000 commands, or prints 1 MiB, is stopped. What it has done stays. One that takes too long is stopped by the page; then all is as it was before.',
  },
  {
    what: 'Output that is no text',
    instead: 'What passes through a pipe is text. To keep other bytes as they are, let the client write a file.',
  },
  {
    what: 'The order of sort and ls',
    instead:
      'sort puts small letters before capital ones, letter by letter, as in English. ls puts capital ones first.',
  },
  { what: 'wc of several files', instead: 'The columns are one blank wider.' },
  { what: 'ls -l', instead: 'All belongs to one user, . and .. have no time, and the total is no number of blocks.' },
  { what: 'Patterns that end with a slash', instead: '*/ gives files too, not folders alone.' },
  { what: 'grep -r in the folder itself', instead: 'Names of files stand without ./ before them.' },
  { what: 'xargs', instead: '-n, -I, -0, -r and -d are there; -P and -L are not.' },
  {
    what: 'jq: changes below what is not there',
    instead: 'A change two levels below what is there gives null. Write {"a": {"b": 1}} in the place of .a.b = 1.',
  },
  {
    what: 'jq: path, and to_entries of a list',
    instead: 'path(.a[]) leaves the places in the list out, and to_entries of a list gives null.',
  },
  {
    what: 'Words of errors',
    instead: 'jq, awk, sed and grep say what is wrong with an expression in other words. Exit codes of awk differ.',
  },
  {
    what: 'A file that is not there',
    instead: 'head, tail, sort and sed say so in the short words of cat.',
  },
];
