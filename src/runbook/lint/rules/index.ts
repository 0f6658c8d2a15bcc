import type { Rule } from '../rule.ts';
import { bashSyntax } from './bash-syntax.ts';
import { comments } from './comments.ts';
import { curlOptions } from './curl-options.ts';
import { destroys } from './destroys.ts';
import { freeText } from './free-text.ts';
import { fullNames } from './full-names.ts';
import { heredocLine } from './heredoc-line.ts';
import { history } from './history.ts';
import { hosts } from './hosts.ts';
import { imageReference } from './image-reference.ts';
import { namespace } from './namespace.ts';
import { noAngleBrackets } from './no-angle-brackets.ts';
import { noEditor } from './no-editor.ts';
import { noEvents } from './no-events.ts';
import { noHiddenCommands } from './no-hidden-commands.ts';
import { noPrompt } from './no-prompt.ts';
import { noSudo } from './no-sudo.ts';
import { noWayAround } from './no-way-around.ts';
import { noYq } from './no-yq.ts';
import { openTerminal } from './open-terminal.ts';
import { patchType } from './patch-type.ts';
import { pipefail } from './pipefail.ts';
import { placeholderPosition } from './placeholder-position.ts';
import { quotedYaml } from './quoted-yaml.ts';
import { readOnly } from './read-only.ts';
import { secrets } from './secrets.ts';
import { sedDelimiter } from './sed-delimiter.ts';
import { tools } from './tools.ts';

/** All rules, one a file. */
export const RULES: readonly Rule[] = [
  bashSyntax,
  comments,
  curlOptions,
  destroys,
  freeText,
  fullNames,
  heredocLine,
  history,
  hosts,
  imageReference,
  namespace,
  noAngleBrackets,
  noEditor,
  noEvents,
  noHiddenCommands,
  noPrompt,
  noSudo,
  noWayAround,
  noYq,
  openTerminal,
  patchType,
  pipefail,
  placeholderPosition,
  quotedYaml,
  readOnly,
  secrets,
  sedDelimiter,
  tools,
];
