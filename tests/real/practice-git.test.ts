import { expect, test } from 'vitest';
import { inBoth } from '../support/both-shells.ts';

/** git of the practice shell against real git over its own HTTP server: same output, same exit codes, same ids. */

const URL = 'https://gitlab.com/fedora/bootc/base-images.git';

const COMMANDS = [
  'git --version',
  'git status',
  `git ls-remote --heads ${URL} main`,
  `git ls-remote ${URL}`,
  'git clone https://gitlab.com/fedora/bootc/no-such-project.git',
  `git clone ${URL}`,
  `git clone ${URL}`,
  `git clone --quiet ${URL} other`,
  'cd base-images; git status',
  'git log --oneline | head -n 5',
  'git log -n 2',
  'git rev-parse HEAD; git rev-parse --short HEAD; git rev-parse --abbrev-ref HEAD',
  "git log -2 --format='%h %H %an %ae %ad %s'",
  'git log --oneline -- Containerfile standard',
  'git show --stat HEAD',
  'git show HEAD:Containerfile | head -n 3',
  'git show HEAD:nothing',
  'git remote -v; git remote; git remote get-url origin',
  'git config user.name; git config user.email',
  'git branch; git branch -a; git branch --show-current',
  "git grep -n nfs-utils; git grep -c 'Made up' -- standard minimal; git grep -l sos",
  'git grep nothing-like-this',
  'git switch nowhere',
  'git switch -c add-htop',
  'git switch -c add-htop',
  "sed -i 's/  - sos/  - htop\\n  - sos/' standard/manifest.yaml; git status",
  'git status -s; git status -sb; git diff',
  'git diff --stat; git diff --name-only; git diff --name-status; git diff --quiet || echo differs',
  'echo new >new.txt; mkdir -p docs/deep; echo deep >docs/deep/a.md; git status; git status --porcelain',
  'git add no-such-file',
  'git add',
  'git commit -m "Nothing yet"',
  'git add standard; git status; git diff; git diff --cached',
  'git commit -m ""',
  'git commit',
  'git commit -m "Add htop" -m "It is of use."',
  'git status; git log -1; git show',
  'git add -A; git status -s; git commit -q -m "Two files"; git log --oneline -3',
  'git push',
  'git push -u origin add-htop',
  'git push',
  'git status; git branch -vv | cat | wc -l',
  'git push origin nothing',
  'echo more >>new.txt; git commit -am "More"; git status; git push',
  'git push -q; git branch -a; git log --oneline origin/add-htop -1',
  'git switch main; git status -sb; git switch main',
  'git branch -d add-htop; git merge add-htop; git log --oneline -2',
  'git push origin main:main',
  'cd ~/other; git status; git fetch; git status; git branch -a',
  'git pull; git log --oneline -1; git status; git pull',
  'git fetch -q origin add-htop; git rev-parse FETCH_HEAD; git fetch origin add-htop',
  'git switch add-htop; git switch -; git checkout add-htop; git checkout main',
  'git checkout HEAD~1; git status; git switch -',
  'git rm Containerfile; git status; git restore --staged Containerfile; git status; git restore Containerfile; git status -s',
  'git restore nothing; git rm nothing; git rm docs; git rm -r docs; git status -s; git reset --hard',
  'git mv new.txt docs/renamed.txt; git status; git commit -m "Move it"; git show; git show --stat',
  'echo changed >>RELEASE.md; git checkout -- RELEASE.md; git status -s; echo changed >>RELEASE.md; git switch add-htop; git diff --stat; git restore RELEASE.md; git switch main',
  'cd ~/base-images; echo a >>new.txt; git commit -qam "Apart"; git push; echo; cd ~/other; git push; cd ~/base-images; git push',
  'cd ~/other; git fetch; git status; git pull; git push',
  'git push origin --delete add-htop; git branch -r; git push origin :add-htop',
  'cd ~/base-images; git fetch -p; git branch -a; git reset -q --hard HEAD~1; git status -sb',
  'git rev-parse nowhere; git rev-parse --verify -q nowhere; git rev-parse --verify nowhere; git show nowhere; git diff nowhere; git log nowhere',
  'cd standard; git status -s; echo x >>manifest.yaml; git status; git diff --stat; git diff manifest.yaml | head -n 4; git restore manifest.yaml; git -C .. rev-parse --show-toplevel | sed "s|.*/||"; cd ..',
  'git diff HEAD~2 --stat; git diff HEAD~2 HEAD -- new.txt; git diff HEAD~1..HEAD --name-only; git log --reverse --oneline HEAD~2..',
  'for file in .tekton/fedora-bootc-rawhide-*; do sed "s/rawhide/46/g" "$file" >"$(echo "$file" | sed s/rawhide/46/)"; done; git add .; git diff --cached --stat; git commit -m "Build 46"',
  'git show --stat --oneline; git show HEAD -- .tekton/fedora-bootc-46-minimal-push.yaml | head -n 30',
  "sed -i '/privileged-nested/,+1d' .tekton/fedora-bootc-46-*.yaml; sed -i 's/6h/7h/' .tekton/fedora-bootc-46-*.yaml; git diff; git diff --stat; git commit -qam 'Two hunks'; git log -p -1",
  'git ls-files minimal; git ls-files | wc -l; git reset HEAD~1; git status -s | head -n 3; git reset --hard HEAD',
  'printf "no end" >end.txt; git add end.txt; git diff --cached; git commit -qm end; printf "an end\\n" >end.txt; git diff; git commit -qam end2; git log --stat -2',
  'git switch -qc topic; echo t >topic.txt; git add .; git commit -qm Topic; git switch -q main; git branch -v; git branch -d topic',
  'git merge topic; git merge topic; git branch -d topic; git branch -m trunk; git status -sb; git branch -m trunk main; git branch',
  "sed -i '1i # First' Containerfile; sed -i '$a # Last' Containerfile; git diff; git diff -U1; git commit -qam Ends; git diff HEAD~1 -- Containerfile | wc -l",
  "git mv Containerfile Containerfile.new; echo '# more' >>Containerfile.new; git add .; git status -s; git commit -m 'Rename and change'; git show --stat HEAD; git show -p HEAD",
  'git checkout -b from-here HEAD~1; git rm -q --cached Containerfile; git status; git commit -qm Untrack; git log --oneline -1',
  'git log --format=%an%n%ae -1; git log --pretty=format:%s -2; git log --oneline --all | wc -l; git log --grep=Rename --oneline --all; git log --date=short --format="%ad %cd" -1; git log --date=iso -1',
  "git push -q -o merge_request.create -o merge_request.target=main -u origin from-here >/dev/null 2>&1; git ls-remote --heads origin 'from*'",
  'git branch -r; git branch -u origin/from-here; git reset --soft HEAD~1; git status -sb; git diff --cached --name-status',
  'cd /; git status',
];

