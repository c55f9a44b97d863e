import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import type { Device } from '../../src/nbd/device.ts';

/**
 * Places of 4 KiB, spread over the disk's blocks, that numbered writes go to, one after the other.
 */
export const PLACES = 24;
export const DISK_BYTES = 6 * BLOCK_BYTES;
const PLACE_BYTES = 4096;

export function offsetOf(place: number): number {
  return place * (DISK_BYTES / PLACES) + 512;
}

/** Which place a write goes to: the same for everybody who knows its number. */
export function placeOf(number: number): number {
  return (Math.imul(number, 2654435761) >>> 0) % PLACES;
}

export async function writeNumbered(device: Device, number: number, signal: AbortSignal): Promise<void> {
  const bytes = Buffer.alloc(PLACE_BYTES);
  for (let at = 0; at < PLACE_BYTES; at += 4) bytes.writeUInt32LE(number, at);
  await device.write(offsetOf(placeOf(number)), bytes, signal);
}

/**
 * The number of the last write that is there, given the whole disk. Everything up to it must be
 * there too, and nothing behind it. Only then could a plain disk have had these contents. Throws
 * where they are not.
 */
export function lastOf(contents: Buffer): number {
  const found = Array.from({ length: PLACES }, (_, place) => {
    const bytes = contents.subarray(offsetOf(place), offsetOf(place) + PLACE_BYTES);
    const number = bytes.readUInt32LE(0);
    for (let at = 0; at < PLACE_BYTES; at += 4)
      if (bytes.readUInt32LE(at) !== number) throw new Error(`a write of 4 KiB is torn at place ${place}`);
    return number;
  });
  const last = Math.max(...found);
  const expected = new Array<number>(PLACES).fill(0);
  for (let number = 1; number <= last; number++) expected[placeOf(number)] = number;
  if (expected.some((number, place) => number !== found[place]))
    throw new Error(`not a beginning of what was written: last ${last}, ${JSON.stringify({ expected, found })}`);
  return last;
}
