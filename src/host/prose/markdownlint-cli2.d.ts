/** The package brings no types: what we call of it. */
declare module 'markdownlint-cli2' {
  export function main(params: {
    directory: string;
    argv: readonly string[];
    optionsOverride?: Readonly<Record<string, unknown>>;
    logError?: (line: string) => void;
  }): Promise<number>;
}
