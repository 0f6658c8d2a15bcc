import { expect, test } from 'vitest';
import { readWorld } from '#host/world.ts';
import { DIFFERENCES } from '#practice/differences.ts';
import { openPractice } from '#practice/open.ts';

/** By what differs: a script, and how it answers in the practice shell. */
const SEEN: Readonly<Record<string, [script: string, said: RegExp]>> = {
  'The clock': ['sleep 1h; date -u +%F', /^\d{4}-\d\d-\d\d\n$/],
  'Commands in the background': [
    '{ sleep 60; echo late; } & echo next; jobs; fg; kill 1',
    /^late\nnext\n(.*not found\nNothing runs in the background .*\n){3}$/,
  ],
  'trap, select and ulimit': [
    'trap "echo x" EXIT; ulimit -n; eval "select x in a; do break; done"',
    /^.*trap: command not found\n.*ulimit: command not found\n.*syntax error.*select/,
  ],
  'What one line leaves to the next': ['cd /tmp; x=1; echo $x; (exit 3); echo $?', /^1\n3\n$/],
  'Other clocks': [
    'date +%Y; jq -n now; printf "%(%s)T\\n" -1; timeout 1 sleep 60; echo $?',
    /^2026\n\d{10}\.\d+\n\d{10}\n0\n$/,
  ],
  'tar, python3, cmp, id, ps, vi, less and man': [
    'for one in tar python3 cmp id ps vi less man; do $one x; done',
    /^(bash: \S+: command not found\n([A-Z].*\.\n)?){8}$/,
  ],
  'Very long work': ['while :; do :; done', /^Stopped: /],
  'Output that is no text': ["printf '\\377' | od -An -tx1", /^(?! ff\n)/],
  'The order of sort and ls': ["printf 'B\\na\\nA\\nb\\n' | sort; touch B a; ls", /^a\nA\nb\nB\nB\na\n$/],
  'wc of several files': ['echo x >a; echo y >b; wc -l a b', /^ {2}1 a\n {2}1 b\n {2}2 total\n$/],
  'ls -l': ['echo x >a; ls -l a', /^-rw-r--r-- 1 user user /],
  'Patterns that end with a slash': ['touch a; mkdir d; echo */', /\ba\b/],
  'grep -r in the folder itself': ['echo x >a; grep -r x .', /^a:x\n/],
  xargs: [
    "printf 'a\\nb\\n' | xargs -n1 echo +; echo a | xargs -I{} echo '<{}>'; echo a | xargs -P2 echo",
    /^\+ a\n\+ b\n<a>\n.*invalid option -- 'P'/,
  ],
  'jq: changes below what is not there': ["jq -nc '.a.b = 1'", /^null\n$/],
  'jq: path, and to_entries of a list': [
    "echo '[5]' | jq -c 'to_entries'; echo '{\"a\":[5]}' | jq -c '[path(.a[])]'",
    /^null\n\[\["a"\]\]\n$/,
  ],
  'Words of errors': ["echo x >a; awk '{print $1' a; echo $?", /Expected RBRACE.*\n?1\n|1\n.*Expected RBRACE/],
  'A file that is not there': [
    'head none; sort none; sed p none',
    /^head: none: No such file or directory\nsort: none: .*\nsed: none: /,
  ],
};

test('every difference of the shell is named once, and tried', () => {
  expect(DIFFERENCES.map(({ what }) => what)).toEqual(Object.keys(SEEN));
});

test.each(Object.entries(SEEN))('%s: it is as the page says', async (_, [script, said]) => {
  const shell = await openPractice(await readWorld('content/worlds/fresh.yaml'), { role: 'viewer', registries: [] });
  const { stdout, stderr } = await shell.run(script);
  expect(stdout + stderr).toMatch(said);
});
