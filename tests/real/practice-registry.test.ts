import { expect } from 'vitest';
import { inBoth } from '../support/both-shells.ts';
import { lackingOf, realTest } from '../support/needs.ts';

/** skopeo, podman and curl of the practice shell against the real ones: same output, same errors, same exit codes. */

const NAMES: Readonly<Record<string, string>> = {
  STANDARD: 'quay.io/bootc-devel/fedora-bootc-45-standard',
  LACKING: 'quay.io/bootc-devel/fedora-bootc-rawhide-minimal',
  PRODUCTION: 'quay.io/fedora/fedora-bootc',
  API: 'https://quay.io/api/v1/repository/fedora/fedora-bootc',
  DIGEST: 'sha256:c3ea43b9ae080e8ffc8b0711aa239d16cdc6b4effffedd22da2a8c6894b0aef4',
  HEX: 'c3ea43b9ae080e8ffc8b0711aa239d16cdc6b4effffedd22da2a8c6894b0aef4',
  UNHELD: 'sha256:cbf9f25c644f8b8527975e8f603b1dc1a2fa2fb346d3f6d27ec260b4aa26c534',
  HELD: 'sha256:4d4bf3ce9e44013a792b948c4fa7bf8850b846eddd7dfa0706e341d09f6090dc',
};

