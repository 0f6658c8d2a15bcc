/** Any text as one word of a POSIX shell, inert wherever a word may stand. Not within other quotes, nor in a heredoc. */
export const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
