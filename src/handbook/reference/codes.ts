import { z } from 'zod';
import { Attachment } from '#status/attachment.ts';
import { DoctorReport } from '#status/doctor.ts';
import { EVENT_TYPES } from '#status/history.ts';
import { Facets, Outcome, Snapshot, SourceReport } from '#status/model.ts';
import { parseFile } from './file.ts';

/** content/codes.yaml: what the codes of the public data and of the commands of this site mean; none may be left out. */

const Sentence = z.string().min(3).max(300);
const facets = Facets.shape;
const meanings = <T extends string>(codes: z.ZodType<T> & { options: readonly T[] }) => z.record(codes, Sentence);

const FacetWords = z.strictObject({
  plan: meanings(facets.plan.shape.value),
  lifecycle: meanings(facets.lifecycle.shape.value),
  publish: meanings(facets.publish.shape.value),
  complete: meanings(facets.complete.shape.value),
  fresh: meanings(facets.fresh.shape.value),
  attempt: meanings(facets.attempt.shape.value),
  promotion: meanings(facets.promotion.shape.value),
  trust: meanings(facets.trust.shape.value),
  confidence: meanings(facets.confidence.shape.value),
});

const Command = z.strictObject({
  command: z.string().regex(/^npm (run )?[a-z:]+$/, 'write npm run NAME'),
  does: Sentence,
  exits: z.record(z.string().regex(/^[0-9]{1,3}$/, 'write a number'), Sentence),
});

export const CodeWords = z.strictObject({
  schema: z.literal(1),
  facets: FacetWords.describe('Values of each facet of a verdict'),
  outcomes: meanings(Outcome).describe('How a poll of the registry ended'),
  attachments: meanings(Attachment.shape.state).describe('What is known of a signature, provenance or SBOM'),
  sources: meanings(SourceReport.shape.state).describe('How a source fared in a refresh'),
  modes: meanings(Snapshot.shape.mode).describe('Where the data of this site comes from'),
  events: z.record(z.enum(EVENT_TYPES), Sentence).describe('What the log of changes holds'),
  doctor: meanings(DoctorReport.shape.results.element.shape.outcome).describe('What npm run doctor found'),
  commands: z.array(Command).min(1).describe('Exit codes of the commands of this repository'),
});
export type CodeWords = z.infer<typeof CodeWords>;

/** codes.yaml to its words; throws a ContentError that lists every fault, also a code without words. */
export const parseCodeWords = (text: string, file: string): CodeWords => parseFile(CodeWords, text, file);
