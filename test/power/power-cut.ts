import type { Told } from './forgetful-device.ts';

/** A disk keeps or loses whole sectors. */
const SECTOR_BYTES = 512;

/** How many of the unflushed writes a cut leaves, and how many of those in pieces. */
const KEPT_SHARES = [0, 0.1, 0.5, 0.9, 1];
const TORN_SHARES = [0, 0.25];

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
      for (; flushed <= lastFlush; flushed++) {
        const one = told[flushed];
        if (one?.kind === 'write') one.data.copy(durable, one.offset);
      }
      const left = Buffer.from(durable);
      const keptShare = pick(KEPT_SHARES, random);
      const tornShare = pick(TORN_SHARES, random);
      for (const one of told.slice(flushed, position)) {
        const isTorn = random() < tornShare;
        const isKept = random() < keptShare;
        if (one.kind === 'write' && isTorn) writeSome(left, one, random);
        else if (one.kind === 'write' && isKept) one.data.copy(left, one.offset);
      }
      return left;
    },
  };
}

function pick(from: readonly number[], random: () => number): number {
  return from[Math.floor(random() * from.length)] ?? 0;
}

/** Any of its sectors. A write may begin within one. */
function writeSome(device: Buffer, { offset, data }: Told & { kind: 'write' }, random: () => number): void {
  for (let at = 0; at < data.length; ) {
    const end = Math.min(data.length, at + SECTOR_BYTES - ((offset + at) % SECTOR_BYTES));
    if (random() < 0.5) data.copy(device, offset + at, at, end);
    at = end;
  }
}
