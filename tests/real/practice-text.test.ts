import { expect } from 'vitest';
import { inBoth } from '../support/both-shells.ts';
import { lackingOf, realTest } from '../support/needs.ts';

/** bash and the usual tools for text as the practice shell has them, against real ones. What is otherwise stands in src/practice/differences.ts. */

const COMMANDS = String.raw`
printf 'b 2\na 10\nc 3\n' > f; printf 'a,1\nb,2\n' > c.csv; printf 'one\nTwo\nthree\n\nfour\n' > t
printf '{"a":[{"n":"x","v":1},{"n":"y","v":2}],"t":1795168020}' > j.json
grep -n two t; grep -in TWO t; grep -v e t; grep -c e t; grep -A1 -B1 Two t; grep -w b f
grep -E '^(o|t)' t; grep -o '[a-z]*e' t; grep -P '\d' f; grep --invert-match --extended-regexp 'o|w' t
grep -q nothing t; echo $?; grep -l one t f; grep --line-regexp --fixed-strings four t; grep x none
awk '{print $2, $1}' f; awk -F, 'NR>1 {s+=$2} END {print s}' c.csv; awk '$2 > 2 {print NR": "$0}' f
awk 'BEGIN{printf "%-5s|%3d\n","x",7}'; awk '{ n[$1] += $2 } END { for (k in n) print k, n[k] }' f | sort
sed 's/a/A/g; s/1/one/' f; sed -n '2,3p' t; sed '/^$/d' t; sed -E 's/([a-z]+) ([0-9]+)/\2 \1/' f
sed -i 's/b/B/' f; cat f; sed --in-place 's/B/b/' f; cat f; sed '/one/a after' t | head -3
sed '2s/^/# /' t; sed -n '/Two/,/four/p' t; sed -e 1d -e '$d' t
sort f; sort -k2n f; sort -k 2 -r f; sort -n -t, -k2 c.csv; sort -rn <(seq 3)
printf 'a\na\nb\n' | uniq -c; printf 'a\na\nb\n' | uniq -d; sort f | uniq -c | sort -rn
cut -d, -f2 c.csv; cut -c1-3 t; cut -d ' ' -f 1 f; tr a-z A-Z < t; tr -s ' ' '\n' < f; tr -d '\n' < f; echo
head -n 2 t; tail -n 1 t; tail -n +3 t; head -c 5 t; echo; wc -l < t; wc -w < t; wc -l t
cat -n t; nl t; tac t; rev t; tee copy < t | wc -l; fold -w 2 t | head -3
printf 'a\nb\n' | xargs -n1 basename; printf 'a\nb\n' | xargs -I{} basename "<{}>"; printf 'a b\n' | xargs basename -a
paste -s -d ' ' t; paste f t; join <(sort f) <(sort f); comm -12 <(sort f) <(sort f); comm -3 <(printf 'a\nb\n') <(printf 'b\nc\n')
base64 t; base64 -d <<< YWJj; sha256sum t; md5sum t; seq 3; seq 1 2 7; seq -s, 3
date -u -d @0 +%FT%TZ; date -u -d '2026-11-20 12:00 UTC' +%s; date -u -d '2026-11-20T12:00:00Z' +%A
jq . j.json; jq -c . j.json; jq -r '.a[] | "\(.n) \(.v)"' j.json; jq -r '.a[] | [.n, .v] | @tsv' j.json
jq '.a | map(.v) | add' j.json; jq -r '.t | todate' j.json; jq '.a | length' j.json; jq 'keys' j.json
jq -e '.nope' j.json; echo $?; jq -r '.a[] | select(.n == "y") | .v' j.json; jq --arg x y '.a[] | select(.n == $x)' j.json
jq -n '{a: 1, b: [1,2]}'; jq -s 'length' j.json j.json; jq '.a | group_by(.v) | length' j.json; jq -r '.a | sort_by(-.v) | .[0].n' j.json
jq '.x.y.z' j.json; jq -r '[.a[].n] | join(",")' j.json; jq 'del(.a)' j.json; jq '.a[] |= . + {z: 1}' j.json
jq -n '[1,2,3] | .[1:]'; jq -n 'if 1 > 2 then "a" else "b" end'; jq -n 'reduce range(4) as $i (0; . + $i)'; jq -n '"2026-11-20T12:00:00Z" | fromdate'
jq -r 'to_entries[] | .key' j.json; jq 'any(.a[]; .v == 2), all(.a[]; .v == 2)' j.json; jq '.a[1:] | .[0].n // "none"' j.json
find . -maxdepth 1 -name '*.json'; mkdir -p deep/er; touch deep/er/x; find deep -type f; find deep -type d | sort
ls f t; ls -1 deep; ls deep f; ls nope; ls -d deep; ls -R deep
cp t t2; mv t2 t3; rm t3; rm nope; cat nope; rm -r deep; [ -d deep ] || echo gone
basename /a/b.txt .txt; dirname /a/b; test -f t && echo yes; [[ abc == a* ]] && echo glob; [ 1 -lt 2 ] && echo lt
for i in {1..3}; do echo "$i"; done; while read -r a b; do echo "$b-$a"; done < f; echo {a,b}{1,2}
x=(1 2 3); echo "${'$'}{x[@]:1}" "${'$'}{#x[@]}"; declare -A m; m[a]=1; echo "${'$'}{m[a]}"
y=abc.def; echo "${'$'}{y%.*} ${'$'}{y##*.} ${'$'}{y/b/X} ${'$'}{y^^} ${'$'}{#y} ${'$'}{none:-default}"; echo $((2**10 + 3)); printf '%05.1f\n' 3.14159
set -o pipefail; false | true; echo $?; set +o pipefail; f() { local z=1; echo "$z $1"; return 3; }; f hi; echo $?
[[ abc =~ ^a(b)c$ ]] && echo "${'$'}{BASH_REMATCH[1]}"; case abc in a*) echo a ;; *) echo other ;; esac
(exit 4); echo $?; ! true; echo $?; true && echo and || echo or; eval 'echo x'; command -v grep >/dev/null && echo found
exec 3>out3; echo hello >&3; exec 3>&-; cat out3; echo err >&2; echo -e 'a\tb'; echo -n x; echo; { echo a; echo b; } | wc -l
mapfile -t arr < t; echo "${'$'}{#arr[@]}"; read -r v <<< "q w"; echo "$v"; echo $'a\nb'; printf '%s=%s\n' a 1 b 2
printf 'k: v\nk2: v2\n' | while IFS=: read -r key value; do echo "$key is$value"; done; cat <(echo one) <(echo two) | grep -c o
jq -nc '[3,1,3] | group_by(.), unique, unique_by(.)'; jq -c '.a | group_by(-.v), unique_by(.n), map(.n)' j.json; seq 3 | paste -sd,; seq 3 | paste -sd+ -
export A=1; bash -c 'echo $A'; diff f t | head -2; diff -u f t | tail -n +3; diff f f; diff -q f t
`
  .trim()
  .split('\n');

realTest(
  'lines of shell that labs are made of print the same in both',
  async () => {
    const pairs = await inBoth(['jq'], COMMANDS);
    expect(pairs.length).toBeGreaterThanOrEqual(40);
    const others = pairs.filter(({ differs }) => differs !== null);
    expect(others.map(({ command, differs }) => `${command}\n${differs}`)).toEqual([]);
  },
  120_000,
  lackingOf(['bash', 'jq', 'openssl']),
);