const SKOPEO = String.raw`
skopeo inspect docker://STANDARD:latest
skopeo inspect --no-tags docker://STANDARD:latest
skopeo inspect --raw docker://STANDARD:latest
skopeo inspect --config docker://STANDARD:latest
skopeo inspect --raw --config docker://STANDARD:latest
skopeo inspect docker://quay.io/bootc-devel/nosuch:latest
skopeo inspect docker://STANDARD:nosuch
skopeo inspect STANDARD:latest
skopeo inspect docker://STANDARD:late:st
skopeo inspect
skopeo
skopeo foo
skopeo --override-arch s390x inspect --no-tags docker://LACKING:latest
skopeo inspect --override-arch s390x docker://LACKING:latest
skopeo inspect --no-tags --format '{{.Name}} {{.Digest}} {{.Created}}' docker://STANDARD:latest
skopeo inspect --no-tags --format '{{json .Labels}}' docker://STANDARD:latest
skopeo inspect --no-tags --format '{{.Labels}}' docker://STANDARD:latest
skopeo inspect --no-tags --format '{{.Nope}}' docker://STANDARD:latest
skopeo inspect --no-tags --format '{{range .Layers}}{{.}}{{"\n"}}{{end}}' docker://STANDARD:latest
skopeo inspect --no-tags --format '{{index .Labels "org.opencontainers.image.version"}}' docker://STANDARD:latest
skopeo inspect --config --format '{{.Architecture}}' docker://STANDARD:latest
skopeo list-tags docker://STANDARD
skopeo list-tags docker://STANDARD:latest
skopeo list-tags docker://quay.io/bootc-devel/nosuch
skopeo list-tags docker://registry.fedoraproject.org/fedora-bootc
skopeo inspect --no-tags --format '{{.Digest}}' docker://registry.fedoraproject.org/fedora-bootc:44
skopeo inspect --no-tags docker://PRODUCTION@UNHELD
skopeo inspect --no-tags docker://PRODUCTION@sha256:cbf9
skopeo copy docker://STANDARD:latest docker://STANDARD:mine
skopeo copy --all docker://STANDARD:latest docker://STANDARD:mine2
skopeo inspect --no-tags --format '{{.Digest}}' docker://STANDARD:mine
skopeo inspect --raw docker://STANDARD:mine
skopeo inspect --raw docker://STANDARD:mine2 | sha256sum
skopeo copy --quiet --all docker://STANDARD:latest docker://STANDARD:mine3
skopeo copy --quiet docker://STANDARD:latest dir:here; ls -1 here; cat here/version here/manifest.json
skopeo delete docker://STANDARD:mine
skopeo inspect --no-tags docker://STANDARD:mine
skopeo manifest-digest here/manifest.json
skopeo manifest-digest nofile
skopeo logout quay.io
skopeo delete docker://STANDARD:mine2
skopeo copy --preserve-digests --all docker://STANDARD:latest docker://STANDARD:mine4
skopeo copy docker://STANDARD:latest docker://PRODUCTION:mine
skopeo copy a b
skopeo inspect --no-creds docker://quay.io/bootc-devel/nosuch:latest
skopeo inspect --no-tags docker://STANDARD:nosuch
skopeo list-tags quay.io/bootc-devel/nosuch
skopeo delete docker://STANDARD:latest
skopeo copy --all docker://STANDARD:latest docker://PRODUCTION:mine
skopeo copy docker://quay.io/bootc-devel/nosuch:latest docker://PRODUCTION:mine
skopeo copy --quiet docker://PRODUCTION:44 dir:old ; ls -1 old
skopeo copy --quiet docker://PRODUCTION:nosuch dir:old
skopeo copy docker://PRODUCTION:nosuch dir:old
skopeo copy --override-arch s390x docker://LACKING:latest dir:x
skopeo copy --override-arch arm64 docker://LACKING:latest dir:x
skopeo copy --all --quiet docker://PRODUCTION:44 dir:all; ls -1 all | wc -l; ls -1 all | grep manifest
skopeo copy --quiet --digestfile dg docker://PRODUCTION:44 dir:all2; cat dg
skopeo inspect --no-tags docker://PRODUCTION
skopeo inspect --no-tags docker://PRODUCTION:44@HELD
skopeo inspect --no-tags --format '{{.Created}} {{.Digest}}' docker://STANDARD:latest
skopeo inspect --no-tags --format '{{.Layers}} {{len .Layers}} {{.RepoTags}} {{.Os}}/{{.Architecture}} {{.Env}}' docker://STANDARD:latest
skopeo inspect --no-tags --format '{{range $k, $v := .Labels}}{{println $k $v}}{{end}}' docker://STANDARD:latest
skopeo inspect --no-tags --format '{{range .Layers}}{{println .}}{{end}}' docker://STANDARD:latest
skopeo inspect --config --format '{{.Created}} {{.OS}} {{.Config.Labels}} {{index .Config.Labels "containers.bootc"}}' docker://STANDARD:latest
skopeo inspect --raw --format '{{.Digest}}' docker://STANDARD:latest
skopeo inspect --raw docker://STANDARD:sha256-HEX.sig
skopeo inspect docker://STANDARD:sha256-HEX.sig | head -3
skopeo inspect --no-tags docker://STANDARD:sha256-HEX.sig
skopeo copy docker://STANDARD:sha256-HEX.sig dir:sig; ls sig
skopeo inspect --config docker://STANDARD@sha256:b517211d40fcfca395a10553d142a14a376b99d6c10ec0646fad4767c9ae19ea | jq .architecture
skopeo inspect --no-tags docker://registry.fedoraproject.org/nosuch:44
skopeo list-tags docker://registry.fedoraproject.org/nosuch
skopeo inspect --override-os windows --no-tags docker://PRODUCTION:44
skopeo --override-arch arm64 inspect --no-tags -f '{{.Architecture}} {{.Digest}}' docker://PRODUCTION:44
skopeo inspect a b
skopeo inspect docker:quay.io/x
skopeo inspect docker://QUAY.io/Abc
skopeo inspect nosuch:foo
skopeo inspct docker://PRODUCTION:44
skopeo insp docker://PRODUCTION:44
skopeo list docker://PRODUCTION
skopeo cp a b
skopeo logn quay.io
skopeo rm docker://PRODUCTION:44
skopeo inspect --no-tags --format '{{ json . }}' docker://PRODUCTION:44
skopeo inspect --no-tags --format json docker://PRODUCTION:44
skopeo inspect --config --format json docker://PRODUCTION:44
skopeo inspect --config --format '{{json .}}' docker://PRODUCTION:44
skopeo inspect --no-tags --format '' docker://PRODUCTION:44
skopeo inspect --no-tags --format '{{json .Labels}}' docker://PRODUCTION:44
skopeo delete PRODUCTION:44
`;

