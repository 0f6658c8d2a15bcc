/** Where a lab leads to. */
export interface Lead {
  title: string;
  href: string;
  /** What it is, in a word. */
  kind: string;
}
