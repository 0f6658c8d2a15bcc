import { parseLab } from '#lab/catalog.ts';
import type { Lab } from '#lab/model.ts';

/** A small lab over files alone, for tests. */
export const TEXT = `schema: 1
title: Count the lines
summary: Count the lines of a file.
minutes: 5
level: beginner
learn: [Count lines]
story: There is a file.
world: fresh
tools: [jq]
files:
  notes.txt: |
    one
    two
setup:
  - mkdir -p kept
steps:
  - id: count
    goal: You know how many lines there are.
    try: [cat notes.txt]
    ask: { question: How many lines has it? }
    check:
      - if: '[ "$ANSWER" = "$(wc -l <notes.txt | tr -d " ")" ]'
        because: The file has another number of lines.
    wrong:
      - id: words
        if: '[ "$ANSWER" = 3 ]'
        because: Three is not what it has either.
        answer: "3"
    hints: [A tool counts lines.]
    solution: { answer: "2" }
  - id: add
    goal: The file has a third line.
    check:
      - if: 'wc -l <notes.txt; [ "$(wc -l <notes.txt)" -ge 3 ]'
        because: It has {output} lines.
      - if: grep -qx three notes.txt
        because: The third line says something else.
    wrong:
      - id: typo
        if: grep -qx tree notes.txt
        because: A tree is no number.
        run: echo tree >>notes.txt
    hints: [Write below what is there.]
    solution: { run: echo three >>notes.txt }
next: ["page:/status/"]
sources: [{ title: Practice }]
`;

export const FILE = 'content/labs/count.yaml';

export const labOf = (...edits: [from: string, to: string][]): Lab =>
  parseLab(
    edits.reduce((text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`The lab of the tests has no "${from}".`);
      return text.replace(from, to);
    }, TEXT),
    FILE,
  );
