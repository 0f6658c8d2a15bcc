/** A tar of one file, as a layer has it. */

const BLOCK = 512;

/** The archive with its two empty blocks; the path has at most 100 bytes. */
export function tarOf(path: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const archive = new Uint8Array(BLOCK + Math.ceil(body.length / BLOCK) * BLOCK + 2 * BLOCK);
  const encoder = new TextEncoder();
  const put = (text: string, at: number) => archive.set(encoder.encode(text), at);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  put(path, 0);
  put(octal(0o644, 7) + octal(0, 7) + octal(0, 7) + octal(body.length, 11) + octal(0, 11), 100);
  // The checksum counts its own field as spaces.
  put('        0', 148);
  put('ustar\x0000', 257);
  const sum = archive.subarray(0, BLOCK).reduce((all, byte) => all + byte, 0);
  put(`${octal(sum, 6)} `, 148);
  archive.set(body, BLOCK);
  return archive;
}