test('every command prints what real git prints', async () => {
  const pairs = await inBoth(['git'], COMMANDS);
  expect(pairs.length).toBeGreaterThanOrEqual(60);
  expect(
    pairs.filter(({ differs }) => differs !== null).map(({ command, differs }) => `${command}\n${differs}`),
  ).toEqual([]);
}, 120_000);

test('names that JavaScript knows too, remotes and addresses that are none, and a branch from a dirty place', async () => {
  const pairs = await inBoth(
    ['git'],
    [
      `git clone -q ${URL}; cd base-images`,
      'git fetch nosuch; git push nosuch; git pull nosuch; git pull origin nosuch',
      'git clone a/b; git clone gitlab.com/fedora/bootc/base-images',
      'git switch -c constructor; git branch toString; git branch; git push -q origin toString >/dev/null 2>&1; git branch -r; git push origin :valueOf; git push origin :toString',
      'git switch hasOwnProperty; git merge valueOf; git log isPrototypeOf; git branch -D constructor; git switch -q main; git branch -d toString',
      'git rm -q Containerfile; echo x >Containerfile; git switch -c dirty; git status -s',
    ],
  );
  expect(pairs.map(({ differs }) => differs)).toEqual(pairs.map(() => null));
}, 60_000);

test('verbs that git has not are answered with the one that was meant, and a commit is amended', async () => {
  const typed =
    'statsu comit psuh puhs chekout lg brnach clne dif stat ad foo cherrypick remove list update checkout-branch st co c';
  const pairs = await inBoth(
    ['git'],
    [
      ...typed.split(' ').map((verb) => `git ${verb}`),
      'git -C nowhere status',
      `git clone -q ${URL}; cd base-images; git switch -qc t1; echo a > a.txt; git add a.txt; git commit -m a`,
      'git commit --amend -m "a better"; git log -1',
      'echo b >> a.txt; git add a.txt; git commit --amend --no-edit; git show --stat',
      'git commit --amend',
      'git push -u origin t1 >/dev/null 2>&1; echo c >> a.txt; git commit -qa --amend -m "third"; git status; git push',
      'git push --force; git log --oneline -2',
      'git commit --amend -q --allow-empty -m again; git log -1; git diff HEAD~1 --stat',
      'cd ~; git commit --amend',
    ],
  );
  expect(pairs.map(({ differs }) => differs)).toEqual(pairs.map(() => null));
}, 60_000);

const API = 'https://gitlab.com/api/v4/projects/fedora%2Fbootc%2Fbase-images/merge_requests';

test('what the API of the forge merges is fetched by both, with the same ids', async () => {
  const pairs = await inBoth(
    ['git', 'curl', 'jq'],
    [
      `git clone -q ${URL}; cd base-images; git switch -qc topic; echo x >x.txt; git add .; git commit -qm Topic; git push -o merge_request.create origin topic`,
      `number=$(curl -s '${API}?state=opened' | jq '.[0].iid'); curl -s -o /dev/null -X PUT -H "Authorization: Bearer $GITLAB_TOKEN" "${API}/$number/merge"; git fetch`,
      'git switch main; git pull; git log -2; git log --oneline -3; git log --oneline -1 -- x.txt; git show HEAD; git show --stat HEAD; git show -s HEAD; git show --oneline HEAD; git show --stat HEAD^2; git show HEAD^1 HEAD^2; git rev-parse HEAD^1 HEAD^2',
      'git branch -d topic; git push origin --delete topic; git status',
    ],
  );
  expect(pairs.map(({ differs }) => differs)).toEqual(pairs.map(() => null));
}, 60_000);
