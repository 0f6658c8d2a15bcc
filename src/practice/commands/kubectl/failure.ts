import { fieldOf, isFields, listOf, textOf } from '#sim/kube/value.ts';
import { quoted } from './go.ts';

/** What ends a command: its message goes to standard error after `error: `. */
export class Failure extends Error {
  override name = 'Failure' as const;
}

/** What the API has refused; `context` is what the command adds before the words of the server. */
export class ApiError extends Error {
  override name = 'ApiError' as const;
  readonly status: Readonly<Record<string, unknown>>;

  constructor(status: Readonly<Record<string, unknown>>, context = '') {
    super(`${context}${textOf(status['message'])}`);
    this.status = status;
  }
  get reason(): string {
    return textOf(this.status['reason']);
  }
}

/** Several errors of a command that went on. */
export class Failures extends Error {
  override name = 'Failures' as const;
  readonly errors: readonly unknown[];

  constructor(errors: readonly unknown[]) {
    super(errors.map((error) => messageOf(error)).join('\n'));
    this.errors = errors;
  }
}

/** Runs each, and throws what went wrong only at the end. */
export async function each<T>(rows: readonly T[], work: (row: T) => Promise<void>): Promise<void> {
  const errors: unknown[] = [];
  for (const row of rows)
    await work(row).catch((error: unknown) => {
      if (error instanceof Error && error.name === 'NotSimulated') throw error;
      errors.push(...(error instanceof Failures ? error.errors : [error]));
    });
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new Failures(errors);
}

/** The same error, said to belong to a file or to what was about to be done. */
export const within = (context: string, error: unknown): unknown => {
  if (error instanceof ApiError) return new ApiError(error.status, `${context}: `);
  return error instanceof Failure ? new Failure(`${context}: ${error.message}`) : error;
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const AS_IT_IS = /^(error: |Error in configuration: |The connection to the server )/;

/** What kubectl prints of an error. */
export function said(error: unknown): string {
  if (error instanceof Failures) return `${error.errors.map(lineOf).join('\n')}\n`;
  if (error instanceof ApiError && error.reason === 'Invalid') return invalid(error);
  const text = lineOf(error);
  return `${error instanceof ApiError || AS_IT_IS.test(text) ? text : `error: ${text}`}\n`;
}

function lineOf(error: unknown): string {
  if (!(error instanceof ApiError)) return messageOf(error);
  if (error.reason === 'Unauthorized') return `error: You must be logged in to the server (${error.message})`;
  return `Error from server${error.reason === '' ? '' : ` (${error.reason})`}: ${error.message}`;
}

function invalid({ status, message }: ApiError): string {
  const { details } = status;
  if (!isFields(details)) return `The request is invalid${message === '' ? '' : `: ${message}`}\n`;
  const [kind, name] = [textOf(details['kind']), textOf(details['name'])];
  const causes = new Set(
    listOf(details['causes']).map(
      (cause) => `${textOf(fieldOf(cause, 'field'))}: ${textOf(fieldOf(cause, 'message'))}`,
    ),
  );
  const isNamed = kind !== '' || name !== '';
  const head = isNamed
    ? `The ${kind} ${quoted(name)} is invalid`
    : `The request is invalid${causes.size === 0 && message !== '' ? `: ${message}` : ''}`;
  const [first, ...more] = causes;
  if (first === undefined) return `${head}\n`;
  return more.length === 0
    ? `${head}: ${first}\n`
    : `${head}: \n${[first, ...more].map((cause) => `* ${cause}\n`).join('')}`;
}
