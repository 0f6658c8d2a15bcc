/** gzip without compression: the same bytes on every machine, whatever its zlib does. */

const BLOCK = 0xffff;
const HEAD = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The bytes as a gzip file of stored blocks. */
export function gzipOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks = Math.max(1, Math.ceil(bytes.length / BLOCK));
  const file = new Uint8Array(HEAD.length + bytes.length + blocks * 5 + 8);
  const view = new DataView(file.buffer);
  file.set(HEAD);
  let at = HEAD.length;
  for (let block = 0; block < blocks; block++) {
    const piece = bytes.subarray(block * BLOCK, (block + 1) * BLOCK);
    view.setUint8(at, block === blocks - 1 ? 1 : 0);
    view.setUint16(at + 1, piece.length, true);
    view.setUint16(at + 3, ~piece.length & 0xffff, true);
    file.set(piece, at + 5);
    at += 5 + piece.length;
  }
  view.setUint32(at, crc32(bytes), true);
  view.setUint32(at + 4, bytes.length, true);
  return file;
}

function crc32(bytes: Uint8Array): number {
  const sum = bytes.reduce((state, byte) => (state >>> 8) ^ (TABLE[(state ^ byte) & 0xff] ?? 0), 0xffffffff);
  return ~sum >>> 0;
}
