/** A text as one line: breaks, controls and characters that change its direction are a space. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
