import { describe, expect, it } from 'vitest';
import { seededRandom } from '../support/seeded-random.ts';
import { createForgetfulDevice } from './forgetful-device.ts';
import { replay } from './power-cut.ts';

const SECTOR = 512;
const SECTORS = 16;
const never = new AbortController().signal;
const sectors = (count: number, byte: number) => Buffer.alloc(count * SECTOR, byte);
const device = () => createForgetfulDevice(sectors(SECTORS, 0));

/** The first byte of each sector; -1 where the others differ from it. */
const bytesOf = (disk: Buffer) =>
  Array.from({ length: SECTORS }, (_, at) => {
    const sector = disk.subarray(at * SECTOR, (at + 1) * SECTOR);
    return sector.every((byte) => byte === sector[0]) ? (sector[0] ?? -1) : -1;
  });

/** What many cuts at the end of the record leave, each once, as text. */
function leftBy(forgetful: ReturnType<typeof device>, at = forgetful.told.length): Set<string> {
  const random = seededRandom(1);
  const cuts = Array.from({ length: 400 }, () => replay(sectors(SECTORS, 0), forgetful.told).cutAt(at, random));
  return new Set(cuts.map((disk) => bytesOf(disk).join('')));
}

describe('a disk that loses its power', () => {
  it('keeps what was flushed, and what comes before the cut', async () => {
    const disk = device();
    await disk.write(0, sectors(2, 1), never);
    await disk.zero(SECTOR, SECTOR, never);
    await disk.flush(never);
    await disk.write(0, sectors(SECTORS, 2), never);
    await disk.flush(never);
    expect(leftBy(disk, 3)).toEqual(new Set(['1000000000000000']));
    expect(leftBy(disk)).toEqual(new Set(['2222222222222222']));
  });

  it('loses any of the rest: all, nothing, one without the one before it, and parts', async () => {
    const disk = device();
    await disk.write(0, sectors(2, 1), never);
    await disk.write(2 * SECTOR, sectors(2, 2), never);
    const left = leftBy(disk);
    for (const sector of ['0000', '1100', '0022', '1122', '1000', '0100', '1102'])
      expect(left).toContain(`${sector}000000000000`);
  });

  it('may keep the older of two writes to a place', async () => {
    const disk = device();
    await disk.write(0, sectors(1, 1), never);
    await disk.write(0, sectors(1, 2), never);
    expect(leftBy(disk)).toEqual(new Set(['0', '1', '2'].map((first) => `${first}000000000000000`)));
  });

  it('keeps each sector whole, wherever a write begins', async () => {
    const disk = device();
    await disk.write(SECTOR / 2, sectors(1, 1), never);
    const random = seededRandom(2);
    const ends = new Set<string>();
    for (let cut = 0; cut < 200; cut++) {
      const left = replay(sectors(SECTORS, 0), disk.told).cutAt(1, random);
      ends.add(`${left[SECTOR / 2]}${left[SECTOR - 1]} ${left[SECTOR]}${left[SECTOR * 1.5 - 1]}`);
    }
    expect(ends).toEqual(new Set(['00 00', '11 00', '00 11', '11 11']));
  });

  it('reads what is in its cache', async () => {
    const disk = device();
    await disk.write(0, sectors(1, 7), never);
    const { chunks } = await disk.read(0, SECTOR, never);
    expect(Buffer.concat(chunks)).toEqual(sectors(1, 7));
  });
});
