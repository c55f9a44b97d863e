import type { ImageFormat } from '../../src/formats/image.ts';
import { crc32c } from '../../src/formats/vhdx/crc32c.ts';

/** Where headers and tables are, in files of qemu-img with a small disk. */
const METADATA_BYTES: Readonly<Record<ImageFormat, number>> = {
  qcow2: 320 * 1024,
  vmdk: 64 * 1024,
  vhd: 4096,
  vhdx: 4 * 1024 ** 2,
};
/** Fields that numbers are changed in most: the headers; negative from the end. */
const HEADERS: Readonly<Record<ImageFormat, readonly [number, number][]>> = {
  qcow2: [[0, 112]],
  vmdk: [
    [0, 512],
    [512, 1024],
  ],
  vhd: [
    [0, 512],
    [512, 600],
    [-512, -400],
  ],
  vhdx: [
    [65_536, 65_616],
    [196_608, 196_700],
    [2 * 1024 ** 2, 2 * 1024 ** 2 + 200],
  ],
};

const NASTY = ['0000000000000000', 'ffffffffffffffff', '7fffffffffffffff', '8000000000000000', '0020000000000000'];
const MORE = ['ffffffff00000000', '00000000ffffffff', '0100000000000000', '0000000000000001', '00fffffffffffe00'];
const NUMBERS = [...NASTY, ...MORE].map((hex) => Buffer.from(hex, 'hex'));

type Random = () => number;

/** A copy with one to four places changed, or cut. Half of them get fitting checksums. */
export function mutatedImage(format: ImageFormat, image: Buffer, random: Random): Buffer {
  const below = (most: number) => Math.floor(random() * most);
  let bytes = Buffer.from(image);
  for (let left = 1 + below(4); left > 0; left--) {
    const at = placeOf(format, bytes, below);
    const kind = below(6);
    if (kind === 0) bytes[at] = below(256);
    else if (kind === 1) bytes[at] = (bytes[at] as number) ^ (1 << below(8));
    else if (kind === 2) (NUMBERS[below(NUMBERS.length)] as Buffer).copy(bytes, at);
    else if (kind === 3)
      Buffer.from(NUMBERS[below(NUMBERS.length)] as Buffer)
        .reverse()
        .copy(bytes, at);
    else if (kind === 4) bytes.copyWithin(at, placeOf(format, bytes, below), bytes.length - 8);
    else if (at + 4 <= bytes.length) bytes.writeUInt32BE(below(2 ** 32), at);
  }
  if (below(2) === 0) signImage(format, bytes);
  if (below(6) === 0) bytes = bytes.subarray(0, below(bytes.length + 1));
  return bytes;
}

function placeOf(format: ImageFormat, bytes: Buffer, below: (most: number) => number): number {
  const headers = HEADERS[format];
  const [from, to] =
    below(2) === 0 ? (headers[below(headers.length)] as [number, number]) : [0, METADATA_BYTES[format]];
  const at = (from < 0 ? bytes.length : 0) + from + below(to - from);
  // Aligned numbers are hit more often than parts of two.
  return Math.max(Math.min(below(2) === 0 ? at - (at % 4) : at, bytes.length - 1), 0);
}

/** Makes checksums fit. */
export function signImage(format: ImageFormat, bytes: Buffer): void {
  if (format === 'vhd') {
    signVhd(bytes, 0, 512, 64);
    signVhd(bytes, bytes.length - 512, 512, 64);
    signVhd(bytes, 512, 1024, 36);
  }
  if (format === 'vhdx') {
    for (const at of [65_536, 131_072]) signVhdx(bytes, at, 4096);
    for (const at of [196_608, 262_144]) signVhdx(bytes, at, 65_536);
  }
}

function signVhd(bytes: Buffer, at: number, length: number, own: number): void {
  const part = bytes.subarray(at, at + length);
  part.writeUInt32BE(0, own);
  part.writeUInt32BE(~part.reduce((sum, byte) => sum + byte, 0) >>> 0, own);
}

function signVhdx(bytes: Buffer, at: number, length: number): void {
  const part = bytes.subarray(at, at + length);
  part.writeUInt32LE(0, 4);
  part.writeUInt32LE(crc32c(part), 4);
}
