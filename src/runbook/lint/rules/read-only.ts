import type { Command } from '../commands.ts';
import { callOf } from '../kubectl.ts';
import { perCommand } from '../rule.ts';

const WRITES = /^(annotate|label|patch|apply|create|delete|replace|edit|scale|set|rollout|exec|expose|run)( |$)/;
/** Beginnings of commands that change what others see. */
const CHANGES = [
  /^git( -C \S+)? push\b/,
  /^skopeo (delete|sync)\b/,
  /^oras (push|copy|cp|attach|tag|manifest (push|delete))\b/,
  /^podman (push|manifest push)\b/,
  /^cosign (sign|attest|attach|copy|clean)\b/,
  /^(gh|glab) (pr|mr|issue|release|workflow|run|repo) (create|merge|close|comment|note|edit|run|rerun|cancel|delete)\b/,
  /^(gh|glab) api .*(--method|-X)[ =](POST|PUT|PATCH|DELETE)\b/,
  /^curl .*--(request[ =](POST|PUT|PATCH|DELETE)|data\S*|json|form|upload-file)\b/,
];

export const readOnly = perCommand(
  'read-only',
  'Set risk to change with verify and undo, or leave the command out.',
  (command, { step, part }) => {
    if ((part === 'run' && step.risk !== 'read') || part === 'undo' || !isWriting(command)) return null;
    const what = part === 'verify' ? 'what verifies a step' : 'a step with risk read';
    return `"${command.argv.slice(0, 3).join(' ')}" changes something, and ${what} must not`;
  },
);

/** Whether a command changes what others see. */
export function isWriting(command: Command): boolean {
  const { name, argv } = command;
  const call = callOf(command);
  if (call) return WRITES.test(call.verb) && !['client', 'server'].includes(call.options.get('--dry-run') ?? '');
  if (name === 'skopeo' && argv[1] === 'copy') return /^docker:/.test(argv.at(-1) ?? '');
  return CHANGES.some((one) => one.test(argv.join(' '))) && !argv.includes('--dry-run');
}
