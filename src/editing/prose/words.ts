/** Words for which the style guide knows a better one. */

interface Better {
  find: RegExp;
  /** Null: the sentence says the same without it. */
  use: string | null;
  why?: string;
}

const word = (pattern: string, use: string | null, why?: string): Better => ({
  find: new RegExp(`(?<![\\w./@-])(?:${pattern})(?![\\w/@-]|\\.\\w)`, 'gi'),
  use,
  ...(why === undefined ? {} : { why }),
});

/** A name whose capitals are its own: found only where they are others. */
const name = (right: string, wrong: string): Better => ({
  find: new RegExp(`(?<![\\w./@-])(?:${wrong})(?![\\w/@-]|\\.\\w)`, 'g'),
  use: right,
});

export const BETTER: readonly Better[] = [
  word('utili[sz]e[sd]?|leverage[sd]?', 'use'),
  word('in order to', 'to'),
  word('allows? you to|enables? you to', 'lets you'),
  word('due to the fact that', 'because'),
  word('prior to', 'before'),
  word('functionality', 'function', 'say what it does'),
  word('(?<!(?:cannot|not) )simply|obviously|of course|basically', null, 'who does not find it so feels stupid'),
  word('please', null, 'an instruction needs no courtesy'),
  word('e\\.g\\.', 'for example'),
  word('i\\.e\\.', 'that is'),
  word('etc\\.?', null, 'name what you mean, or say "and others"'),
  word('white-?lists?|whitelisted', 'allow list'),
  word('black-?lists?|blacklisted', 'block list'),
  word('sanity checks?', 'check'),
  word('dummy', 'sample'),
  word(
    'powerful|seamless(?:ly)?|blazing(?:ly)?|best-in-class|cutting-edge|robust',
    null,
    'it praises and tells nothing',
  ),
  word('under the hood', null, 'say where'),
  word('k8s', 'Kubernetes'),
  name('GitLab', 'Gitlab|gitlab'),
  name('GitHub', 'Github|github'),
  name('OpenShift', 'Openshift|openshift'),
  name('Red Hat', 'Redhat|RedHat'),
  name('Konflux', 'konflux'),
  name('Tekton', 'tekton'),
  name('Kubernetes', 'kubernetes'),
  name('Fedora', 'fedora'),
  name('Renovate', 'renovate'),
  name('Conforma', 'conforma'),
];
