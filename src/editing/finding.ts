/** What a check has to say of a file. */
export interface Finding {
  /** Path from the root of the repository. */
  file: string;
  /** From 1. */
  line: number;
  /** From 1; absent where the whole line is meant. */
  column?: number;
  /** Name of the rule, as the style guide has it: `links/anchor`, `spelling`. */
  rule: string;
  /** `blocks`: a reader would be misled or stranded. `suggests`: never in anybody's way. */
  weight: 'blocks' | 'suggests';
  /** What is wrong, in a sentence. */
  message: string;
  /** What to do, in a sentence. */
  action: string;
}
