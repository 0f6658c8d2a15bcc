/** What the shell under us says in its own words, as a learner understands it. */

export const MOST_COMMANDS = 20_000;
const STOPPED = 126;
const KEPT = 'The world is as the command left it.';

/** By what is not there: what to do instead. The page itself advises on editors, pagers and installers. */
const INSTEAD: Readonly<Record<string, string>> = {
  ...forAll(
    ['jobs', 'fg', 'bg', 'kill', 'pkill', 'ps', 'top', 'htop'],
    'Nothing runs in the background here: every line ends before the next.',
  ),
  ...forAll(['python', 'python3', 'perl', 'ruby', 'node', 'go'], 'For data there are jq, yq, awk and sed.'),
  ...forAll(['tar', 'zip', 'unzip', 'dd', 'xxd', 'hexdump'], 'Files of bytes are better handled on your own machine.'),
  ...forAll(
    ['su', 'apt-get', 'brew', 'npm', 'flatpak', 'rpm'],
    'Nothing can be installed here; the labs need nothing more.',
  ),
  ...forAll(
    ['docker', 'buildah', 'bootc', 'rpm-ostree', 'ostree', 'systemctl', 'virt-install', 'qemu-kvm'],
    'This machine runs no containers and no system. Do this on your own machine; for registries there are skopeo and podman.',
  ),
  ...forAll(['crane', 'oras', 'regctl', 'reg'], 'For registries use skopeo, podman or curl.'),
  ...forAll(['gh', 'glab', 'hub'], 'For the forge use git and curl.'),
  ...forAll(
    ['wget', 'http', 'ping', 'ssh', 'scp', 'nc', 'dig', 'nslookup', 'telnet'],
    'Only the pretend services can be reached, with curl and the clients.',
  ),
  ...forAll(
    ['helm', 'kustomize', 'kubens', 'kubectx', 'k9s', 'stern', 'argocd', 'rosa', 'opc'],
    'For the cluster use kubectl, oc or tkn.',
  ),
  k: 'Make it yourself: alias k=kubectl.',
};

function forAll(names: readonly string[], instead: string): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, instead]));
}

/** Standard error of a script that ended so, without the inner words of the shell. */
export function inWords(stderr: string, exitCode: number): string {
  const told = stderr
    .replace(
      /^bash: (?:syntax error: )?(?:Parse error at [\d:]+: )?(?:Parser stuck|Maximum call stack).*$/gm,
      'bash: this is longer or deeper than the practice shell can read: run it in parts, or from a file',
    )
    .replace(/^bash: (\S+): command not available in browser environments.*$/gm, 'bash: $1: command not found')
    .replace(/^bash: (\S+): command not found$/gm, (line, name: string) =>
      Object.hasOwn(INSTEAD, name) ? `${line}\n${INSTEAD[name]}` : line,
    )
    .replace(/^(bash: syntax error): Parse error at [\d:]+: (?:\S.* got EOF$)/gm, '$1: unexpected end of file')
    .replace(/^bash: syntax error: Parse error at [\d:]+: syntax error/gm, 'bash: syntax error')
    .replace(/^(bash: syntax error): Parse error at [\d:]+: /gm, '$1: ');
  return exitCode === STOPPED
    ? told.replace(/^bash: .*(?:limit|too many|too large|exceed|maximum|timed? ?out).*$/im, stopped)
    : told;
}

/** Which of the limits it was. */
function stopped(line: string): string {
  if (/output/i.test(line)) return `Stopped: this printed more than the practice shell keeps (1 MiB). ${KEPT}`;
  if (/recursion|depth/i.test(line))
    return `Stopped: a function called itself more often than the practice shell allows. Does it ever end? ${KEPT}`;
  if (/brace|width|length|size|bytes|iteration limit/i.test(line))
    return `Stopped: this makes more text in one go than the practice shell keeps. ${KEPT}`;
  return `Stopped: this did more than the practice shell allows in one go (at most ${MOST_COMMANDS.toLocaleString('en')} commands). Does a loop never end? ${KEPT}`;
}