const PODMAN = `
podman manifest inspect STANDARD:latest
podman manifest inspect STANDARD:nosuch
podman pull docker://quay.io/bootc-devel/fedora-bootc-44-standard:latest
podman pull STANDARD@DIGEST
podman images -q
podman images --digests --format '{{.Repository}} {{.Tag}} {{.Digest}} {{.ID}}'
podman image inspect --format '{{.Architecture}} {{.Created}} {{.Labels}} {{index .Labels "containers.bootc"}}' quay.io/bootc-devel/fedora-bootc-44-standard
podman image inspect --format '{{json .Labels}}' quay.io/bootc-devel/fedora-bootc-44-standard
podman image inspect --format '{{.Nope}}' quay.io/bootc-devel/fedora-bootc-44-standard
podman inspect quay.io/bootc-devel/fedora-bootc-44-standard --format '{{.RepoTags}} {{.Id}} {{.Os}}'
podman image inspect -f '{{.Config.Labels}}' fedora-bootc-44-standard
podman image inspect fedora-bootc-44-standard:latest -f '{{.Digest}}'
podman image exists nosuch
podman image exists quay.io/bootc-devel/fedora-bootc-44-standard
podman tag quay.io/bootc-devel/fedora-bootc-44-standard localhost/mine
podman images --format '{{.Repository}}:{{.Tag}}'
podman rmi localhost/mine
podman rmi quay.io/bootc-devel/fedora-bootc-44-standard
podman rmi nosuch
podman pull -q --arch s390x quay.io/bootc-devel/fedora-bootc-44-standard:latest
podman pull --platform linux/arm64 quay.io/bootc-devel/fedora-bootc-44-standard:latest
podman image inspect -f '{{.Architecture}}' quay.io/bootc-devel/fedora-bootc-44-standard
podman pull quay.io/bootc-devel/fedora-bootc-44-standard:nosuch
podman pull PRODUCTION@UNHELD
podman pull
podman login quay.io
podman login --get-login registry.example
podman logout quay.io
podman search --list-tags quay.io/bootc-devel/nosuch
podman search --list-tags --limit 100 STANDARD
podman search --list-tags docker://PRODUCTION
podman tag nosuch x
podman inspect nope
podman image inspect nope
`;

