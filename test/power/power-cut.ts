import type { Told } from './forgetful-device.ts';

/** A disk keeps or loses whole sectors. */
const SECTOR_BYTES = 512;

/** How many of the unflushed writes a cut leaves, and how many of those in pieces. */
const KEPT_SHARES = [0, 0.1, 0.5, 0.9, 1];
const TORN_SHARE = 0.25;

/** What is durable, as the device goes on. */
export interface Replay {
  /**
   * The device after a power cut before the `position`-th entry: everything that was flushed, and
   * of the rest what chance leaves. A write may be lost while a later one is there, and any of its
   * sectors without the others. Positions do not fall.
   */
  cutAt(position: number, random: () => number): Buffer;
}

export function replay(contents: Buffer, told: readonly Told[]): Replay {
  const durable = Buffer.from(contents);
  let flushed = 0;
  return {
    cutAt: (position, random) => {
      const lastFlush = told.slice(0, position).findLastIndex(({ kind }) => kind === 'flush');
      for (; flushed <= lastFlush; flushed++) apply(durable, told[flushed], () => true);
      const left = Buffer.from(durable);
      const keptShare = KEPT_SHARES[Math.floor(random() * KEPT_SHARES.length)] ?? 0;
      for (const one of told.slice(flushed, position)) {
        const isTorn = random() < TORN_SHARE;
        const isKept = random() < keptShare;
        apply(left, one, () => (isTorn ? random() < 0.5 : isKept));
      }
      return left;
    },
  };
}

function apply(device: Buffer, one: Told | undefined, keeps: () => boolean): void {
  if (one?.kind !== 'write') return;
  const { offset, data } = one;
  // Aligned as on the disk: a write may begin within a sector.
  for (let at = 0; at < data.length; ) {
    const end = Math.min(data.length, at + SECTOR_BYTES - ((offset + at) % SECTOR_BYTES));
    if (keeps()) data.copy(device, offset + at, at, end);
    at = end;
  }
}
