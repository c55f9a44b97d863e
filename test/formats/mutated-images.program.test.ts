import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ImageFormat } from '../../src/formats/image.ts';
import { openImage } from '../../src/formats/open.ts';
import { readRange } from '../../src/formats/read-range.ts';
import { VarveError } from '../../src/platform/errors.ts';
import { mixedContents } from '../support/disk-contents.ts';
import { toldRandom } from '../support/fuzz-seed.ts';
import { memoryFile } from '../support/image-files.ts';
import { mutatedImage } from '../support/mutated-image.ts';
import { describeWith, tell } from '../support/programs.ts';
import { convertArguments, nameOf, type QemuCase } from '../support/qemu-matrix.ts';

vi.setConfig({ testTimeout: 1_800_000 }); // of any number of mutants

const MIB = 1024 ** 2;
const MUTANTS = Number(process.env.VARVE_MUTANTS ?? 120);
/** Far more than any of these files needs, far less than a loop takes. */
const MOST_READS = 5000;

const CASES: readonly QemuCase[] = [
  { format: 'qcow2', driver: 'qcow2', options: [] },
  { format: 'qcow2', driver: 'qcow2', options: ['compression_type=zstd'], flags: ['-c'] },
  { format: 'qcow2', driver: 'qcow2', options: ['extended_l2=on'] },
  { format: 'qcow2', driver: 'qcow2', options: ['cluster_size=4k'], flags: ['-c'] },
  { format: 'vmdk', driver: 'vmdk', options: [] },
  { format: 'vmdk', driver: 'vmdk', options: ['subformat=streamOptimized'] },
  { format: 'vhd', driver: 'vpc', options: [] },
  { format: 'vhdx', driver: 'vhdx', options: ['block_size=1M'] },
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-mutants-'));
  await writeFile(join(folder, 'raw'), mixedContents(2 * MIB, 5));
});
afterAll(() => rm(folder, { recursive: true }));

/** Opens an image and reads some of it; returns the code of the refusal, or that there was none. */
async function outcome(format: ImageFormat, bytes: Buffer, random: () => number): Promise<string> {
  let reads = 0;
  const file = memoryFile(bytes);
  const counted = {
    ...file,
    read: (offset: number, length: number) => {
      reads += 1;
      if (reads > MOST_READS) throw new Error('it reads without end');
      return file.read(offset, length);
    },
  };
  try {
    const image = await openImage(format, counted);
    for (const from of [0, image.sizeBytes - MIB, Math.floor(random() * image.sizeBytes)]) {
      const offset = Math.max(from, 0);
      await readRange(image, offset, Math.min(MIB, image.sizeBytes - offset));
    }
    return 'READ';
  } catch (error) {
    if (error instanceof VarveError) return error.code;
    throw error;
  }
}

describeWith(['qemu-img'], '7.3: whatever is changed in headers and tables, reading ends within the file:', () => {
  it.each(CASES.map((one) => [nameOf(one), one] as const))('%s', async (_, one) => {
    const random = toldRandom();
    const path = join(folder, 'image');
    await tell('qemu-img', 'convert', '-f', 'raw', ...convertArguments(one), join(folder, 'raw'), path);
    const image = await readFile(path);
    const outcomes = new Map<string, number>();
    for (let mutant = 0; mutant < MUTANTS; mutant++) {
      const code = await outcome(one.format, mutatedImage(one.format, image, random), random);
      outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
    }
    const known = ['ImageDamaged', 'ImageUnsupported', 'READ'];
    expect([...outcomes.keys()].filter((code) => !known.includes(code))).toEqual([]);
    expect(outcomes.get('READ')).toBeGreaterThan(0);
    expect(outcomes.get('ImageDamaged')).toBeGreaterThan(0);
  });
});
