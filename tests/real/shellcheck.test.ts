import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { commandsOf } from '#runbook/catalog.ts';
import { script } from '#runbook/export/script.ts';
import type { Runbook } from '#runbook/model.ts';
import { fill } from '#runbook/template.ts';
import { examples, filledWith, runbooks } from '../unit/runbook/shown.ts';

/**
 * Debian's shellcheck over every command of every runbook and over the scripts made of them, at its strictest: a notice
 * on style is where quoting goes wrong in the shell of another reader.
 */
const NOT_ASKED = [
  'SC2016', // Words in single quotes that look like variables: jq and prose have them.
  'SC2194', // A constant in `case`: it is a value that was filled in.
];
const lacking =
  spawnSync('shellcheck', ['--version']).status === 0
    ? null
    : 'shellcheck is not on this machine (apt install shellcheck)';
const folder = mkdtempSync(join(tmpdir(), 'slipway-shellcheck-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.for(runbooks)('shellcheck finds nothing in the commands of $id', (runbook, { skip }) => {
  if (lacking) skip(lacking);
  expect(notices(runbook)).toBe('');
});

test('shellcheck would find what is wrong', ({ skip }) => {
  if (lacking) skip(lacking);
  expect(checked({ 'a.sh': '#!/usr/bin/env bash\nkubectl get $NAME\n' })).toContain('SC2086');
});

/** With values that differ from all that stands in the commands. */
function notices(runbook: Runbook): string {
  const values = { ...examples(runbook), variant: 'sample' };
  const commands = runbook.steps.flatMap((step) =>
    commandsOf(step).map(({ part, text }) => [
      `${step.id}.${part}.sh`,
      `#!/usr/bin/env bash\nset -euo pipefail\n${fill(text, values)}`,
    ]),
  );
  return checked({ ...Object.fromEntries(commands), 'script.sh': script(filledWith(runbook, values)) });
}

function checked(files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const options = ['--severity=style', '--format=gcc', `--exclude=${NOT_ASKED.join(',')}`];
  return spawnSync('shellcheck', [...options, ...Object.keys(files)], { cwd: folder, encoding: 'utf8' }).stdout;
}
