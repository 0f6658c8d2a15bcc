/** What every page knows of the data, set in route-data.ts. */
declare namespace App {
  interface Locals {
    /** Words of the glossary that the page links to, set in route-data.ts. */
    words: import('#glossary/model.ts').Term[];
    /** What the page rests on, by name, set in route-data.ts. */
    sources: readonly (readonly [string, import('#pipeline/walkthrough.ts').Reference])[];
    /** Where its text is, and of which time, set in route-data.ts. */
    desk: import('./pages/_desk.ts').Desk;
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

/** Names of strings in content/i18n/en, so that a wrong one is an error of types. */
declare namespace StarlightApp {
  type Strings = typeof import('../content/i18n/en/admin.json') &
    typeof import('../content/i18n/en/blockers.json') &
    typeof import('../content/i18n/en/board.json') &
    typeof import('../content/i18n/en/changes.json') &
    typeof import('../content/i18n/en/cheat-sheet.json') &
    typeof import('../content/i18n/en/editing.json') &
    typeof import('../content/i18n/en/figures.json') &
    typeof import('../content/i18n/en/frame.json') &
    typeof import('../content/i18n/en/glossary.json') &
    typeof import('../content/i18n/en/handbook.json') &
    typeof import('../content/i18n/en/reference.json') &
    typeof import('../content/i18n/en/lab.json') &
    typeof import('../content/i18n/en/learn.json') &
    typeof import('../content/i18n/en/lineage.json') &
    typeof import('../content/i18n/en/moved.json') &
    typeof import('../content/i18n/en/newcomers.json') &
    typeof import('../content/i18n/en/offline.json') &
    typeof import('../content/i18n/en/onboard.json') &
    typeof import('../content/i18n/en/packages.json') &
    typeof import('../content/i18n/en/page.json') &
    typeof import('../content/i18n/en/paper.json') &
    typeof import('../content/i18n/en/picture.json') &
    typeof import('../content/i18n/en/card.json') &
    typeof import('../content/i18n/en/pipeline.json') &
    typeof import('../content/i18n/en/replay.json') &
    typeof import('../content/i18n/en/runbook.json') &
    typeof import('../content/i18n/en/runs.json') &
    typeof import('../content/i18n/en/search.json') &
    typeof import('../content/i18n/en/sidebar.json') &
    typeof import('../content/i18n/en/security.json') &
    typeof import('../content/i18n/en/sources.json') &
    typeof import('../content/i18n/en/status.json') &
    typeof import('../content/i18n/en/symptom.json') &
    typeof import('../content/i18n/en/trust.json');
  interface I18n extends Strings {}
}
