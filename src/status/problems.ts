import type { Problem, SourceId } from './model.ts';

/** Kinds of question that a source could not answer, each with what to do; the sources page links here. */
export const PROBLEMS = {
  unreachable: {
    what: 'The connection failed',
    action: 'Check the network and the address; what was known is kept until the next refresh.',
  },
  timeout: { what: 'No complete answer in time', action: 'Wait for the next refresh; what was known is kept.' },
  'rate-limited': { what: 'Asked too often', action: 'Wait for the next refresh, or set a token for this service.' },
  'server-error': { what: 'The service failed', action: 'Wait for the next refresh; what was known is kept.' },
  denied: { what: 'Access denied', action: 'Make the repository public, correct its name, or set a token.' },
  hidden: {
    what: 'Missing or private',
    action: 'Create the repository, make it public, or correct its name in the targets file.',
  },
  token: {
    what: 'The token was refused',
    action: 'It has expired or was revoked: make a new one and set it where the refresh runs.',
  },
  forbidden: {
    what: 'The token may not read this',
    action: 'Bind its service account to the role konflux-viewer-bot-actions in this namespace.',
  },
  'key-changed': {
    what: 'The cluster signs with another key than before',
    action: 'Ask the operators whether they changed it; then name the new key in the targets file.',
  },
  'not-found': { what: 'Not found', action: 'Check the name in the targets file.' },
  unreadable: {
    what: 'The answer has an unknown shape',
    action: 'Report it to this site; run "npm run doctor" to see what changed.',
  },
  'too-large': {
    what: 'The answer is larger than its limit',
    action: 'Look at the address by hand before raising the limit.',
  },
  endless: { what: 'The pages do not end', action: 'Report it to this site; the pages read so far were not used.' },
  redirect: { what: 'A redirect was refused', action: 'Look at the address by hand; it leads where we do not follow.' },
  digest: {
    what: 'The content does not match its digest',
    action: 'Do not trust this answer; if it repeats, report it to the registry.',
  },
  unexpected: { what: 'An unexpected status', action: 'Look at the address by hand.' },
  clock: { what: 'A date lies in the future', action: 'The date was not used; tell the people who build this image.' },
  fault: {
    what: 'A fault of this program',
    action: 'Report it to this site with this sentence; what was known before is shown.',
  },
  waiver: { what: 'An exemption has expired', action: 'Renew it with a reason in the targets file, or remove it.' },
} as const satisfies Record<string, { what: string; action: string }>;

export type ProblemKind = keyof typeof PROBLEMS;

/** A problem in the words of the table, with what this one case adds. */
export function problem(
  source: SourceId,
  target: string | null,
  kind: ProblemKind,
  detail: string,
  since: string,
): Problem {
  const { what, action } = PROBLEMS[kind];
  return { source, target, kind, message: `${source}: ${what}: ${detail}`.slice(0, 2_000), action, since };
}
