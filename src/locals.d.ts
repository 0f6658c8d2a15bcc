/** What every page knows of the data, set in route-data.ts. */
declare namespace App {
  interface Locals {
    /** Words of the glossary that the page links to, set in route-data.ts. */
    words: import('#glossary/model.ts').Term[];
    slipway: {
      mode: import('#status/model.ts').Snapshot['mode'];
      generatedAt: string;
      counts: import('#status/summary.ts').Counts;
      /** What time alone will change in the counts. */
      turns: import('#status/summary.ts').Turn[];
      /** The page shows figures of the snapshot. */
      showsData: boolean;
    };
    learning: {
      /** Places of the page on tracks. */
      parts: import('#learn/view.ts').Part[];
      /** Names that progress may still hold. */
      moved: import('#learn/progress.ts').Moved;
    };
  }
}
