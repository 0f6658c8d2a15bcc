import type { Field } from '#runbook/field.ts';
import type { Runbook } from '#runbook/model.ts';

/** What the page of a runbook hands its script, as JSON. */
export interface PageData {
  runbook: Runbook;
  /** What is known of its commands, for files and issues. */
  standing: string;
  fields: Omit<Field, 'offers' | 'help'>[];
  /** By `STEP.PART`, and `export.NAME` for the line that hands a free text to the shell. */
  commands: Record<string, { text: string; uses: string[] }>;
}
