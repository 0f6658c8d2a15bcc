import { createZstdDecompress, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { zstdFrames } from '#sources/packages/zstd-frames.ts';

const pack = (text: string) => zstdCompressSync(Buffer.from(text));
const SKIPPED = Buffer.from('502a4d1803000000aabbcc', 'hex');
const LONG = 'a long line that zstd packs into blocks of more than one kind\n'.repeat(5_000);
const RANDOM = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * index * 31) >> 5)).toString('hex');
// A frame that says how long it is in one byte, has a checksum, and holds one run of the letter a.
const RUN = Buffer.from('28b52ffd2405 2b0000 61'.replaceAll(' ', ''), 'hex');

/** What node:zlib makes of the pieces, each written for itself. */
async function unpacked(parts: readonly Buffer[]): Promise<string> {
  const cut = zstdFrames();
  const inflate = createZstdDecompress();
  const out: Buffer[] = [];
  inflate.on('data', (part: Buffer) => out.push(part));
  const end = new Promise((resolve, reject) => inflate.once('end', resolve).once('error', reject));
  end.catch(() => undefined);
  for (const piece of parts.flatMap(cut)) await new Promise((resolve) => inflate.write(piece, resolve));
  inflate.end();
  await end;
  return Buffer.concat(out).toString();
}

function inParts(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

test.each([1, 2, 3, 7, 8, 9, 1_000, 1_000_000])(
  'frames are read one after the other, %i bytes at a time',
  async (size) => {
    const file = Buffer.concat([pack('one '), SKIPPED, pack(LONG), pack(''), SKIPPED, pack(RANDOM), SKIPPED]);
    expect((await unpacked(inParts(file, size))) === `one ${LONG}${RANDOM}`).toBe(true);
  },
);

test('a run of one byte is as long as it is written, not as it is read', () => {
  const cut = zstdFrames();
  const next = pack('next');
  const frame = Buffer.concat([RUN, Buffer.from('deadbeef', 'hex')]);
  expect(cut(Buffer.concat([frame, next])).map((piece) => piece.length)).toEqual([frame.length, next.length]);
});

test('what is no frame after a frame is refused', () => {
  const cut = zstdFrames();
  expect(() => cut(Buffer.concat([pack('one'), Buffer.from('not a frame')]))).toThrow(/between zstd frames/);
});
