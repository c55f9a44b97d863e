import { readSync, writeSync } from 'node:fs';
import { SeededBytes } from './seeded-bytes.ts';
import { copyWithoutHoles, writeWhole } from './whole-file.ts';

const SECTOR_BYTES = 4096;
const CHUNK_SECTORS = 1024;
/** Of all 4 KiB sectors. */
const CHANGED = 0.01;
/**
 * Of the changed ones, in runs of 64 KiB to 1 MiB, as files and logs are written; the rest alone,
 * as metadata are.
 */
const IN_RUNS = 0.9;
const RUN_SECTORS = { shortest: 16, longest: 256 };
/** Of the runs, beginning on used space. */
const ON_USED = 0.7;
/**
 * Of the changed sectors: incompressible, and about 2:1; the rest is copied from elsewhere in the
 * image.
 */
const CONTENTS = { incompressible: 0.5, halved: 0.4 };

/** The same image with one hundredth of its 4 KiB sectors rewritten, as a seed decides. */
export async function writeChanged(path: string, from: string, seed: string): Promise<void> {
  await writeWhole(path, async (fd) => {
    await copyWithoutHoles(from, fd);
    const random = new SeededBytes(seed);
    const space = surveySectors(fd);
    for (const sector of chooseSectors(random, space)) {
      writeSync(fd, newContents(random, fd, space.used), 0, SECTOR_BYTES, sector * SECTOR_BYTES);
    }
  });
}

interface Space {
  readonly total: number;
  readonly used: readonly number[];
  readonly free: readonly number[];
}

function surveySectors(fd: number): Space {
  const used: number[] = [];
  const free: number[] = [];
  const zeros = Buffer.alloc(SECTOR_BYTES);
  const buffer = Buffer.allocUnsafeSlow(CHUNK_SECTORS * SECTOR_BYTES);
  for (let sector = 0; ; ) {
    const got = readSync(fd, buffer, 0, buffer.length, sector * SECTOR_BYTES);
    if (got === 0) return { total: sector, used, free };
    for (let at = 0; at < got; at += SECTOR_BYTES, sector++) {
      (buffer.subarray(at, at + SECTOR_BYTES).equals(zeros) ? free : used).push(sector);
    }
  }
}

function chooseSectors(random: SeededBytes, { total, used, free }: Space): number[] {
  const wanted = Math.floor(total * CHANGED);
  const chosen = new Set<number>();
  while (chosen.size < wanted * IN_RUNS) {
    const length = RUN_SECTORS.shortest + random.below(RUN_SECTORS.longest - RUN_SECTORS.shortest + 1);
    const first = random.pick(random.fraction() < ON_USED || free.length === 0 ? used : free);
    for (let sector = first; sector < Math.min(first + length, total); sector++) chosen.add(sector);
  }
  while (chosen.size < wanted) chosen.add(random.pick(used));
  return [...chosen].sort((a, b) => a - b);
}

function newContents(random: SeededBytes, fd: number, used: readonly number[]): Buffer {
  const kind = random.fraction();
  if (kind < CONTENTS.incompressible) return random.take(SECTOR_BYTES);
  if (kind < CONTENTS.incompressible + CONTENTS.halved)
    return Buffer.from(random.take(SECTOR_BYTES / 2).toString('hex'));
  const copy = Buffer.alloc(SECTOR_BYTES);
  readSync(fd, copy, 0, SECTOR_BYTES, random.pick(used) * SECTOR_BYTES);
  return copy;
}
