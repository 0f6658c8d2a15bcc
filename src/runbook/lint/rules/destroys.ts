import type { Command } from '../commands.ts';
import { callOf } from '../kubectl.ts';
import { perCommand } from '../rule.ts';

export const destroys = perCommand(
  'destroys',
  'Set risk to destroy, or to no-return where nothing brings it back.',
  (command, { step, part }) => {
    const isMarked = step.risk === 'destroy' || step.risk === 'no-return';
    return isMarked || part === 'undo' || !isDestroying(command)
      ? null
      : `"${command.argv.slice(0, 3).join(' ')}" takes something away, and this step does not say so`;
  },
);

function isDestroying(command: Command): boolean {
  const [, first = '', ...rest] = command.argv;
  if (callOf(command)?.verb === 'delete') return !command.argv.some((word) => word.startsWith('--dry-run'));
  if (command.name === 'skopeo') return first === 'delete';
  if (command.name === 'oras') return first === 'manifest' && rest[0] === 'delete';
  if (command.name === 'git') return command.argv.includes('push') && command.argv.some((word) => FORCED.test(word));
  return (
    command.name === 'rm' && command.argv.some((word) => /^(-\w*r\w*|--recursive)$/i.test(word)) && isForced(command)
  );
}

const FORCED = /^(-f|-d|--force.*|--delete|--mirror|--prune|\+.+)$/;
const isForced = ({ argv }: Command): boolean => argv.some((word) => /^(-\w*f\w*|--force)$/.test(word));
