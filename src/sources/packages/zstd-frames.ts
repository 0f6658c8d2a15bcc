import { SourceError } from '#sources/error.ts';

/** Where the frames of a zstd file end: node:zlib stops at the end of the first, and some tools write one a file. */

const FRAME = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
/** Enough to tell how long anything is that may come next. */
const AHEAD = 8;
const RUN = 1;
const NOTHING = new Uint8Array(0);

/** A cutter of parts into pieces that hold no bytes of two frames, nor any of a skippable one; throws a SourceError. */
export function zstdFrames(): (part: Uint8Array) => Uint8Array[] {
  let next: 'frame' | 'block' | 'checksum' = 'frame';
  let hasChecksum = false;
  let isSkipped = false;
  /** How many more bytes belong to what was measured last. */
  let left = 0;
  /** The start of something that cannot be measured before the next part. */
  let held: Uint8Array = NOTHING;

  /** Length of what begins here; null where too little of it is here. */
  function measure(bytes: Uint8Array): number | null {
    if (bytes.length < (next === 'frame' ? AHEAD : next === 'block' ? 3 : 0)) return null;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (next === 'frame') return measureFrame(view);
    if (next === 'checksum') {
      next = 'frame';
      return 4;
    }
    const header = view.getUint16(0, true) | (view.getUint8(2) << 16);
    if (header & 1) next = hasChecksum ? 'checksum' : 'frame';
    // A run of one byte is written once, however long it is.
    return 3 + (((header >> 1) & 3) === RUN ? 1 : header >> 3);
  }

  function measureFrame(view: DataView): number {
    const magic = view.getUint32(0, true);
    isSkipped = magic - (magic % 16) === SKIPPABLE;
    if (isSkipped) return 8 + view.getUint32(4, true);
    if (magic !== FRAME) throw new SourceError('sbom', 'unreadable', 'the layer has something between zstd frames');
    next = 'block';
    const flags = view.getUint8(4);
    hasChecksum = (flags & 4) !== 0;
    const isSingle = (flags & 32) !== 0;
    const dictionary = [0, 1, 2, 4][flags & 3] ?? 0;
    const content = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
    return 5 + (isSingle ? 0 : 1) + dictionary + content;
  }

  return (part) => {
    const bytes = held.length > 0 ? Buffer.concat([held, part]) : part;
    held = NOTHING;
    const pieces: Uint8Array[] = [];
    let start = 0;
    let at = 0;
    const cut = () => {
      if (at > start && !isSkipped) pieces.push(bytes.subarray(start, at));
      start = at;
    };
    while (at < bytes.length) {
      if (left === 0) {
        if (next === 'frame') cut();
        const length = measure(bytes.subarray(at, at + AHEAD));
        if (length === null) {
          held = bytes.subarray(at);
          break;
        }
        left = length;
      }
      const step = Math.min(left, bytes.length - at);
      left -= step;
      at += step;
    }
    cut();
    return pieces;
  };
}