const CURL = String.raw`
curl -s API
curl -s "API/tag/?specificTag=44&limit=2"
curl -sI https://quay.io/v2/
curl -si https://quay.io/v2/
curl -s -o /dev/null -w '%{http_code}\n' https://quay.io/v2/
curl -sf https://quay.io/api/v1/repository/fedora/nope
curl -sS --fail-with-body https://quay.io/api/v1/repository/fedora/nope
curl -sS
curl
curl -sS -X POST -H "Authorization: Bearer $QUAY_TOKEN" -H 'Content-Type: application/json' -d '{ "manifest_digest": "sha256:x" }' API/tag/44/restore
curl -sS -X POST -H 'Content-Type: application/json' -d '{ "manifest_digest": "sha256:x" }' API/tag/44/restore -w '\n%{http_code}\n'
printf 'header = "Authorization: Bearer %s"\n' "$QUAY_TOKEN" | curl --config - --silent --show-error --fail --request POST --header 'Content-Type: application/json' --data '{ "manifest_digest": "UNHELD" }' "API/tag/44/restore"
curl -sG --data-urlencode 'specificTag=44' -d limit=1 API/tag/
curl -s -o out.json -w '%{http_code} %{url_effective} %{size_download} %{content_type} %{num_redirects} %{method}\n' API/tag/?limit=1 && cat out.json
curl -sO API && ls
curl -sO https://quay.io/
curl -s -u sample+robot:sample-password 'https://quay.io/v2/auth?service=quay.io&scope=repository:fedora/fedora-bootc:pull'
curl -s --json '{"a":1}' API/tag/44/restore
curl -s --head --location https://quay.io/v2/fedora/fedora-bootc/manifests/45
curl -s https://gitlab.com/api/v4/projects/fedora%2Fbootc%2Fbase-images
curl -s 'https://gitlab.com/api/v4/projects/fedora%2Fbootc%2Fbase-images/merge_requests?state=opened'
curl -s https://api.github.com/repos/coreos/conforma-policy
curl -s API https://quay.io/api/v1/repository/fedora/nope
curl -s -d @out.json API
curl -s 'https://quay.io/api/v1/repository?namespace=bootc-devel&public=true' | jq -r '.repositories[].name' | head -3
curl -s -H 'Accept: application/vnd.oci.image.index.v1+json' https://quay.io/v2/fedora/fedora-bootc/manifests/45
curl -s https://quay.io:6443/v2/
curl -sk https://api.kflux-fedora-01.84db.p1.openshiftapps.com:6443/version
curl -sS 'https://quay.io/a b'
curl -sS --max-time 30 --retry 3 --compressed https://quay.io/v2/
curl --silent --show-error https://quay.io/nope
curl -sS -o nodir/x https://quay.io/v2/
curl -s -X
curl -sG --data-urlencode 'a b=c d&é' --data-urlencode '=x y' --data-urlencode 'z z' -o /dev/null -w '%{url_effective}\n' https://quay.io/v2/
curl -sS -O https://quay.io/
curl -s -o /dev/null -w '%{http_code} %{redirect_url}\n' https://quay.io/v2/fedora/fedora-bootc/blobs/sha256:d593ec8ac2acabd99c76ab417286f60f90f90a9b1e2b4bbca612689de8a6120b
curl -s -o /dev/null -w '%{http_code} %{content_type} %{num_redirects} %{url_effective}\n' -L https://quay.io/v2/bootc-devel/fedora-bootc-45-standard/blobs/sha256:d593ec8ac2acabd99c76ab417286f60f90f90a9b1e2b4bbca612689de8a6120b
curl -sL https://quay.io/v2/bootc-devel/fedora-bootc-45-standard/blobs/sha256:d593ec8ac2acabd99c76ab417286f60f90f90a9b1e2b4bbca612689de8a6120b | jq -r .architecture
curl -s --request=POST https://quay.io/v2/
curl -s -H "PRIVATE-TOKEN: $GITLAB_TOKEN" 'https://gitlab.com/api/v4/projects/fedora%2Fbootc%2Fbase-images/repository/files/renovate.json/raw?ref=main'
curl -sf -o /dev/null -w '%{http_code} %{exitcode}\n' https://quay.io/api/v1/repository/fedora/nope
curl -s -X DELETE -H "Authorization: Bearer $QUAY_TOKEN" -w '%{http_code}\n' API/tag/42
curl -s -X PUT -H "Authorization: Bearer $QUAY_TOKEN" --json '{"manifest_digest":"HELD"}' API/tag/sample
curl -s 'API/tag/?onlyActiveTags=true&limit=100' | jq -r '.tags[] | [.name, .manifest_digest[7:19], (.start_ts|todate)] | @tsv'
curl -sS
curl -so a -o b https://quay.io/v2/ https://quay.io/api/v1/repository/fedora/nope; wc -c a b
curl -s https://bodhi.fedoraproject.org/releases/?rows_per_page=100 | jq -r '.releases[].name'
curl -s https://endoflife.date/api/fedora.json | jq length
`;

const commandsOf = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.replace(/\b[A-Z]{3,}\b/g, (name) => NAMES[name] ?? name));

/** What a login makes another answer of. */
const onlyWhatWrites = (text: string): string =>
  text
    .split('\n')
    .filter((line) => /copy|delete|log(in|out)|nosuch/.test(line))
    .join('\n');

const TOOLS = ['skopeo', 'podman', 'curl', 'jq'];
const lacks = lackingOf([...TOOLS, 'openssl']);

for (const [name, text, least, registries] of [
  ['skopeo, signed in', SKOPEO, 70, ['quay.io']],
  ['skopeo, not signed in', onlyWhatWrites(SKOPEO), 20, []],
  ['podman', PODMAN, 30, ['quay.io']],
  ['curl', CURL, 40, ['quay.io']],
] as const)
  realTest(
    `${name}: every command prints what the real one prints`,
    async () => {
      const pairs = await inBoth(TOOLS, commandsOf(text), 'duty', registries);
      expect(pairs.length).toBeGreaterThanOrEqual(least);
      const others = pairs.filter(({ differs }) => differs !== null);
      expect(others.map(({ command, differs }) => `${command}\n${differs}`)).toEqual([]);
    },
    180_000,
    lacks,
  );
