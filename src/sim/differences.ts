/** What the pretend services do otherwise than the real ones; each row is held to its answer by a test. */
export const DIFFERENCES: readonly { what: string; instead: string }[] = [
  {
    what: 'Rules in CEL',
    instead:
      'The cluster checks types, required fields, patterns and allowed values of its kinds. Rules written in CEL are not run.',
  },
  {
    what: 'Finalizers and owners',
    instead: 'What is deleted is gone at once: no finalizer is waited for, and what an object owns stays.',
  },
  {
    what: 'Conflicts of kubectl apply --server-side',
    instead: 'A field that another manager has set is taken over without --force-conflicts.',
  },
  {
    what: 'Containers',
    instead: 'No container runs. A task takes as long as the world says, and its log is one of the world’s.',
  },
  {
    what: 'Users and their rights',
    instead:
      'There are five made-up users: a viewer, a contributor, a maintainer and an admin of the tenant, and one of the managed namespace.',
  },
  {
    what: 'Signatures',
    instead: 'They are true signatures, made with a sample key that is not Fedora’s.',
  },
  {
    what: 'Limits',
    instead: 'No registry or forge slows you down for asking too often.',
  },
  {
    what: 'Other services',
    instead: 'What a pretend service does not know is answered with the code 501 and a sentence that says so.',
  },
  {
    what: 'How a build ends',
    instead:
      'Nothing is built. A build fails where its files ask for an image, a package, a platform or a step that is not there, where a step has too little memory for it, or where the world says so; all others are good, and their image is made up. Of Fedora’s packages the world knows a few dozen names.',
  },
  {
    what: 'Conditions of Pipelines as Code',
    instead:
      'Of CEL only comparisons, &&, ||, !, pathChanged, startsWith, endsWith and contains are understood. A file with anything else starts nothing, and the status of the commit says why.',
  },
  {
    what: 'Merge requests',
    instead:
      'Who has the sample token may open, merge and comment on them. There are no forks, approvals or reviews; of comments only /retest, /test and /cancel are read.',
  },
];
